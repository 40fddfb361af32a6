"""Who can open a vault with what: own slots, others' slots, and that nobody is locked out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    LastAdministrator,
    LastSlot,
    RoleMissing,
    SecretInUse,
    SlotExists,
    SlotRevoked,
    SlotsFull,
    TextUnfit,
    UnknownReference,
    VaultError,
    WrongPassphrase,
)
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.usecases.manage_slots import (
    add_slot,
    change_secret,
    list_slots,
    opens,
    remove_slot,
    rename_slot,
)
from cport_desktop.usecases.rekey_vault import rekey_vault
from cport_desktop.vault import audit_log
from cport_desktop.vault.header import MOST_SLOTS
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode
from cport_desktop.vault.vault import Vault, create_vault, open_vault
from tests.builders import ANALYST, NOON, PASSPHRASE, a_clock

BERT = "Bert Example"
STICK, CODE = b"\x17" * 32, b"\x29" * 20
HEADERS = ("header-a.json", "header-b.json")
ADAS, BERTS = RecoveryCode(b"\x0a" * 20), RecoveryCode(b"\x0b" * 20)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of two analysts: Ada, who administers it, and Bert. Codes open quickly."""
    directory = tmp_path_factory.mktemp("slots") / "vault"
    create_vault(
        directory,
        nature=Nature.DEMO,
        analyst=ANALYST,
        slots=[
            NewSlot("passphrase", NewPassphrase(PASSPHRASE, FLOOR)),
            NewSlot("of Ada", NewRecoveryCode(ADAS.code)),
        ],
        clock=a_clock(),
    )
    with opened_with(directory, ADAS) as vault:
        slot = NewSlot("of Bert", NewRecoveryCode(BERTS.code))
        add_analyst(vault, BERT, [Role.ANALYST], slot, now=NOON)
    return directory


@pytest.fixture
def directory(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "vault"))


@pytest.fixture
def vault(directory: Path) -> Iterator[Vault]:
    with opened_with(directory, ADAS) as opened:
        yield opened


def opened_with(directory: Path, secret: Secret, *, slot: str | None = None) -> Vault:
    return open_vault(directory, secret=secret, clock=a_clock(), program="tests", slot=slot)


def names(vault: Vault) -> list[str]:
    return [row.name for row in list_slots(vault)]


def entries(vault: Vault) -> list[tuple[str, str]]:
    with vault.reader() as reader:
        page = audit_log.page(reader, limit=1)
    return [(entry.draft.verb, dict(entry.draft.payload)["slot"]) for entry in page.rows]


def add_stick(vault: Vault, name: str = "stick", **more: str) -> None:
    add_slot(vault, NewSlot(name, NewKeyFile(STICK)), now=NOON, **more)


class TestAdding:
    @pytest.mark.parametrize(
        ("new", "secret"),
        [
            (NewPassphrase(b"another passphrase", FLOOR), Passphrase(b"another passphrase")),
            (NewRecoveryCode(CODE), RecoveryCode(CODE)),
            (NewKeyFile(STICK), KeyFile(STICK)),
        ],
    )
    def test_a_new_slot_opens_the_vault_and_carries_ones_personal_key(self, directory, new, secret):
        with opened_with(directory, ADAS) as vault:
            add_slot(vault, NewSlot("  another   way ", new), now=NOON)
            personal = vault.personal_key
            assert entries(vault) == [("add_slot", "another way")]
        with opened_with(directory, secret) as vault:
            assert vault.actor == ANALYST
            assert vault.personal_key == personal
            assert vault.header.slot.name == "another way"

    def test_an_administrator_adds_one_for_somebody_else_without_their_personal_key(
        self, directory
    ):
        with opened_with(directory, ADAS) as vault:
            add_stick(vault, analyst=BERT)
        with opened_with(directory, KeyFile(STICK)) as vault:
            assert vault.actor == BERT
            assert vault.personal_key is None

    def test_nobody_else_does(self, directory):
        with opened_with(directory, BERTS) as vault:
            with pytest.raises(RoleMissing):
                add_stick(vault, analyst=ANALYST)
            add_stick(vault, analyst=BERT)
            add_slot(vault, NewSlot("mine", NewRecoveryCode(CODE)), now=NOON)

    def test_names_are_unique_whatever_the_case(self, vault):
        add_stick(vault)
        for taken in ("stick", "STICK", "ＳＴＩＣＫ"):
            with pytest.raises(SlotExists):
                add_stick(vault, taken)

    @pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x07b", "a\u202eb"])
    def test_a_name_fits_a_line(self, vault, name):
        with pytest.raises(TextUnfit):
            add_stick(vault, name)

    def test_a_passphrase_that_opens_a_slot_already_is_not_taken(self, vault):
        with pytest.raises(SecretInUse):
            add_slot(vault, NewSlot("x", NewPassphrase(PASSPHRASE, FLOOR)), now=NOON)

    def test_thirty_two_slots_open_and_one_more_is_refused(self, directory):
        with opened_with(directory, ADAS) as vault:
            for number in range(len(names(vault)), MOST_SLOTS):
                add_slot(vault, NewSlot(f"{number}", NewKeyFile(bytes([number]) * 32)), now=NOON)
            with pytest.raises(SlotsFull):
                add_stick(vault)
        for number in (3, 17, 31):
            with opened_with(directory, KeyFile(bytes([number]) * 32)) as vault:
                assert vault.header.slot.name == f"{number}"
                assert len(list_slots(vault)) == MOST_SLOTS

    def test_of_two_slots_of_one_kind_the_named_one_is_tried(self, directory):
        with opened_with(directory, ADAS) as vault:
            add_stick(vault)
        with opened_with(directory, KeyFile(STICK), slot="stick") as vault:
            assert vault.header.slot.name == "stick"
        with pytest.raises(WrongPassphrase):
            opened_with(directory, KeyFile(STICK), slot="passphrase")


