"""How often each code occurs: the shape of a year, as data.

Site types, commerciality and the share reported to law enforcement follow the figures that
INHOPE publishes in its annual reports; what is not published is a plain guess. Every member
of every ICCAM code list occurs, the rare ones too, and a few numbers that no list knows
(site type 21, reason 77 …), since codes belong to others and new ones come unannounced.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.demo.dice import Table, weighted
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, NOT_ILLEGAL

_DOUBTFUL: Final = 3

SITE_TYPES: Final[Table[int]] = weighted(
    [
        (2, 42.6),  # website
        (20, 39.4),  # image host
        (6, 8.8),  # forum
        (3, 2.6),  # file host
        (5, 1.6),  # image board
        (9, 1.2),  # social networking
        (8, 0.7),  # link site
        (22, 0.6),  # blog
        (4, 0.5),  # image store
        (7, 0.3),  # banner site
        (10, 0.3),  # redirector
        (11, 0.2),  # web archive
        (18, 0.2),  # search provider
        (23, 0.2),  # web page (v2)
        (1, 0.2),  # not determined (v2)
        (24, 0.2),  # not applicable
        (21, 0.4),  # in no list: must survive a round trip
    ]
)

COMMERCIALITIES: Final[Table[int]] = weighted([(1, 21), (2, 9), (3, 70)])

PAYMENT_METHODS: Final[Table[int]] = weighted(
    [
        (13, 38),
        (1, 14),
        (6, 10),
        (4, 8),
        (5, 7),
        (8, 7),
        (10, 4),
        (11, 4),
        (9, 3),
        (2, 2),
        (7, 2),
        (12, 1),
        (3, 1),
        (14, 0.5),  # in no list
    ]
)
"""Of commercial sites; others mostly say nothing."""

CLASSIFICATIONS: Final[Table[int]] = weighted(
    [(BASELINE, 48), (NATIONAL, 25), (NOT_ILLEGAL, 25.5), (_DOUBTFUL, 1), (7, 0.5)]
)

AGES: Final[Table[int]] = weighted([(1, 6), (2, 4), (3, 76), (4, 14)])
GENDERS: Final[Table[int]] = weighted([(1, 5), (2, 78), (3, 11), (4, 6)])

ACTIONS: Final[Table[int]] = weighted([(1, 40), (2, 25), (3, 18), (4, 9), (5, 2), (6, 6)])
"""The first action on a content item; later ones follow `AFTER_ACTION`."""

AFTER_ACTION: Final[Table[int]] = weighted([(2, 28), (3, 46), (4, 17), (5, 3), (6, 6)])

ACTION_REASONS: Final[Table[int]] = weighted(
    [(2, 14), (9, 14), (8, 9), (10, 8), (13, 7), (1, 6), (6, 5), (16, 5), (77, 0.7)]
    + [(number, 3.0) for number in (3, 4, 5, 7, 11, 12, 14, 15, 17, 18, 19, 20, 21)]
)
"""Only for actions beyond 3, as the public client sends them."""

FIRST_ACTION_WITH_REASON: Final = 4

CONTENT_COUNTS: Final[Table[int]] = weighted([(1, 42), (2, 26), (3, 15), (4, 9), (5, 5), (6, 3)])

MEDIA_OF_PAGE: Final[Table[int]] = weighted([(0, 24), (1, 70), (2, 6)])
MEDIA_OF_FILE: Final[Table[int]] = weighted([(0, 8), (1, 86), (2, 6)])

COUNTRIES_ABROAD: Final[Table[str]] = weighted(
    [
        ("US", 30),
        ("FR", 14),
        ("DE", 11),
        ("LU", 7),
        ("SE", 6),
        ("CA", 6),
        ("PL", 5),
        ("RO", 5),
        ("JP", 4),
        ("BG", 4),
        ("ES", 3),
        ("SG", 3),
        ("BE", 2),
    ]
)

DELAY_HOURS: Final[Table[tuple[int, int]]] = weighted(
    [((1, 8), 34), ((8, 24), 27), ((24, 72), 21), ((72, 240), 14), ((240, 960), 4)]
)
"""From the public's report to the portal: 82 % within three days (published for 2023)."""
