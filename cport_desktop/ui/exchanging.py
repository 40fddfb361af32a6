"""What the window may ask for about the exchange with the portal: what waits to be said, what was
exchanged, by which road, and what the agreement allows.

`Exchanging` belongs to an open vault and is filled by `ui.exchanging_opening`. Every callable may
be called from any thread and raises errors of the family `CportError` and nothing else on purpose.
Lists take (…, limit, cursor), long work (…, announce, is_cancelled).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    DisclosureId,
    DisclosureRecord,
    EnteredDisclosure,
    Handling,
)
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.link import Link
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.domain.transfer import Transfer, TransferTally
from cport_desktop.ui.agreement_lines import (
    AgreementMark,
    AgreementShown,
    AllowedLine,
    FunctionLine,
    MayLine,
    RehearsalLine,
)
from cport_desktop.ui.enrolment_lines import EnrolmentStanding, NetworkOrder, RequestOrder
from cport_desktop.ui.exchanging_colleagues import Colleagues
from cport_desktop.ui.exchanging_lines import (
    ExchangeLine,
    OutboxLine,
    OutboxView,
    StickOrder,
    StickReceived,
    StickSent,
    StickStanding,
)
from cport_desktop.usecases.notify_provider import DraftedNotice, NoticeOrder
from cport_desktop.usecases.package_receipts import Noted
from cport_desktop.usecases.who_has import Holders


@dataclass(frozen=True, slots=True)
class Outbox:
    """Operations and what an analyst decides about them."""

    page: Callable[[OutboxView, int, str | None], Page[OutboxLine]]
    revise: Callable[[str, str], Changes]
    """(operation, new words): another operation takes its place."""
    send_again: Callable[[str], Changes]
    set_aside: Callable[[str, str], Changes]
    """(operation, why)."""


@dataclass(frozen=True, slots=True)
class Stick:
    """The road by removable media."""

    standing: Callable[[], StickStanding]
    carry_out: Callable[[StickOrder, Announce, IsCancelled], StickSent]
    """Written, flushed, read back and compared when it answers; never over a file."""
    bring_in: Callable[[tuple[Path, ...], Announce, IsCancelled], StickReceived]
    """(all parts of one bundle, …)."""


@dataclass(frozen=True, slots=True)
class Transfers:
    """Media files that are not here. Where a `MediaId` may be None, every file is meant."""

    page: Callable[[int, str | None], Page[Transfer]]
    tally: Callable[[], TransferTally]
    ask_first: Callable[[MediaId], None]
    pause: Callable[[MediaId | None], None]
    resume: Callable[[MediaId | None], None]
    retry: Callable[[MediaId | None], None]
    cancel: Callable[[MediaId], None]


@dataclass(frozen=True, slots=True)
class Links:
    """What networks may carry."""

    listed: Callable[[], tuple[tuple[Link, ...], Link]]
    """(all that were named, the one in use)."""
    keep: Callable[[Link], None]
    use: Callable[[str | None], None]
    remove: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Agreements:
    """What the national hotline allows."""

    shown: Callable[[], AgreementShown]
    functions: Callable[[], tuple[FunctionLine, ...]]
    may: Callable[[str, str], MayLine]
    """(word of a function, name or key of a recipient or nothing)."""
    rehearse: Callable[[], RehearsalLine]
    """What the version that waits would change."""
    accept: Callable[[str], Changes]
    """(why): the version that waits is in force from now on."""
    allowed: Callable[[], AllowedLine]
    mark: Callable[[], AgreementMark]
    """For the status line; cheap enough to be asked often."""
    export: Callable[[Path], None]
    """The signed document, into a new file."""


@dataclass(frozen=True, slots=True)
class Enrolling:
    """How the vault comes to belong to a portal."""

    standing: Callable[[], EnrolmentStanding]
    request: Callable[[RequestOrder], None]
    """Keys are made in the vault, and a request lies in a new file."""
    answer: Callable[[Path, str], str]
    """(file, address of the portal or nothing): what the portal is called."""
    enrol: Callable[[NetworkOrder], str]
    """By network, at once: what the portal is called."""
    set_address: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Departures:
    """What left, and what became of the copies."""

    sought: Callable[[str, int, str | None], Page[EnteredDisclosure]]
    """(what was typed, rows, cursor): what left, the newest first; all of it for no text."""
    who: Callable[[str], Holders]
    """Who has the report, media item or file that a text names."""
    copies_of: Callable[[ReportId], tuple[EnteredDisclosure, ...]]
    shown: Callable[[DisclosureId], DisclosureRecord]
    received: Callable[[DisclosureId, str, str, datetime], None]
    """(which, for which recipient, who received it there, when)."""
    take_receipt: Callable[[Path, Path, str | None], Noted]
    """(a signed receipt, authorities that are relied on, which recipient it is from)."""
    draft: Callable[[NoticeOrder], DraftedNotice]
    """A notice to a provider lies in a new file; nobody has sent it."""
    affected: Callable[[int, str | None], Page[Affected]]
    """Copies of what was corrected or withdrawn since, and of which nobody said how it ended."""
    notify: Callable[[str, Path], int]
    """(recipient, new file): a signed notice; about how many copies."""
    settle: Callable[[AffectedId, Handling, str], Changes]
    """(copy, what became of it, why or nothing)."""


@dataclass(frozen=True, slots=True)
class Exchanging:
    """Intentions about the exchange."""

    history: Callable[[int, str | None], Page[ExchangeLine]]
    """Every exchange there was, the newest first."""
    outbox: Outbox
    stick: Stick
    transfers: Transfers
    links: Links
    agreements: Agreements
    enrolling: Enrolling
    departures: Departures
    colleagues: Colleagues
