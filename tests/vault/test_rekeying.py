from __future__ import annotations

import resource
import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Picture, RevealLevel
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Analyst, Role
from cport_desktop.errors import (
    DatabasePutBack,
    RoleMissing,
    StorageFull,
    VaultDamaged,
    WrongPassphrase,
)
from cport_desktop.vault import audit_log, header_files, state_digest
from cport_desktop.vault.database import connect
from cport_desktop.vault.header import Header, sealed
from cport_desktop.vault.key_slots import NewSlot, make_slot
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.migrating import swap
from cport_desktop.vault.picture_seal import Derived, clear_room_key, unseal_picture
from cport_desktop.vault.rekeying import Rekeyed, Renewal, prepare, rekey
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.soundness import check
from cport_desktop.vault.unlocking import unlock
from cport_desktop.vault.vault import Vault, open_vault
from tests.builders import (
    NOON,
    PASSPHRASE,
    a_clock,
    an_entry,
    an_examination,
    database_key,
    header_of,
    hold_media,
    noise,
    reopened,
)
from tests.vault.looks import granted

FILE = bytes(range(32))
BLURRED, CLEAR = Picture(9, 5, 1, noise(45, seed=4)), Picture(4, 3, 3, noise(36, seed=5))
SEEN = replace(an_examination(), blurred=BLURRED, thumbnail=CLEAR)
CONTENT = noise(50_000, seed=9)


def anybody(_analyst: Analyst) -> None:
    """Every analyst may."""


def rekeyed(directory: Path) -> Rekeyed:
    return rekey(
        directory,
        secret=Passphrase(PASSPHRASE),
        clock=a_clock(),
        program="tests",
        require=anybody,
        announce=silent,
    )


@pytest.fixture
def filled(closed_vault: Path) -> Path:
    """A vault with a file in it and a second slot whose secret nobody here will use."""
    with reopened(closed_vault) as vault:
        hold_media(vault, 1, CONTENT)
        assert vault.derivatives.put(MediaId(1), SEEN)

        def add(header: Header) -> Header:
            slot = make_slot(
                vault.identity,
                NewSlot("stick", NewKeyFile(FILE)),
                analyst=vault.analyst.analyst_id,
                at=NOON,
                master=vault.header.keys.master,
                personal=vault.personal_key,
            )
            return msgspec.structs.replace(header, slots=(*header.slots, slot))

        vault.change_header(add, an_entry("add_slot"))
    return closed_vault


def is_whole(vault: Vault) -> bool:
    with vault.reader() as reader:
        content = b"".join(vault.blobs.read(reader, MediaId(1)))
    return content == CONTENT and not check(vault, deep=True, announce=silent, is_cancelled=never)


def test_everything_is_there_after_it_and_every_slot_opens(filled):
    with reopened(filled) as vault, vault.reader() as reader:
        before = state_digest.digest(reader)
    assert rekeyed(filled).slots == 2
    for secret in (Passphrase(PASSPHRASE), KeyFile(FILE)):
        with open_vault(filled, secret=secret, clock=a_clock(), program="tests") as vault:
            assert is_whole(vault)
            assert vault.personal_key is not None
            blurred = granted(vault, 1, RevealLevel.BLURRED)
            assert vault.clear_room.picture(blurred) == BLURRED
            assert vault.derivatives.veils([MediaId(1)])
            with vault.reader() as reader:
                assert state_digest.digest(reader) == before
                verbs = [entry.draft.verb for entry in audit_log.page(reader, limit=9).rows]
    assert "rekey" in verbs


def test_the_clear_rooms_key_of_before_opens_no_picture_after(filled):
    before = clear_room_key(header_of(filled).keys.derivatives)
    rekeyed(filled)
    after = clear_room_key(header_of(filled).keys.derivatives)
    with reopened(filled) as vault:
        for purpose, picture in ((Derived.BLURRED, BLURRED), (Derived.CLEAR, CLEAR)):
            found = vault.derivatives.sealed(MediaId(1), purpose)
            assert found is not None
            assert unseal_picture(after, found.digest, purpose, found.sealed) == picture
            with pytest.raises(VaultDamaged):
                unseal_picture(before, found.digest, purpose, found.sealed)


