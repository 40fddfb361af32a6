"""Text out of a foreign file, made harmless: one short line that shows what it is.

Control characters would move a cursor, bidirectional marks and other invisible ones would
make a line read as something else; each becomes U+FFFD, so that it is seen to have been there.
"""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories: control, format (bidi marks among them), surrogate, private, unassigned,
line and paragraph separator."""


def plain_text(untrusted: str, *, limit: int) -> str:
    """`untrusted` as one line of at most `limit` characters, without anything invisible.

    Runs of white space become one space. The result may be empty, and is otherwise `is_plain`.
    """
    # A hostile field may be megabytes long: what lies far behind the limit is not even looked at.
    words = untrusted[: 4 * limit].split()
    shown = "".join(
        REPLACEMENT if unicodedata.category(character) in _UNSEEN else character
        for character in " ".join(words)
    )
    return shown[:limit].strip()


def is_plain(text: str, *, limit: int) -> bool:
    """`text` is what `plain_text` may give: not empty, bounded, nothing invisible in it."""
    return text != "" and plain_text(text, limit=limit) == text
