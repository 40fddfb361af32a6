"""A copy of a large vault that belongs to a gateway in a process of its own, so that the window can
synchronise with it. The vault that is kept for the next run stays as it was.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cport_desktop.clock import SystemClock
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Picture
from cport_desktop.media.bounds import VEIL_HEIGHT, VEIL_WIDTH
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.usecases.enrol import Introduction, enrol
from cport_desktop.vault import replica
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, an_examination, noise, reopened

VEILED = 10_000
"""Media items that have a picture: as many as P9 scrolls."""


@dataclass(frozen=True, slots=True)
class Portal:
    """Where a gateway listens."""

    url: str
    authority: Path
    code: str


@contextmanager
def bound_copy(vault: Path, directory: Path, *, reports: int) -> Iterator[Path]:
    """The copy of `vault`, closed, in `directory`, while a gateway of so many reports listens for it."""
    copy = directory / "vault"
    shutil.copytree(vault, copy)
    with _gateway(directory, reports) as portal:
        with reopened(copy, clock=SystemClock()) as opened:
            _enrol(opened, portal)
            _show_veils(opened)
        yield copy


@contextmanager
def _gateway(directory: Path, reports: int) -> Iterator[Portal]:
    command = [sys.executable, "-m", "tests.bench.gateway_program", str(directory), str(reports)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            told = json.loads(child.stdout.readline())
            yield Portal(told["url"], Path(told["authority"]), told["code"])
        finally:
            child.stdin.close()


def _enrol(vault: Vault, portal: Portal) -> None:
    """The vault belongs to the gateway, and the next exchange begins with its first report."""
    authority = portal.authority.read_bytes()
    with closing(
        PortalTransport(portal.url, authority_pem=authority, clock=SystemClock())
    ) as stranger:
        introduction = Introduction(
            portal_url=portal.url,
            authority=authority,
            code=portal.code,
            station_name="Bench",
            agency="Example Agency",
        )
        enrol(vault, stranger, introduction)
    with vault.transaction() as tx:
        replica.begin_anew(tx)
        tx.record(an_entry("begin anew"))


def _show_veils(vault: Vault) -> None:
    """The newest `VEILED` media are as if they had come: each tile of them shows a veil."""
    with vault.transaction() as tx:
        held = tx.connection.execute(
            "UPDATE media_item SET state = 'held', kind = 'image', format = 'png', width = 4,"
            " height = 3, sha256 = announced_sha256, held_at = 0 WHERE media_id IN"
            " (SELECT media_id FROM media_item ORDER BY newest_received DESC, media_id DESC LIMIT ?)"
            " RETURNING media_id",
            (VEILED,),
        ).fetchall()
        tx.connection.execute(
            "INSERT INTO blob (blob_id, key, state, media_id, size, sha256)"
            " SELECT lower(hex(randomblob(16))), randomblob(32), 'held', media_id, size, sha256"
            " FROM media_item WHERE state = 'held'"
        )
        tx.record(an_entry("hold"))
    veil = Picture(VEIL_WIDTH, VEIL_HEIGHT, 1, noise(VEIL_WIDTH * VEIL_HEIGHT))
    seen = replace(an_examination(), veil=veil)
    for (media_id,) in held:
        vault.derivatives.put(MediaId(media_id), seen)
