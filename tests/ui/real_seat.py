"""A seat at a real vault: what a view is handed in the window, without the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.nature import Nature
from cport_desktop.settings import Settings
from cport_desktop.ui.desk import Session
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.keys import Key, KeyKind, OpeningOrder
from cport_desktop.ui.lane import open_lanes
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.seat import HotlineNames, Seat
from cport_desktop.ui.theme import DARK
from cport_desktop.vault.vault import Vault
from tests.builders import PASSPHRASE, make_vault, reopened


@contextmanager
def a_real_seat(tmp_path: Path, arrange: Callable[[Vault], None]) -> Iterator[Seat]:
    """A seat at a new demo vault in which `arrange` put something."""
    folder = make_vault(tmp_path / "vault")
    with reopened(folder) as vault:
        arrange(vault)
    with seated_at(tmp_path, folder) as seat:
        yield seat


@contextmanager
def seated_at(tmp_path: Path, folder: Path) -> Iterator[Seat]:
    """A seat at the vault in `folder`, which is closed afterwards."""
    workstation = furnish(Settings(marks=tmp_path / "marks"))
    desk = make_desk(workstation, folder, Nature.DEMO)
    order = OpeningOrder(Key(KeyKind.PASSPHRASE, PASSPHRASE.decode()))
    session: Session = desk.open(order, lambda _progress: None)
    lanes = open_lanes()
    drafting = Drafting(session, lanes.keeping)
    try:
        yield Seat(session, lanes, workstation.clock, desk.taxonomy, HotlineNames(), DARK, drafting)
    finally:
        lanes.drop_answers()
        for farewell in lanes.farewells():
            farewell()
        session.lock()
