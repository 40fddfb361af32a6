"""What is known of a held file by its examination, told anew: its format was refused before, and is
decoded now.
"""

from __future__ import annotations

import json

from cport_desktop.domain.media_item import CannotShow, Examination
from cport_desktop.vault.database import Connection


def describe_anew(connection: Connection, sha256: str, seen: Examination) -> None:
    """Held items of this content whose format was refused are described by `seen`. Others, and all
    if it is refused again, are left as they are.
    """
    if seen.cannot_show is CannotShow.FORMAT_REFUSED:
        return
    connection.execute(
        "UPDATE media_item SET kind = ?, format = ?, width = ?, height = ?, duration_ms = ?,"
        " perceptual_hash = ?, quality = ?, dct_hash = ?, cannot_show = ?, facts = ?"
        " WHERE announced_sha256 = ? AND state = 'held' AND cannot_show = ?",
        (
            seen.kind.value,
            seen.format,
            seen.width,
            seen.height,
            seen.duration_ms,
            seen.perceptual_hash,
            seen.quality,
            seen.dct_hash,
            None if seen.cannot_show is None else seen.cannot_show.value,
            json.dumps(seen.facts, ensure_ascii=False),
            sha256,
            CannotShow.FORMAT_REFUSED.value,
        ),
    )