class TestTrying:
    def test_a_slot_is_tried_recorded_and_remembered(self, vault):
        assert opens(vault, "passphrase", Passphrase(PASSPHRASE))
        assert entries(vault) == [("test_slot", "passphrase")]
        (row,) = [row for row in list_slots(vault) if row.name == "passphrase"]
        assert row.tested_at is not None
        assert [row.name for row in list_slots(vault) if row.is_open_with] == ["of Ada"]

    def test_a_wrong_secret_is_recorded_and_not_remembered_as_good(self, vault):
        assert not opens(vault, "passphrase", Passphrase(b"not this one"))
        assert not opens(vault, "passphrase", KeyFile(STICK))
        assert list_slots(vault)[0].tested_at is None
        assert entries(vault) == [("test_slot", "passphrase")]

    def test_a_secret_is_tried_on_the_named_slot_alone(self, vault):
        add_stick(vault)
        assert opens(vault, "stick", KeyFile(STICK))
        assert not opens(vault, "stick", Passphrase(PASSPHRASE))

    def test_what_is_not_there_is_unknown(self, vault):
        with pytest.raises(UnknownReference):
            opens(vault, "nothing", KeyFile(STICK))


class TestRenaming:
    def test_needs_no_secret_and_changes_nothing_else(self, directory):
        with opened_with(directory, ADAS) as vault:
            rename_slot(vault, "OF ADA", "in the safe")
            assert names(vault) == ["passphrase", "in the safe", "of Bert"]
        with opened_with(directory, ADAS) as vault:
            assert vault.header.slot.name == "in the safe"

    def test_two_slots_are_never_called_the_same(self, vault):
        with pytest.raises(SlotExists):
            rename_slot(vault, "passphrase", "OF BERT")
        rename_slot(vault, "passphrase", "Passphrase")
        assert names(vault)[0] == "Passphrase"


class TestChanging:
    def test_the_new_secret_opens_and_the_old_one_does_not(self, directory):
        with opened_with(directory, ADAS) as vault:
            before, personal = list_slots(vault)[1], vault.personal_key
            change_secret(vault, "of Ada", ADAS, NewRecoveryCode(CODE))
            after = list_slots(vault)[1]
            assert (after.slot, after.name, after.analyst, after.made_at) == (
                before.slot, before.name, before.analyst, before.made_at,
            )  # fmt: skip
            assert entries(vault) == [("change_slot", "of Ada")]
        with pytest.raises(WrongPassphrase):
            opened_with(directory, ADAS)
        with opened_with(directory, RecoveryCode(CODE)) as vault:
            assert vault.personal_key == personal

    def test_a_passphrase_is_changed_like_any_other_secret(self, directory):
        new = NewPassphrase(b"a newer one", FLOOR)
        with opened_with(directory, ADAS) as vault:
            change_secret(vault, "passphrase", Passphrase(PASSPHRASE), new)
        with opened_with(directory, Passphrase(b"a newer one")) as vault:
            assert vault.header.slot.name == "passphrase"
        with pytest.raises(WrongPassphrase):
            opened_with(directory, Passphrase(PASSPHRASE))

    def test_needs_what_opens_it_now(self, vault):
        with pytest.raises(WrongPassphrase):
            change_secret(vault, "of Ada", BERTS, NewRecoveryCode(CODE))

    def test_a_passphrase_that_opens_another_slot_is_not_taken(self, vault):
        with pytest.raises(SecretInUse):
            change_secret(vault, "of Ada", ADAS, NewPassphrase(PASSPHRASE, FLOOR))

    def test_who_copied_the_vault_before_opens_nothing_after_a_rekey(self, directory, tmp_path):
        old = Path(shutil.copytree(directory, tmp_path / "copy"))
        with opened_with(directory, ADAS) as vault:
            change_secret(vault, "of Ada", ADAS, NewRecoveryCode(CODE))
        rekey_vault(
            directory,
            secret=RecoveryCode(CODE),
            slot=None,
            clock=a_clock(),
            program="tests",
            announce=silent,
        )
        for name in HEADERS:  # what the thief still has
            shutil.copy(old / name, directory / name)
        with pytest.raises(VaultError):
            opened_with(directory, ADAS)
        with opened_with(old, ADAS) as vault:
            assert vault.actor == ANALYST


