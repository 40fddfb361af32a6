"""A receipt for a package: word to its sender that it came, was verified, and what was taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.nature import Nature


@dataclass(frozen=True, slots=True)
class PackageReceipt:
    """`sha256`: of the file as it came. `agency`: whose the receiving station is; `received_by`: the
    person there. `reports` and `media` were new to them.
    """

    sha256: str
    title: str
    nature: Nature
    agency: str
    received_by: str
    received_at: datetime
    reports: int
    media: int
