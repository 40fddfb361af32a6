"""Which held files lack one of their pictures here, though they can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.vault.likeness import EXAMINED
from cport_desktop.vault.vault import Vault

_ROWS_AT_ONCE = 500

_HELD = """
SELECT b.blob_id, b.sha256, b.size,
       (SELECT m.media_id FROM media_item AS m INDEXED BY media_by_announcement
        WHERE m.announced_sha256 = b.sha256 AND m.state = 'held' AND m.cannot_show IS NULL
        LIMIT 1) AS media,
       (SELECT m.media_id FROM media_item AS m INDEXED BY media_by_announcement
        WHERE m.announced_sha256 = b.sha256 AND m.state = 'held' AND m.examined < ?
        LIMIT 1) AS unexamined
FROM blob AS b WHERE b.state = 'held' AND b.blob_id > ? ORDER BY b.blob_id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """One file (of perhaps several items). `size` in bytes. `can_be_shown`: as far as it is known;
    one that cannot was described by an earlier version of the examination.
    """

    blob: BlobId
    media_id: MediaId
    size: int
    can_be_shown: bool = True


def missing_pictures(vault: Vault) -> Iterator[MissingPicture]:
    """Each file once, in the order of their names; memory does not grow with them.

    Raises:
        VaultDamaged: the pictures' file cannot be read, and has to be begun anew.
    """
    after = ""
    while True:
        with vault.reader() as reader:
            rows = reader.connection.execute(_HELD, (EXAMINED, after, _ROWS_AT_ONCE)).fetchall()
        lacking = vault.derivatives.lacking([row[1] for row in rows if row[3] is not None])
        for blob, digest, size, media, unexamined in rows:
            if media is not None and (digest in lacking or unexamined is not None):
                yield MissingPicture(BlobId(blob), MediaId(media), size)
            elif unexamined is not None:
                yield MissingPicture(BlobId(blob), MediaId(unexamined), size, can_be_shown=False)
        if len(rows) < _ROWS_AT_ONCE:
            return
        after = rows[-1][0]


def count_missing(vault: Vault) -> int:
    """How many files lack their pictures. Raises as `missing_pictures`."""
    return sum(1 for _ in missing_pictures(vault))
