"""`cport package timestamp`: a time stamp for a package that is written already."""

from __future__ import annotations

from functools import partial

from cport_desktop.bootstrap import Workstation
from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.stamping import AskAuthority
from cport_desktop.usecases import stamp_package
from cport_desktop.words import package_signers as words


def timestamp(session: Session) -> Answer:
    """`cport package timestamp FILE (--url URL | --request TSQ | --answer TSR)`."""
    given = session.options
    package = given.needed_path("file")
    question, answer = given.path("request"), given.path("answer")
    if question is not None:
        stamp_package.write_question(package, question)
        return Answer({"request": str(question.absolute())}, words.question_written(question.name))
    if answer is not None:
        stamp = stamp_package.take_answer(package, read_key_file(answer))
    else:
        ask = asking(session.workstation, given.required("url"))
        stamp = stamp_package.stamp_package(package, ask)
    path = stamp_package.stamp_path(package)
    fields: dict[str, Json] = {
        "timestamp": str(path.absolute()),
        "authority": stamp.name,
        "at": iso_utc(stamp.moment),
    }
    return Answer(fields, words.stamped(path.name, stamp.name, iso_utc(stamp.moment)))


def asking(workstation: Workstation, url: str) -> AskAuthority:
    """How the authority at `url` is asked."""
    return partial(workstation.ask_time_stamp, url)
