"""Word to a recipient that something they have was corrected or withdrawn since it left.

Directive (EU) 2016/680 demands it whatever an agreement says: who received data that turn out to be
incorrect is notified without delay (Art. 7(3)), and corrects or erases them in turn (Art. 16(6)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.disclosure import Affected, DisclosedItem, DisclosureId
from cport_desktop.domain.nature import Nature

DUTY: Final = "Directive (EU) 2016/680, Art. 7(3) and 16(6)"
"""What a notice is given by, in the place of a clause."""

MOST_COPIES: Final = 2_000
"""Copies in one notice; more are left open for a further one. About 1 MiB of text."""


@dataclass(frozen=True, slots=True)
class NoticedCopy:
    """A copy, the digest of the file in which it left, and the files that left with it."""

    copy: Affected
    sha256: str | None
    files: tuple[DisclosedItem, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """`agency` says it to `recipient`; `notice_id` is its number in the register."""

    notice_id: DisclosureId
    made_at: datetime
    nature: Nature
    agency: str
    recipient: str
    copies: tuple[NoticedCopy, ...]
