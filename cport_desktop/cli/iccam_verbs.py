"""`cport gateway import-iccam`: the reference gateway is fed from files in the ICCAM dialect."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.session import Session
from cport_desktop.demo.gateway import open_gateway
from cport_desktop.demo.iccam_import import FileRefusal, IccamFile, Imported
from cport_desktop.domain.ids import HotlineId, report_reference
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import UntrustedData
from cport_desktop.formats.iccam.codes import unknown_codes
from cport_desktop.formats.iccam.files import LONGEST_FILE
from cport_desktop.words import iccam as words


def import_iccam(session: Session) -> Answer:
    """`cport gateway import-iccam --data DIR FILE…`: also while that gateway is being served."""
    options = session.options
    read: list[IccamFile] = []
    unread: list[FileRefusal] = []
    for name in options.texts("files"):
        try:
            read.append(IccamFile(name, _content(Path(name))))
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else ""
            unread.append(FileRefusal(name, "", f"{words.UNREADABLE}: {why}"))
    gateway = open_gateway(
        options.needed_path("data"),
        reports=options.number("reports"),
        clock=session.workstation.clock,
    )
    with closing(gateway):
        taken = gateway.import_reports(read, hotline=HotlineId(options.number("hotline")))
    return _answer(taken, (*unread, *taken.refused), session.workstation.taxonomy)


def _content(path: Path) -> bytes:
    """At most one byte more than a file may have."""
    with path.open("rb") as file:
        return file.read(LONGEST_FILE + 1)


def _answer(taken: Imported, refused: tuple[FileRefusal, ...], taxonomy: Taxonomy) -> Answer:
    unknown = sorted(unknown_codes(taken.documents, taxonomy).items())
    fields: dict[str, Json] = {
        "imported": len(taken.imported),
        "corrected": len(taken.corrected),
        "unchanged": len(taken.unchanged),
        "reports": [report_reference(each) for each in (*taken.imported, *taken.corrected)],
        "refused": [
            {"file": each.file, "where": each.where, "cause": each.cause} for each in refused
        ],
        "unknown_codes": [
            {"list": code_list, "code": number, "count": count}
            for (code_list, number), count in unknown
        ],
    }
    lines = [
        words.summary(
            len(taken.imported), len(taken.corrected), len(taken.unchanged), len(refused)
        ),
        *(f"{each.file}: {each.where or '–'}: {each.cause}" for each in refused),
        *(words.unknown_code(*code, count) for code, count in unknown),
    ]
    status = UntrustedData.exit_status if refused else 0
    return Answer(fields, "\n".join(lines), exit_status=status)
