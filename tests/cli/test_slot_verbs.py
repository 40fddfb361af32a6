"""Key slots by the command line: every kind opens, and no secret is ever an argument."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import stat
import sys
import time
from pathlib import Path

import pytest

from cport_desktop.crypto.recovery_code import GROUPS
from tests.cli.conftest import Cport
from tests.cli.in_process import CportHere
from tests.keyring_session import keyring_session, needs_keyring
from tests.tokens import PIN, needs_token, token_drawer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a demo vault that has a passphrase and a recovery slot."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "passphrase.txt").write_text("a passphrase for a test\n")
    (folder / "pin.txt").write_text(PIN.decode() + "\n")
    cport = Cport(folder, vault=folder / "vault", passphrase_file=folder / "passphrase.txt")
    ran = cport("vault", "create", "--demo", "--recovery-out", folder / "sheet.txt")
    assert ran.status == 0, ran.err
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "folder"))


@pytest.fixture
def cport(folder: Path) -> CportHere:
    return CportHere(folder, vault=folder / "vault", passphrase_file=folder / "passphrase.txt")


@pytest.fixture
def newborn(folder: Path) -> CportHere:
    """As `cport`, where no vault is yet."""
    return CportHere(folder, vault=folder / "new", passphrase_file=folder / "passphrase.txt")


def names(cport: Cport | CportHere, *way_in: str | Path) -> list[str]:
    ran = cport("--json", *way_in, "vault", "slots", "list")
    assert ran.status == 0, ran.out + ran.err
    return [item["name"] for item in ran.json["items"]]


def refused(cport: Cport | CportHere, *arguments: str | Path) -> tuple[int, str]:
    ran = cport("--json", *arguments)
    return ran.status, ran.json["error"]["code"]


class TestAtBirth:
    @pytest.mark.parametrize("said", [(), ("--no-recovery",)])
    def test_a_live_vault_without_a_recovery_code_says_what_that_means(
        self, newborn: CportHere, said: tuple[str, ...]
    ):
        made = newborn("vault", "create", *said)
        assert made.status == 0
        assert "locked out for ever" in made.out
        assert "--kind recovery" in made.out
        listed = newborn("--json", "vault", "slots", "list").json["items"]
        assert [(item["name"], item["kind"]) for item in listed] == [("passphrase", "passphrase")]
        assert listed[0]["cost"]["memory_kib"] >= 256 * 1024

    def test_the_sheet_opens_the_vault_and_is_private(self, cport: CportHere, folder: Path):
        sheet = folder / "sheet.txt"
        assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
        assert names(cport, "--recovery-code-file", sheet) == ["passphrase", "recovery code"]

    def test_a_sheet_in_the_vault_is_refused_and_none_is_overwritten(
        self, newborn: CportHere, folder: Path
    ):
        create = ("vault", "create", "--demo", "--recovery-out")
        inside = newborn.vault / "sheet.txt"
        assert refused(newborn, *create, inside) == (3, "refused.key_file_in_vault")
        (folder / "taken.txt").write_text("kept")
        assert refused(newborn, *create, folder / "taken.txt") == (3, "refused.output_exists")
        assert (folder / "taken.txt").read_text() == "kept"
        assert not newborn.vault.exists()

    def test_nothing_is_left_of_a_sheet_when_there_is_no_vault(
        self, cport: CportHere, folder: Path
    ):
        again = ("vault", "create", "--demo", "--recovery-out", folder / "second.txt")
        assert refused(cport, *again) == (4, "vault.exists")
        assert not (folder / "second.txt").exists()

    def test_at_a_terminal_the_code_is_shown_once_and_typed_back(self, folder: Path):
        terminal = Terminal(
            folder, "--vault", folder / "live", "--passphrase-file", folder / "passphrase.txt",
            "vault", "create",
        )  # fmt: skip
        shown = terminal.until("Type it back")
        (code,) = re.findall(r"(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}", shown)
        terminal.type("00000" + code[5:])
        assert f"Group 1 of the {GROUPS}" in terminal.until("Type it back")
        terminal.type(code.lower().replace("-", " "))
        rest = terminal.end()
        assert terminal.status == 0, rest
        assert code not in rest
        (folder / "code.txt").write_text(code)
        cport = CportHere(folder, vault=folder / "live")
        assert names(cport, "--recovery-code-file", folder / "code.txt") == [
            "passphrase",
            "recovery code",
        ]


class TestEachWayIn:
    def test_a_mistyped_code_names_the_group(self, cport: CportHere, folder: Path):
        (folder / "code.txt").write_text("00001 00002 00003 0000X")
        ran = cport("--json", "--recovery-code-file", folder / "code.txt", "vault", "status")
        assert (ran.status, ran.json["error"]["code"]) == (2, "usage.recovery_code")
        assert "Group 4" in ran.json["error"]["message"]

    def test_a_well_formed_code_that_is_another_opens_nothing(self, cport: CportHere, folder: Path):
        (folder / "code.txt").write_text("00001-00002-00003-00004-00005-00006-00007-00008")
        way_in = ("--recovery-code-file", folder / "code.txt")
        assert refused(cport, *way_in, "vault", "status") == (4, "vault.wrong_passphrase")

    def test_a_key_file_is_made_opens_and_is_never_overwritten(
        self, cport: CportHere, folder: Path
    ):
        key = folder / "vault.key"
        add = ("vault", "slots", "add", "stick", "--kind", "key-file", "--new-key-file")
        assert cport(*add, key).status == 0
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert names(cport, "--key-file", key)[-1] == "stick"
        before = key.read_bytes()
        assert refused(cport, *add, key) == (3, "refused.output_exists")
        assert refused(cport, *add, folder / "second.key") == (3, "refused.slot_exists")
        assert key.read_bytes() == before
        assert not (folder / "second.key").exists()
        inside = folder / "vault" / "vault.key"
        assert refused(cport, *add, inside) == (3, "refused.key_file_in_vault")
        inside.write_bytes(before)
        assert refused(cport, "--key-file", inside, "vault", "status") == (
            3,
            "refused.key_file_in_vault",
        )

    def test_only_one_way_in_at_a_time(self, cport: CportHere, folder: Path):
        both = ("--key-file", folder / "a", "--recovery-code-file", folder / "b")
        assert refused(cport, *both, "vault", "status") == (2, "usage.arguments")

    def test_a_named_slot_alone_is_tried(self, cport: CportHere):
        assert cport("--slot", "passphrase", "vault", "status").status == 0
        assert refused(cport, "--slot", "recovery code", "vault", "status") == (
            4,
            "vault.wrong_passphrase",
        )

    @needs_keyring
    def test_the_keyring_opens_it_with_a_pin_and_is_left_clean(self, folder: Path):
        # In processes of their own: the library looks for a keyring once in a process.
        cport = Cport(folder, vault=folder / "vault", passphrase_file=folder / "passphrase.txt")
        add = ("vault", "slots", "add", "desk", "--kind", "keyring", "--new-pin-file")
        way_in = ("--json", "--keyring", "--pin-file", folder / "pin.txt")
        with keyring_session(folder / "session") as environment:
            cport.more.update(environment)
            added = cport(*add, folder / "pin.txt")
            assert added.status == 0, added.err
            listed = cport(*way_in, "vault", "slots", "list")
            assert listed.json["items"][-1]["place"] == "SecretService Keyring"
            removed = cport(*way_in, "vault", "slots", "remove", "desk")
            assert removed.json["keyring_kept"] is False
            assert cport(*way_in, "vault", "status").status == 4

    @needs_keyring
    def test_without_its_keyring_the_vault_says_so_and_the_others_open(
        self, cport: CportHere, folder: Path
    ):
        child = Cport(folder, vault=folder / "vault", passphrase_file=folder / "passphrase.txt")
        add = ("vault", "slots", "add", "desk", "--kind", "keyring", "--new-pin-file")
        with keyring_session(folder / "session") as environment:
            child.more.update(environment)
            assert child(*add, folder / "pin.txt").status == 0
        child.more["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
        ran = child("--json", "--keyring", "--pin-file", folder / "pin.txt", "vault", "status")
        assert (ran.status, ran.json["error"]["code"]) == (4, "vault.keyring_missing")
        assert "SecretService Keyring" in ran.json["error"]["message"]
        assert names(cport)[-1] == "desk"
        assert names(cport, "--recovery-code-file", folder / "sheet.txt")[-1] == "desk"
        assert refused(child, *add, folder / "pin.txt") == (3, "refused.keyring")

    @needs_token
    def test_a_token_opens_it_with_its_pin(self, cport: CportHere, folder: Path):
        pin = folder / "pin.txt"
        with token_drawer(folder / "drawer") as drawer:
            drawer.make("Unit 7")
            added = cport(
                "vault", "slots", "add", "card", "--kind", "token", "--token-module",
                drawer.module, "--new-pin-file", pin,
            )  # fmt: skip
            assert added.status == 0, added.err
            assert names(cport, "--token", "--pin-file", pin)[-1] == "card"
            (folder / "wrong.txt").write_text("000000")
            wrong = ("--token", "--pin-file", folder / "wrong.txt")
            assert refused(cport, *wrong, "vault", "status") == (4, "vault.token_pin")
            drawer.remove("Unit 7")
        way_in = ("--token", "--pin-file", pin)
        assert refused(cport, *way_in, "vault", "status") == (4, "vault.token_absent")
        assert names(cport)[-1] == "card"


class TestManaging:
    def test_a_slot_is_tried_renamed_changed_and_removed(self, cport: CportHere, folder: Path):
        sheet, new = folder / "sheet.txt", folder / "new.txt"
        new.write_text("a newer passphrase\n")
        slots = ("vault", "slots")
        assert cport(*slots, "test", "recovery code", "--secret-file", sheet).status == 0
        assert cport(*slots, "test", "passphrase").status == 0
        tried = cport("--json", *slots, "test", "passphrase", "--secret-file", new)
        assert (tried.status, tried.json["opens"]) == (7, False)
        assert cport(*slots, "rename", "recovery code", "in the safe").status == 0
        changed = cport(*slots, "change", "passphrase", "--new-passphrase-file", new)
        assert changed.status == 0, changed.err
        assert "rekey" in changed.out
        assert refused(cport, "vault", "status") == (4, "vault.wrong_passphrase")
        newer = ("--passphrase-file", new)
        assert names(cport, *newer) == ["passphrase", "in the safe"]
        assert cport(*newer, *slots, "remove", "passphrase").status == 0
        last = ("--recovery-code-file", sheet, *slots, "remove", "in the safe")
        assert refused(cport, *last) == (3, "refused.last_slot")
        assert refused(cport, *newer, "vault", "status") == (4, "vault.wrong_passphrase")

    def test_a_descriptor_that_gives_the_passphrase_once_is_asked_once(self, folder: Path):
        cport = CportHere(folder, vault=folder / "vault")
        reading, writing = os.pipe()
        os.write(writing, (folder / "passphrase.txt").read_bytes())
        os.close(writing)
        # It opens the vault, and is what the slot is tried with.
        ran = cport("--passphrase-fd", str(reading), "vault", "slots", "test", "passphrase")
        os.close(reading)
        assert ran.status == 0, ran.err

    def test_a_recovery_code_is_changed_for_a_new_sheet(self, cport: CportHere, folder: Path):
        old, new = folder / "sheet.txt", folder / "new sheet.txt"
        way_in = ("--recovery-code-file", old)
        change = ("vault", "slots", "change", "recovery code")
        assert refused(cport, *way_in, *change) == (2, "usage.recovery_undecided")
        assert cport(*way_in, *change, "--recovery-out", new).status == 0
        assert refused(cport, *way_in, "vault", "status") == (4, "vault.wrong_passphrase")
        assert names(cport, "--recovery-code-file", new)

    def test_a_rekey_leaves_every_way_in_and_says_what_it_does_not_do(
        self, cport: CportHere, folder: Path
    ):
        ran = cport("--progress", "json", "vault", "rekey")
        assert ran.status == 0, ran.err
        assert "Backups" in ran.out
        assert all(json.loads(line) for line in ran.err.splitlines())
        assert names(cport) == names(cport, "--recovery-code-file", folder / "sheet.txt")
        assert cport("vault", "check").status == 0

    def test_no_secret_is_shown_in_any_answer(self, cport: CportHere, folder: Path):
        sheet = (folder / "sheet.txt").read_text()
        (code,) = re.findall(r"(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}", sheet)
        add = ("vault", "slots", "add", "stick", "--kind", "key-file", "--new-key-file")
        said = (
            cport("--json", *add, folder / "k").out + cport("--json", "vault", "slots", "list").out
        )
        assert code not in said
        assert (folder / "k").read_text().split()[1] not in said
        assert "a passphrase for a test" not in said


class Terminal:
    """`cport` at a terminal of its own."""

    def __init__(self, home: Path, *arguments: str | Path) -> None:
        self.status: int | None = None
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            command = [sys.executable, "-m", "cport_desktop", *map(str, arguments)]
            os.execve(sys.executable, command, {"PATH": os.environ["PATH"], "HOME": str(home)})

    def until(self, prompt: str, seconds: float = 60) -> str:
        """What is shown up to `prompt`."""
        shown, latest = "", time.monotonic() + seconds
        while prompt not in shown:
            assert time.monotonic() < latest, shown
            shown += self._read() or ""
        return shown

    def type(self, text: str) -> None:
        os.write(self._end, f"{text}\n".encode())

    def end(self) -> str:
        """What is shown until it ends."""
        shown = ""
        while (more := self._read()) is not None:
            shown += more
        self.status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        os.close(self._end)
        return shown

    def _read(self) -> str | None:
        if not select.select([self._end], [], [], 1)[0]:
            return ""
        try:
            return os.read(self._end, 65536).decode()
        except OSError:  # the other end is closed
            return None