def test_pictures_of_an_older_layout_are_gone_after_it_and_can_be_made_again(filled):
    connection = connect(
        filled / "derivatives.db", header_of(filled).keys.derivatives, durable=False
    )
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    rekeyed(filled)
    with reopened(filled) as vault:
        assert is_whole(vault)
        assert vault.derivatives.veils([MediaId(1)]) == {}
        assert vault.derivatives.put(MediaId(1), SEEN)


def test_what_was_known_before_does_not_open_it_after(filled, tmp_path):
    old = header_of(filled)
    copies = [shutil.copy(path, tmp_path) for path in Layout(filled).headers]
    rekeyed(filled)
    for key in (old.keys.database, old.keys.master):
        with pytest.raises(VaultDamaged):
            connect(filled / "vault.db", key)
    with pytest.raises(VaultDamaged):
        connect(filled / "derivatives.db", old.keys.derivatives)
    for copy in copies:
        shutil.copy(copy, filled)
    with pytest.raises(VaultDamaged):
        reopened(filled)


def test_a_slot_that_was_removed_before_does_not_open_it_even_with_its_old_header(filled):
    old = {path: path.read_bytes() for path in Layout(filled).headers}
    with reopened(filled) as vault:
        vault.change_header(
            lambda header: msgspec.structs.replace(header, slots=header.slots[:1]),
            an_entry("remove_slot"),
        )
    rekeyed(filled)
    for path, content in old.items():
        path.write_bytes(content)
    with pytest.raises(VaultDamaged):
        open_vault(filled, secret=KeyFile(FILE), clock=a_clock(), program="tests")


def halfway(directory: Path) -> tuple[Layout, Renewal]:
    layout, clock = Layout(directory), a_clock()
    unlocked = unlock(layout, Passphrase(PASSPHRASE), slot_name=None, clock=clock, announce=silent)
    try:
        return layout, prepare(layout, unlocked, clock=clock, announce=silent)
    finally:
        unlocked.writer.close()


@pytest.mark.parametrize("slot", [Passphrase(PASSPHRASE), KeyFile(FILE)])
@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5])
def test_cut_short_after_any_step_the_vault_opens_whole(filled, steps, slot):
    old = database_key(filled)
    layout, renewal = halfway(filled)
    if steps == 2:  # One copy of the header was written, and not the other.
        other = layout.headers[1].read_bytes()
        header_files.write(layout, renewal.between)
        layout.headers[1].write_bytes(other)
    if steps >= 3:
        header_files.write(layout, renewal.between)
    if steps >= 4:
        swap(layout)
    if steps == 5:
        between = layout.headers[1].read_bytes()
        header_files.write(layout, renewal.final)
        layout.headers[1].write_bytes(between)
    with open_vault(filled, secret=slot, clock=a_clock(), program="tests") as vault:
        assert is_whole(vault)
        assert header_files.are_as(layout, vault.header.header)
        assert not vault.header.header.is_between_keys
        assert (vault.header.keys.database == old) is (steps < 4)
    assert not list(filled.glob("*.next*"))
    rekeyed(filled)
    with reopened(filled) as vault:
        assert is_whole(vault)


def test_no_room_for_the_copy_leaves_the_vault_as_it_was(filled):
    before = {path.name: path.read_bytes() for path in Layout(filled).headers}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises((StorageFull, VaultDamaged)):
            rekeyed(filled)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path.name: path.read_bytes() for path in Layout(filled).headers} == before
    with reopened(filled) as vault:
        assert is_whole(vault)


