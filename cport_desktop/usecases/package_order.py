"""What is ordered: which reports, for whom, how much each gets, what is destroyed, in which files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.package import ALL_OF_IT, Given
from cport_desktop.domain.redaction import (
    LONGEST_REASON,
    MOST_RECTANGLES,
    MOST_REDACTIONS,
    FieldRedaction,
    PictureRedaction,
    Redaction,
)
from cport_desktop.domain.region_profile import NO_CATEGORIES, RegionProfile
from cport_desktop.domain.withholding import WITHHOLDABLE
from cport_desktop.errors import ActTooLarge, PurposeMissing, TextUnfit, ValueUnknown
from cport_desktop.words import redactions as redaction_words

LARGEST_PACKAGE = 20_000
"""Reports in one package; more is split by the analyst, since nobody reads it in one piece."""

SMALLEST_PART: Final = 1_000_000
LARGEST_PART: Final = 4 * 1024**3 - 1
"""Bytes; no file on a FAT32 medium is larger."""

_OF_A_CASE: Final = re.compile(r"case:(C-[1-9][0-9]{0,8})", re.IGNORECASE)

Choice = tuple[ReportId, ...] | str | AllFound
"""Reports one by one, or every report that a query finds, or all of these but some."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to leave, to whom, signed by whom, and where it is written.

    `given`: what everybody gets who is not in `given_to` (by public key). `part_size`: bytes of a part
    at most; None: one file. `resumes`: packages of the same order that stand there whole are left as
    they are. `region_profile`: by which table the list for other tools gives categories. `unredacted`:
    items that go as they are although a redaction of them is kept.
    """

    choice: Choice
    title: str
    recipients: Sequence[Recipient]
    signer: Signer
    path: Path
    reason: str | None = None
    given: Given = ALL_OF_IT
    given_to: Mapping[str, Given] = field(default_factory=dict)
    redactions: tuple[Redaction, ...] = ()
    part_size: int | None = None
    resumes: bool = False
    region_profile: RegionProfile = NO_CATEGORIES
    unredacted: frozenset[MediaId] = frozenset()

    @property
    def case(self) -> str:
        """The number of the case whose reports were chosen, all or all but some; empty if it is none."""
        text = self.choice.text if isinstance(self.choice, AllFound) else self.choice
        named = _OF_A_CASE.fullmatch(text.strip()) if isinstance(text, str) else None
        return named[1].upper() if named else ""

    def given_each(self) -> Iterator[tuple[Recipient, Given]]:
        """Every recipient, each once, with what they are to get."""
        for recipient in dict.fromkeys(self.recipients):
            yield recipient, self.given_to.get(recipient.public, self.given)


def require_sound(order: Order) -> None:
    """The order says nothing that nobody could do.

    Raises:
        ValueUnknown: a field that no report has, or parts of a size that no medium wants.
        TextUnfit: a redaction without a reason, or with too long a one.
        ActTooLarge: more redactions, or more rectangles in one picture, than one package takes.
        PurposeMissing: something goes as it is against what is kept of it, and nothing says why.
    """
    if order.unredacted and not (order.reason or "").strip():
        raise PurposeMissing(what=redaction_words.SENDING_AS_IT_IS)
    named = {name for _, given in order.given_each() for name in given.without}
    named |= {each.field for each in order.redactions if isinstance(each, FieldRedaction)}
    require_fields(named)
    if len(order.redactions) > MOST_REDACTIONS:
        raise ActTooLarge(count=len(order.redactions), limit=MOST_REDACTIONS)
    rectangles: dict[object, int] = {}
    for each in order.redactions:
        if not 1 <= len(each.reason.strip()) <= LONGEST_REASON:
            raise TextUnfit(length=len(each.reason.strip()), limit=LONGEST_REASON)
        if isinstance(each, PictureRedaction):
            count = rectangles.get(each.media_id, 0) + len(each.rectangles)
            if count > MOST_RECTANGLES:
                raise ActTooLarge(count=count, limit=MOST_RECTANGLES)
            rectangles[each.media_id] = count
    require_part_size(order.part_size)


def require_fields(names: Collection[str]) -> None:
    """Reports have these fields, and they may stay out.

    Raises:
        ValueUnknown: one is none.
    """
    for name in sorted(set(names) - WITHHOLDABLE):
        raise ValueUnknown(what="field", value=name, accepted=", ".join(sorted(WITHHOLDABLE)))


def require_part_size(size: int | None) -> None:
    """There are media that want parts of this many bytes; None: one file.

    Raises:
        ValueUnknown: there are none.
    """
    if size is not None and not SMALLEST_PART <= size <= LARGEST_PART:
        raise ValueUnknown(
            what="part size", value=str(size), accepted=f"{SMALLEST_PART} … {LARGEST_PART}"
        )
