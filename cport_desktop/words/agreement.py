"""What is said about the agreement: what its clauses allow, why something is refused, who can
change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ACTIONS: Final[Mapping[str, str]] = {
    "reports.read": "reading reports",
    "media.receive": "receiving media",
    "media.reveal": "revealing media",
    "assessment.give": "assessing content",
    "feedback.give": "giving feedback to a hotline",
    "takedown.hold": "asking a hotline to wait with a takedown",
    "information.request": "asking a hotline for more information",
    "iwol.suggest": "suggesting a domain for the list of the worst",
    "hashlist.contribute": "contributing to a hash list",
    "hashlist.export": "taking a hash list out",
    "case.hand_over": "handing a case over",
    "false_positive.notify": "giving notice of a false positive",
    "package.compose": "composing a package",
    "table.export": "exporting a table",
}
"""By the words of `domain.agreement.Function`."""

NO_CLAUSE: Final = "no clause grants it"