def test_who_may_not_is_refused_and_nothing_changes(filled):
    def refuse(_analyst: Analyst) -> None:
        raise RoleMissing(role=Role.ADMINISTRATOR.value)

    before = database_key(filled)
    with pytest.raises(RoleMissing):
        rekey(
            filled,
            secret=Passphrase(PASSPHRASE),
            clock=a_clock(),
            program="tests",
            require=refuse,
            announce=silent,
        )
    assert database_key(filled) == before


def test_a_copy_that_came_back_with_its_log_of_writes_is_not_swapped_in(filled):
    layout, renewal = halfway(filled)
    (filled / "vault.db-wal").write_bytes(b"x" * 100)
    with pytest.raises(StorageFull):
        swap(layout)
    (filled / "vault.db-wal").unlink()
    assert renewal.final.generation > header_of(filled).generation


def test_a_wrong_secret_does_not_rekey(filled):
    with pytest.raises(WrongPassphrase):
        rekey(
            filled,
            secret=KeyFile(bytes(32)),
            clock=a_clock(),
            program="tests",
            require=anybody,
            announce=silent,
        )


class TestHeaderCopies:
    @pytest.mark.parametrize("copy", [0, 1])
    @pytest.mark.parametrize("damage", ["gone", "cut", "changed", "newer"])
    def test_one_that_is_lost_is_made_again(self, closed_vault, copy, damage):
        layout = Layout(closed_vault)
        path = layout.headers[copy]
        content = path.read_bytes()
        if damage == "gone":
            path.unlink()
        elif damage == "cut":
            path.write_bytes(content[: len(content) // 2])
        elif damage == "newer":
            path.write_bytes(content.replace(b'"version": 2', b'"version": 6'))
        else:
            path.write_bytes(content.replace(b'"nature": "demo"', b'"nature": "live"'))
        with reopened(closed_vault) as vault, vault.reader() as reader:
            verbs = [entry.draft.verb for entry in audit_log.page(reader, limit=5).rows]
        assert path.read_bytes() == content
        assert "repair_header" in verbs

    def test_a_change_that_reached_no_file_is_finished_by_the_next_opening(self, closed_vault):
        layout = Layout(closed_vault)
        before = [path.read_bytes() for path in layout.headers]
        with reopened(closed_vault) as vault:
            vault.change_header(_renamed, an_entry("rename_slot"))
        for path, content in zip(layout.headers, before, strict=True):
            path.write_bytes(content)
        with reopened(closed_vault) as vault:
            assert [slot.name for slot in vault.header.slots] == ["renamed"]
        assert header_of(closed_vault).header.slots[0].name == "renamed"

    def test_a_header_newer_than_the_database_means_that_the_database_was_put_back(
        self, closed_vault, tmp_path
    ):
        old = shutil.copy(closed_vault / "vault.db", tmp_path)
        with reopened(closed_vault) as vault:
            vault.change_header(_renamed, an_entry("rename_slot"))
        shutil.copy(old, closed_vault / "vault.db")
        with pytest.raises(DatabasePutBack) as caught:
            reopened(closed_vault)
        assert caught.value.facts == {"found": 1, "known": 2}
        with open_vault(
            closed_vault,
            secret=Passphrase(PASSPHRASE),
            clock=a_clock(),
            program="tests",
            acknowledge_rollback="the disk was restored",
        ) as vault:
            assert [slot.name for slot in vault.header.slots] == ["renamed"]
            with vault.reader() as reader:
                entries = audit_log.page(reader, limit=6).rows
        reasons = [entry.draft.reason for entry in entries]
        assert "the disk was restored" in reasons
        reopened(closed_vault).close()

    def test_a_header_of_the_same_age_that_says_something_else_is_refused(self, closed_vault):
        opened = header_of(closed_vault)
        forged = sealed(_renamed(opened.header), opened.keys)
        header_files.write(Layout(closed_vault), forged)
        with pytest.raises(VaultDamaged):
            reopened(closed_vault)


def _renamed(header: Header) -> Header:
    slots = tuple(msgspec.structs.replace(slot, name="renamed") for slot in header.slots)
    return msgspec.structs.replace(header, slots=slots)
