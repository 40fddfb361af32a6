"""What an analyst was typing, and where their window stood: kept while it is unfinished.

A draft is no act. It leaves no entry in the log, goes to nobody, and ends when the thing is sent
or expressly thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.preferences import Preferences
from cport_desktop.domain.preparation import Confirmation


class DraftKind(StrEnum):
    WINDOW = "window"
    PACKAGE = "package"
    ENROLMENT = "enrolment"
    FEEDBACK = "feedback"
    QUESTION = "question"
    TAKEDOWN_HOLD = "takedown-hold"
    TAKEDOWN_LIFT = "takedown-lift"
    NOTE = "note"
    NEW_CASE = "new-case"
    """Of a thing: the case that it is to be put into."""
    CASE_CHANGE = "case-change"
    CASE_CLOSE = "case-close"
    CASE_REOPEN = "case-reopen"
    CASE_QUERY = "case-query"
    TASK = "task"
    REDACTION = "redaction"
    LAYOUT = "layout"
    PREFERENCES = "preferences"


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where it belongs. `report` or `media`, if it is about one: then it goes with it; or the number of
    a case. `table`: the one whose layout it is.
    """

    kind: DraftKind
    report: ReportId | None = None
    media: MediaId | None = None
    case: int | None = None
    table: str = ""

    @property
    def about(self) -> str:
        """The item it is about (`report-884179`), empty if it is about none."""
        if self.report is not None:
            return about_report(self.report)
        if self.case is not None:
            return f"case-{self.case}"
        return self.table if self.media is None else about_media(self.media)

    @property
    def name(self) -> str:
        """`feedback:report-884179`, `window`."""
        return f"{self.kind.value}:{self.about}" if self.about else self.kind.value


def about_report(report: ReportId) -> str:
    return f"report-{report}"


def about_media(media: MediaId) -> str:
    return f"media-{media}"


def place_named(name: str) -> DraftPlace | None:
    """The inverse of `DraftPlace.name`; None for a name that this version does not know."""
    kind, _, about = name.partition(":")
    subject, _, number = about.partition("-")
    is_layout = kind == DraftKind.LAYOUT and about.isidentifier()
    if kind not in set(DraftKind) or (about and not is_layout and not number.isdecimal()):
        return None
    match "" if is_layout else subject:
        case "report":
            return DraftPlace(DraftKind(kind), report=ReportId(int(number)))
        case "media":
            return DraftPlace(DraftKind(kind), media=MediaId(int(number)))
        case "case":
            return DraftPlace(DraftKind(kind), case=int(number))
        case "":
            return DraftPlace(DraftKind(kind), table=about)
        case _:
            return None


def layout_of(table: str) -> DraftPlace:
    """Where the layout of a table lies: its name is an identifier, which no item's is."""
    return DraftPlace(DraftKind.LAYOUT, table=table)


THE_WINDOW = DraftPlace(DraftKind.WINDOW)
THE_PACKAGE = DraftPlace(DraftKind.PACKAGE)
THE_PREFERENCES = DraftPlace(DraftKind.PREFERENCES)
THE_ENROLMENT = DraftPlace(DraftKind.ENROLMENT)


@dataclass(frozen=True, slots=True)
class Typed:
    """Text with its cursor and the other end of its selection, in characters from 0."""

    text: str = ""
    cursor: int = 0
    anchor: int = 0


@dataclass(frozen=True, slots=True)
class NoteFields:
    """A note that is being written; `note_id`: of the one that is being changed, empty for a new one."""

    text: Typed = Typed()
    note_id: str = ""


@dataclass(frozen=True, slots=True)
class AskedFields:
    """What was changed in the fields of a dialog. `texts`: those fields in the order in which they stand,
    None where one is as it was; `name`: who was chosen, empty for nobody, None: as it was; `day`: the
    moment that was set, if there is one.
    """

    texts: tuple[Typed | None, ...] = ()
    name: str | None = None
    day: datetime | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing is other than it was."""
        return not any(self.texts) and self.name is None and self.day is None


@dataclass(frozen=True, slots=True)
class HoldFields:
    """A request to wait with takedown that is being written."""

    until: datetime
    reason: Typed


@dataclass(frozen=True, slots=True)
class RedactionFields:
    """A redaction that is being drawn. `way`: a word of `RedactionWay`; `places`: left, top, width, height
    and reason of each; `reason`: of the ways that have no places.
    """

    way: str
    places: tuple[tuple[int, int, int, int, str], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentFields:
    """A request to a portal that is being prepared, but for its code, which is nowhere kept. `file`,
    `url`, `authority` as they were typed.
    """

    confirmed: tuple[Confirmation, ...] = ()
    station: str = ""
    agency: str = ""
    goes_by_network: bool = False
    file: str = ""
    url: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class PackageFields:
    """A package being put together. `selection` are reports, `query` finds the others; which of
    the two goes is `goes_selection`. `without`: reports that are left out of what the query finds.
    """

    selection: tuple[int, ...]
    query: str
    goes_selection: bool
    title: str
    recipients: Typed
    path: str
    without: tuple[int, ...] = ()
    reason: str = ""
    given: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Of recipients of whom anything was chosen: key, level of media, fields that stay out."""
    redactions: str = ""
    part_size: int = 0
    """Bytes of one file at most; 0: one file."""
    signer: str = ""
    """Name of a kept signer; empty with no file: the certificate that the portal issued."""
    signer_file: str | None = None
    signer_module: str = ""
    stamps: str = ""
    """Address of an authority of time stamps."""


@dataclass(frozen=True, slots=True)
class ColumnStand:
    """A column that is shown. `width` in pixels, None where it shares what is left."""

    name: str
    width: int | None = None


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How an analyst wants a table: its columns from left to right, the usual ones if there are none;
    and rows that are closer, or (None) as everywhere.
    """

    columns: tuple[ColumnStand, ...] = ()
    is_compact: bool | None = None


@dataclass(frozen=True, slots=True)
class ListStand:
    """Where a page of rows and a pane stood. `query` is in the line, `asked` was searched.

    `item` is what is open beside the list, `rows` how many were loaded; positions in pixels.
    """

    query: Typed = Typed()
    asked: str = ""
    sort: str = ""
    is_descending: bool = True
    rows: int = 0
    scroll: int = 0
    item: int | None = None
    item_scroll: int = 0
    panes: tuple[tuple[int, ...], ...] = ()
    by_stacks: bool = False
    """Of the media: whether stacks are listed in the place of items."""


@dataclass(frozen=True, slots=True)
class WindowStand:
    """Where the window stood when it was last locked."""

    page: int = 0
    theme: str = ""
    reports: ListStand = ListStand()
    media: ListStand = ListStand()
    writing: str = ""
    """The form that was open beside the reports, a word of `DraftKind`."""
    is_composing: bool = False
    guide: str = ""
    """What is remembered of the guide of the first steps, a word of `ui.guiding`."""


DraftContent = (
    Typed
    | NoteFields
    | AskedFields
    | HoldFields
    | EnrolmentFields
    | PackageFields
    | RedactionFields
    | WindowStand
    | TableLayout
    | Preferences
)
