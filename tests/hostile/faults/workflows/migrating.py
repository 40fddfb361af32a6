"""A vault of the first schema that was ever released is opened, and is of this version then."""

from __future__ import annotations

import shutil
from pathlib import Path

from cport_desktop.vault import migrations
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.state_digest import digest
from cport_desktop.vault.vault import Vault, open_vault
from tests.builders import a_clock
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen

_FIXTURES = Path(__file__).parents[3] / "vault" / "fixtures"
_OLD, _STEPS_BEFORE = "schema-0002", 2


class Migrating:
    name = "migrate"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)
        shutil.copytree(_FIXTURES / _OLD, place.vault)

    def run(self, place: Place, promise: Promise) -> None:
        with _opened(place) as vault:
            promise(_schema(vault))

    def look(self, place: Place) -> Seen:
        """Whatever was left is of this version once it is opened, so that says nothing of before."""
        with _opened(place) as vault:
            vaults.require_sound(vault)
            vaults.require_no_stray(vault)
            return Seen(_identity(vault), frozenset({_schema(vault)}))

    def finish(self, place: Place) -> None:
        self.look(place)


def _opened(place: Place) -> Vault:
    passphrase = (_FIXTURES / f"{_OLD}-passphrase.txt").read_bytes().strip()
    return open_vault(
        place.vault,
        secret=Passphrase(passphrase),
        clock=a_clock(),
        program="faults",
        marks=place.root / "marks",
    )


def _identity(vault: Vault) -> str:
    """What it holds, and all that was on record before this migration (whose entries are new each
    time that it is done).
    """
    before = vaults.rows(
        vault,
        "SELECT leaf FROM audit_entry WHERE sequence < ("
        " SELECT sequence FROM audit_entry WHERE verb = 'migrate' ORDER BY sequence"
        f" LIMIT 1 OFFSET {_STEPS_BEFORE}) ORDER BY sequence",
    )
    with vault.reader() as reader:
        return f"{digest(reader)} {before}"


def _schema(vault: Vault) -> str:
    with vault.reader() as reader:
        assert migrations.pending(reader.connection, migrations.known_migrations()) == ()
        return f"schema {migrations.schema_version(reader.connection)}"
