"""A process that fetches until it is killed: `python -m tests.vault.fetching_child VAULT`.

Says `ready` when it begins, and ends by itself when nothing is wanted any more.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cport_desktop.domain.ids import MediaId
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, an_examination, digests_of, noise, reopened

NUMBERS = range(1, 61)
_PIECE = 50_000


def content_of(number: int) -> bytes:
    """The bytes of a media item: from none to some twenty chunks."""
    return noise(number * 7919 % 300_000 if number > 1 else 0, seed=number)


def fetch(vault: Vault, number: int) -> None:
    content = content_of(number)
    intake = vault.intake(MediaId(number))
    try:
        for start in range(intake.offset, len(content), _PIECE):
            intake.write(content[start : start + _PIECE])
        assert b"".join(intake.read()) == content
        with vault.transaction() as tx:
            intake.settle(tx, digests_of(content), an_examination())
            tx.record(an_entry("hold"))
    finally:
        intake.close()


def main() -> None:
    with reopened(Path(sys.argv[1]), program="child") as vault:
        with vault.reader() as reader:
            rows = reader.connection.execute(
                "SELECT media_id FROM media_item WHERE state = 'wanted' ORDER BY media_id"
            ).fetchall()
        print("ready", flush=True)
        for (number,) in rows:
            fetch(vault, number)


if __name__ == "__main__":
    main()
