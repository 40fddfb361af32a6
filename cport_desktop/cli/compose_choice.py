"""What was typed of who gets how much of a package: for all, for one of them, and in which files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cport_desktop.cli.session import Session
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.package import Given
from cport_desktop.errors import ValueUnknown


def given_all(session: Session) -> Given:
    """What everybody gets of whom nothing else is said."""
    options = session.options
    level = PackageMedia.NONE if options.flag("no_media") else PackageMedia.ORIGINAL
    text = options.text("level")
    return Given(
        media=level if text is None else _level(text),
        without=frozenset(options.texts("without")),
    )


def given_each(
    session: Session, recipients: Sequence[Recipient], given: Given
) -> Mapping[str, Given]:
    """What is said of single recipients, by their keys."""
    found: dict[str, Given] = {}
    for text in session.options.texts("level_for"):
        key, level = _of_recipient(text, recipients)
        found[key] = replace(found.get(key, given), media=_level(level))
    for text in session.options.texts("without_for"):
        key, field = _of_recipient(text, recipients)
        had = found.get(key, given)
        found[key] = replace(had, without=had.without | {field})
    return found


def _of_recipient(text: str, recipients: Sequence[Recipient]) -> tuple[str, str]:
    name, _, value = text.rpartition("=")
    for each in recipients:
        if name in (each.name, each.public):
            return each.public, value
    accepted = ", ".join(each.name for each in recipients)
    raise ValueUnknown(what="recipient", value=name or text, accepted=accepted)


def _level(text: str) -> PackageMedia:
    if text not in set(PackageMedia):
        accepted = ", ".join(each.value for each in PackageMedia)
        raise ValueUnknown(what="level of media", value=text, accepted=accepted)
    return PackageMedia(text)


def typed_part_size(session: Session) -> int | None:
    """Bytes of one file at most; None: one file."""
    text = session.options.text("part_size")
    return None if text is None else int(text)
