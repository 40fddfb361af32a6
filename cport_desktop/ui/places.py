"""The places of the pages. A window remembers where it stood by these numbers, and a key has a page's
number in it: a page that comes later has a later number, and none is ever given again.
"""

from __future__ import annotations

from typing import Final

REPORTS: Final = 0
MEDIA: Final = 1
HOTLINES: Final = 2
OUTBOX: Final = 3
EXCHANGE: Final = 4
AUDIT: Final = 5
VAULT: Final = 6
AGREEMENT: Final = 7
HASH_LISTS: Final = 8
OVERVIEW: Final = 9
CASES: Final = 10
FIGURES: Final = 11
WORST_OF: Final = 12
SETTINGS: Final = 13