class TestRemoving:
    def test_a_slot_that_was_removed_opens_nothing(self, directory):
        with opened_with(directory, ADAS) as vault:
            add_stick(vault)
            assert remove_slot(vault, "stick").facts.name == "stick"
            assert entries(vault) == [("remove_slot", "stick")]
        with pytest.raises(WrongPassphrase):
            opened_with(directory, KeyFile(STICK))

    def test_not_even_with_the_header_files_of_before(self, directory):
        with opened_with(directory, ADAS) as vault:
            add_stick(vault)
        kept = {
            name: (directory / name).read_bytes() for name in ("header-a.json", "header-b.json")
        }
        with opened_with(directory, ADAS) as vault:
            remove_slot(vault, "stick")
        for name, content in kept.items():
            (directory / name).write_bytes(content)
        with pytest.raises(SlotRevoked):
            opened_with(directory, KeyFile(STICK))
        with opened_with(directory, ADAS) as vault:
            assert "stick" not in names(vault)

    def test_a_passphrase_or_recovery_slot_always_remains(self, directory):
        with opened_with(directory, ADAS) as vault:
            add_stick(vault)
            remove_slot(vault, "of Bert", force=True)
            remove_slot(vault, "passphrase")
            for force in (False, True):
                with pytest.raises(LastSlot):
                    remove_slot(vault, "of Ada", force=force)
            add_slot(vault, NewSlot("code", NewRecoveryCode(CODE)), now=NOON)
            remove_slot(vault, "of Ada")
        with opened_with(directory, RecoveryCode(CODE)) as vault:
            assert names(vault) == ["stick", "code"]

    def test_an_administrator_who_needs_no_device_always_remains(self, vault):
        add_stick(vault)
        remove_slot(vault, "passphrase")
        for force in (False, True):
            with pytest.raises(LastAdministrator):
                remove_slot(vault, "of Ada", force=force)

    def test_nobody_loses_their_last_slot_unless_an_administrator_insists(self, directory):
        with opened_with(directory, BERTS) as vault:
            with pytest.raises(LastSlot):
                remove_slot(vault, "of Bert")
            with pytest.raises(RoleMissing):
                remove_slot(vault, "of Bert", force=True)
        with opened_with(directory, ADAS) as vault:
            with pytest.raises(LastSlot):
                remove_slot(vault, "of Bert")
            remove_slot(vault, "of Bert", force=True)
        with pytest.raises(WrongPassphrase):
            opened_with(directory, BERTS)

    def test_what_is_remembered_of_it_goes_with_it(self, vault):
        add_stick(vault)
        opens(vault, "stick", KeyFile(STICK))
        slot = next(row.slot for row in list_slots(vault) if row.name == "stick")
        remove_slot(vault, "stick")
        with vault.reader() as reader:
            found = reader.connection.execute("SELECT 1 FROM slot_use WHERE slot = ?", (slot,))
            assert found.fetchone() is None


class TestWhoseSlots:
    @pytest.mark.parametrize(
        "act",
        [
            lambda vault: rename_slot(vault, "passphrase", "x"),
            lambda vault: remove_slot(vault, "passphrase"),
            lambda vault: opens(vault, "passphrase", Passphrase(PASSPHRASE)),
            lambda vault: change_secret(
                vault, "passphrase", Passphrase(PASSPHRASE), NewKeyFile(STICK)
            ),
        ],
        ids=["rename", "remove", "test", "change"],
    )
    def test_those_of_others_are_an_administrators(self, directory, act):
        with opened_with(directory, BERTS) as vault:
            with pytest.raises(RoleMissing):
                act(vault)
            assert names(vault) == ["passphrase", "of Ada", "of Bert"]

    def test_everybody_sees_which_there_are(self, directory):
        with opened_with(directory, BERTS) as vault:
            assert [(row.name, row.analyst) for row in list_slots(vault)] == [
                ("passphrase", ANALYST),
                ("of Ada", ANALYST),
                ("of Bert", BERT),
            ]


def test_a_change_that_is_refused_leaves_header_and_log_as_they_were(vault):
    with vault.reader() as reader:
        before = audit_log.head(reader), vault.header.header
    with pytest.raises(SlotExists):
        add_slot(vault, NewSlot("passphrase", NewKeyFile(STICK)), now=NOON)
    with vault.reader() as reader:
        assert (audit_log.head(reader), vault.header.header) == before
