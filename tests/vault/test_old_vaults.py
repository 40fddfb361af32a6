"""A vault of every schema that was ever released opens, whole, and is of this version then."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from cport_desktop.clock import SystemClock
from cport_desktop.domain.operation import GiveFeedback
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import EVERY_ROLE
from cport_desktop.errors import StorageFull, VaultDamaged, WrongPassphrase
from cport_desktop.usecases.hold_items import list_holds
from cport_desktop.vault import audit_log, header_files, migrations, outbox, replica, state_digest
from cport_desktop.vault.key_slots import open_header
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.replica import StreamState
from cport_desktop.vault.slot_key_file import KeyFile
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.soundness import check
from cport_desktop.vault.vault import Vault, open_vault
from tests.builders import PASSPHRASE
from tests.vault.raw_pages import unpacked

FIXTURES = Path(__file__).parent / "fixtures"
DIGESTS = {
    "schema-0002": "9c9e7f0a48978872dba48e3c58a648981221d196b62b12df0f030fa550bcc5bc",
    "schema-0003": "d9b8aff31ef6e284dc8b5e57b2054d4fa47afd97980a2cf427109150ec56b09c",
    "schema-0009": "ec27776ebcc677a4c10bd67647f149bdb867966739a653ab61a407f8d6d50af4",
}
"""What `state_digest` said when the vault was of that schema."""


@pytest.fixture(params=sorted(DIGESTS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def laid_out(name: str, tmp_path: Path) -> Path:
    """The vault as it was; a database that lies packed among the fixtures is the very file again."""
    vault = Path(shutil.copytree(FIXTURES / name, tmp_path / "vault"))
    packed = vault / "vault.db.pages"
    if packed.exists():
        header = open_header(header_files.read(Layout(vault)).headers[0], secret_of(name))
        (vault / "vault.db").write_bytes(unpacked(packed.read_bytes(), header.keys.database))
        packed.unlink()
    return vault


def secret_of(name: str) -> Passphrase:
    return Passphrase((FIXTURES / f"{name}-passphrase.txt").read_bytes().strip())


@pytest.fixture
def secret(name: str) -> Passphrase:
    return secret_of(name)


@pytest.fixture
def old(name: str, tmp_path: Path) -> Path:
    return laid_out(name, tmp_path)


def opened(directory: Path, secret: Secret) -> Vault:
    return open_vault(directory, secret=secret, clock=SystemClock(), program="tests")


def names(paths: Iterable[Path]) -> list[str]:
    return sorted(path.name for path in paths)


def contents(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_it_opens_with_everything_in_it(old, name, secret):
    with opened(old, secret) as vault:
        with vault.reader() as reader:
            assert state_digest.digest(reader) == DIGESTS[name]
            assert audit_log.verify(reader).is_verified
            assert migrations.schema_version(reader.connection) == len(
                migrations.known_migrations()
            )
        assert check(vault, deep=True, announce=silent, is_cancelled=never) == ()
        assert vault.roles == EVERY_ROLE
        assert vault.personal_key is not None


def test_it_has_a_header_of_this_version_afterwards(old, secret):
    opened(old, secret).close()
    assert names(old.glob("header*")) == ["header-a.json", "header-b.json"]
    with opened(old, secret) as vault:
        assert [slot.kind for slot in vault.header.slots] == ["passphrase"]


def test_each_step_is_on_record(old, name, secret):
    schema = int(name.removeprefix("schema-"))
    with opened(old, secret) as vault, vault.reader() as reader:
        entries = audit_log.page(reader, limit=40).rows
    recorded = {
        value for each in entries for key, value in each.draft.payload if key == "migration"
    }
    steps = {f"{step.number:04}_{step.name}" for step in migrations.known_migrations()[schema:]}
    assert steps
    assert steps <= recorded


def test_the_exchange_begins_anew_where_an_older_portals_place_means_nothing_now(old, name, secret):
    speaks_todays_protocol = name >= "schema-0005"
    with opened(old, secret) as vault, vault.reader() as reader:
        assert (replica.stream(reader) != StreamState()) == speaks_todays_protocol


def test_operations_of_schema_3_stand_as_they_stood_and_wait_where_they_waited(tmp_path):
    old = laid_out("schema-0003", tmp_path)
    with opened(old, Passphrase(PASSPHRASE)) as vault:
        with vault.reader() as reader:
            waiting = outbox.unsettled(reader, limit=10)
            states = reader.connection.execute("SELECT kind, state, reason FROM operation")
            assert list(states) == [
                ("assessment", "settled", None),
                ("feedback", "settled", None),
                ("assessment", "rejected", "actions_exist"),
                ("feedback", "queued", None),
            ]
        assert [operation.body for operation in waiting] == [
            GiveFeedback("synthetic feedback that still waits")
        ]
        assert len(list_holds(vault)) == 1


@pytest.mark.parametrize("wrong", [Passphrase(b"wrong"), KeyFile(bytes(32))])
def test_a_wrong_secret_changes_nothing(old, wrong):
    before = contents(old)
    with pytest.raises(WrongPassphrase):
        opened(old, wrong)
    assert contents(old) == before


def test_what_a_migration_cut_short_left_behind_is_in_nobodys_way(old, name, secret):
    (old / "vault.db.next").write_bytes(b"half a copy")
    (old / "vault.db.next-journal").write_bytes(b"and its journal")
    with opened(old, secret) as vault, vault.reader() as reader:
        assert state_digest.digest(reader) == DIGESTS[name]
    assert not list(old.glob("vault.db.next*"))


def test_killed_between_the_swap_and_the_header_it_goes_on(old, name, secret, tmp_path):
    before = shutil.copytree(old, tmp_path / "before")
    opened(old, secret).close()
    for path in old.glob("header*"):
        path.unlink()
    for path in before.glob("header*"):
        shutil.copy(path, old)
    with opened(old, secret) as vault, vault.reader() as reader:
        assert state_digest.digest(reader) == DIGESTS[name]
    assert not (old / "header.json").exists()


def test_no_room_for_the_copy_leaves_the_old_vault_as_it_was(old, secret):
    before = contents(old)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises((StorageFull, VaultDamaged)):
            opened(old, secret)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents(old) == before
    opened(old, secret).close()


def test_a_copy_that_is_not_sound_does_not_take_the_place_of_the_original(old, secret):
    headers = names(old.glob("header*"))
    content = bytearray((old / "vault.db").read_bytes())
    content[-2000] ^= 1
    (old / "vault.db").write_bytes(content)
    with pytest.raises(VaultDamaged):
        opened(old, secret)
    assert (old / "vault.db").read_bytes()[-2000] == content[-2000]
    assert names(old.glob("header*")) == headers
    assert not list(old.glob("vault.db.next*"))
