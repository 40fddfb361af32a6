"""What is said while a package is put together: who gets what, what stays out and why, redactions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.agreement import clauses
from cport_desktop.words.tongue import tr, tr_in, tr_many

LEVELS: Final[Mapping[str, str]] = {
    "none": tr_in("media that go along", "metadata only"),
    "veiled": tr_in("media that go along", "veils"),
    "original": tr_in("media that go along", "originals"),
}
"""By the words of `domain.agreement.PackageMedia`."""

USUAL_TITLE: Final = tr("Intelligence package")
NOBODY: Final = tr("name somebody with --recipient, or a template with --template")

NO_PICTURE: Final = tr("Only single pictures are redacted, no videos, sounds or animations.")
NOT_HERE: Final = tr("It does not go along with what was chosen, or its file is not here.")
NOT_DECODED: Final = tr("It cannot be decoded here.")
NOTHING_KEPT: Final = tr(
    "No redaction is kept of it, or it does not go along with what was chosen."
)
NO_SUCH_REPORT: Final = tr("It is not among the reports that were chosen.")

HOW: Final[Mapping[str, str]] = {
    "pixels": tr_in("what was redacted", "parts of the picture, burned in"),
    "metadata": tr_in("what was redacted", "everything in the file but its pixels"),
    "field": tr_in("what was redacted", "a field"),
    "left_out": tr_in("what was redacted", "the whole item"),
}
"""By `domain.redaction.Redacted.how`."""

OMITTED: Final[Mapping[str, str]] = {
    "not chosen": tr_in("why a file stays here", "only its metadata go"),
    "redacted": tr_in("why a file stays here", "left out by a redaction"),
    "no veil": tr_in("why a file stays here", "it has no veil"),
    "wanted": tr_in("why a file stays here", "it is not here yet"),
    "refused": tr_in("why a file stays here", "it was refused when it came"),
}


def beside(rectangle: str, width: int, height: int) -> str:
    """Why a rectangle hides nothing."""
    return tr(
        "The rectangle {rectangle} lies beside the picture, which is {width} × {height} pixels large.",
        rectangle=rectangle,
        width=str(width),
        height=str(height),
    )


def gets_nothing(name: str, refusal: str) -> str:
    """One line about a recipient to whom nothing may go."""
    return tr("{name}: nothing. {refusal}", name=name, refusal=refusal)


def gets(name: str, reports: int, level: str, files: int, size: str) -> str:
    """The first line about a recipient."""
    of_media = LEVELS.get(level, level)
    if level == "none":
        return tr_many(
            "{name}: {count} report, of media {level}.",
            "{name}: {count} reports, of media {level}.",
            reports,
            name=name,
            level=of_media,
        )
    return tr_many(
        "{name}: {count} report, of media {level}, {files}, {size}.",
        "{name}: {count} reports, of media {level}, {files}, {size}.",
        reports,
        name=name,
        level=of_media,
        files=tr_many("{count} file", "{count} files", files),
        size=size,
    )


def allowed_by(numbers: Sequence[str]) -> str:
    """By which clauses."""
    return tr("Allowed by {clauses}.", clauses=clauses(numbers))


def field_out(name: str, clause: str | None, *, is_chosen: bool) -> str:
    """A field that stays out, and why."""
    if is_chosen:
        return tr("{field} stays out, as chosen.", field=name)
    if clause is None:
        return tr("{field} stays out: no clause grants it.", field=name)
    return tr("{field} stays out by {clause}.", field=name, clause=clauses((clause,)))


LATER_FIELDS_OUT: Final = tr(
    "Fields that this version does not know stay out: the agreement names those that go."
)


def files_out(count: int, reason: str) -> str:
    """Files that stay here for one reason."""
    return tr_many(
        "{count} file stays here: {reason}.",
        "{count} files stay here: {reason}.",
        count,
        reason=OMITTED.get(reason, reason),
    )


def redaction(what: str, how: str, where: Sequence[str], reason: str) -> str:
    """A line of the list of redactions."""
    words = HOW.get(how, how)
    if where:
        return tr(
            "{what}: {how} ({where}). Reason: {reason}",
            what=what,
            how=words,
            where="; ".join(where),
            reason=reason,
        )
    return tr("{what}: {how}. Reason: {reason}", what=what, how=words, reason=reason)


def about_size(size: str, parts: int) -> str:
    """What will be written."""
    if parts > 1:
        return tr_many(
            "About {size}, in {count} part.", "About {size}, in {count} parts.", parts, size=size
        )
    return tr("About {size}.", size=size)


def file_for(file: str, names: Sequence[str]) -> str:
    """One line about a package of an order that has several."""
    return tr("{file} goes to {names}.", file=file, names=", ".join(names))
