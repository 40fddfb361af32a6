"""Doctor: what is found, and what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.domain.keeping import Diagnosis, Verdict
from cport_desktop.domain.process_state import ProcessState
from cport_desktop.domain.progress import never, silent
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.diagnose import diagnose
from cport_desktop.usecases.diagnose_vault import BACKUP_DAYS, DRILL_DAYS, KEY_DAYS, diagnose_vault
from cport_desktop.usecases.drill_restore import DrillOrder, drill_restore
from cport_desktop.usecases.inspect_vault import check_vault
from cport_desktop.vault.slot_keyring import Keyring
from cport_desktop.vault.vault import Vault
from cport_desktop.words import diagnosis as words
from tests.builders import NOON, a_vault, hold_media, noise, reopened

PRIVATE = ProcessState(False, False, True, 0o077)
OPEN_TO_ALL = ProcessState(True, True, False, 0o022)


class NoKeyring:
    name = "nothing"


def no_keyring() -> Keyring:
    return NoKeyring()  # type: ignore[return-value]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that nobody opens: the others are copies of it."""
    directory = tmp_path_factory.mktemp("stocked") / "vault"
    with a_vault(directory) as opened:
        hold_media(opened, 1, noise(1000))
    return directory


@pytest.fixture
def vault(stocked: Path, tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(stocked, tmp_path / "vault"))) as opened:
        yield opened


def of_machine(directory: Path | None, process: ProcessState = PRIVATE) -> dict[str, Diagnosis]:
    found = diagnose(RefusingSandbox(), directory, process=process, find_keyring=no_keyring)
    return {diagnosis.code: diagnosis for diagnosis in found}


def of_vault(vault: Vault, *, days: int = 0) -> dict[str, Diagnosis]:
    found = diagnose_vault(vault, now=NOON + timedelta(days=days))
    return {diagnosis.code: diagnosis for diagnosis in found}


def test_codes_are_stable_and_each_warning_says_what_to_do(vault):
    found = [*of_machine(vault.directory).values(), *of_vault(vault).values()]
    codes = {diagnosis.code for diagnosis in found}
    assert {"python", "cipher", "sandbox", "process", "memory", "swap", "keyring", "vault",
            "space", "vault.slots", "vault.key_age", "vault.backup", "vault.drill",
            "vault.check", "vault.files", "vault.pictures", "vault.schema", "vault.space",
            "vault.mark"} <= codes  # fmt: skip
    for diagnosis in found:
        assert diagnosis.advice or diagnosis.verdict is Verdict.OK


def test_it_works_without_a_vault_and_where_there_is_none(tmp_path):
    assert of_machine(None)["vault"].verdict is Verdict.OK
    assert of_machine(tmp_path)["vault"].verdict is Verdict.WARNING


def test_a_restore_that_was_cut_off_is_told_from_an_empty_folder(tmp_path):
    (tmp_path / "unfinished-restore").mkdir()
    assert of_machine(tmp_path)["vault"].advice == words.RESTORE_AGAIN


def test_a_process_that_others_can_read_is_a_warning():
    assert of_machine(None)["process"].verdict is Verdict.OK
    found = of_machine(None, OPEN_TO_ALL)["process"]
    assert found.verdict is Verdict.WARNING
    assert "memory" in found.found


def test_no_keyring_is_no_fault_unless_a_slot_depends_on_it(vault):
    assert of_machine(vault.directory)["keyring"].verdict is Verdict.OK


def test_a_vault_that_was_never_backed_up_tried_or_checked_says_so(vault):
    found = of_vault(vault)
    for code in ("vault.backup", "vault.drill", "vault.check"):
        assert found[code].verdict is Verdict.WARNING
        assert words.NEVER in found[code].found


def test_backup_and_drill_grow_old(vault, tmp_path):
    back_up(vault, tmp_path / "file", announce=silent, is_cancelled=never)
    drill_restore(vault, DrillOrder(), announce=silent, is_cancelled=never)
    fresh = of_vault(vault)
    assert fresh["vault.backup"].verdict is fresh["vault.drill"].verdict is Verdict.OK
    assert str(tmp_path / "file") in fresh["vault.backup"].found
    assert of_vault(vault, days=BACKUP_DAYS + 1)["vault.backup"].verdict is Verdict.WARNING
    assert of_vault(vault, days=BACKUP_DAYS + 1)["vault.drill"].verdict is Verdict.OK
    assert of_vault(vault, days=DRILL_DAYS + 1)["vault.drill"].verdict is Verdict.WARNING


def test_the_master_key_grows_old(vault):
    assert of_vault(vault)["vault.key_age"].verdict is Verdict.OK
    assert of_vault(vault, days=KEY_DAYS + 1)["vault.key_age"].verdict is Verdict.WARNING


def test_a_vault_that_is_known_to_be_damaged_fails_a_hard_requirement(vault):
    next(vault.layout.blobs.glob("*/*")).unlink()
    check_vault(vault, deep=True, announce=silent, is_cancelled=never)
    assert of_vault(vault)["vault.check"].verdict is Verdict.MISSING


def test_missing_pictures_are_counted(vault):
    found = of_vault(vault)["vault.pictures"]
    assert found.verdict is Verdict.WARNING
    assert found.found == words.pictures_missing(1)


def test_slots_are_told_with_their_last_use(vault):
    found = of_vault(vault)["vault.slots"]
    assert vault.header.slots[0].name in found.found
    assert "2026-05-17" in found.found
    assert found.advice == words.NO_RECOVERY


def test_a_missing_copy_of_the_header_is_seen(vault):
    vault.layout.headers[1].unlink()
    assert of_vault(vault)["vault.files"].verdict is Verdict.WARNING
