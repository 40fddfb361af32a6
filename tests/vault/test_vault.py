from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import (
    NotAVault,
    OutputExists,
    VaultDamaged,
    VaultExists,
    VaultHeld,
    VaultNewer,
    WrongPassphrase,
)
from cport_desktop.vault import audit_log
from cport_desktop.vault.database import connect
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import create_vault, open_vault
from tests.builders import (
    ANALYST,
    PASSPHRASE,
    a_clock,
    a_vault,
    an_entry,
    announce_media,
    database_key,
    hold_media,
    make_vault,
    noise,
    reopened,
)

ROOT = Path(__file__).parents[2]


def test_a_new_vault_opens_with_its_passphrase_and_knows_its_analyst(tmp_path):
    with a_vault(tmp_path / "new" / "vault", nature=Nature.LIVE) as vault:
        assert vault.actor == ANALYST
        assert vault.nature is Nature.LIVE
        assert len(vault.identity) == 32


def test_a_wrong_passphrase_is_refused_and_the_vault_is_free_afterwards(closed_vault):
    with pytest.raises(WrongPassphrase):
        open_vault(closed_vault, secret=Passphrase(b"wrong"), clock=a_clock(), program="tests")
    reopened(closed_vault).close()


def test_a_folder_without_a_vault_says_so(tmp_path):
    with pytest.raises(NotAVault):
        reopened(tmp_path)


def test_a_vault_is_never_made_over_another(closed_vault):
    before = (closed_vault / "header-a.json").read_bytes()
    with pytest.raises(VaultExists):
        make_vault(closed_vault)
    assert (closed_vault / "header-a.json").read_bytes() == before


def test_a_database_without_its_header_is_not_written_over(closed_vault):
    for path in closed_vault.glob("header-*.json"):
        path.unlink()
    with pytest.raises(VaultExists):
        make_vault(closed_vault)


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(OutputExists):
        make_vault(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_name_that_no_slot_takes_leaves_nothing_behind(tmp_path):
    with pytest.raises(ValueError, match="name"):
        create_vault(
            tmp_path / "vault",
            nature=Nature.DEMO,
            analyst="",
            slots=[NewSlot("passphrase", NewPassphrase(PASSPHRASE, FLOOR))],
            clock=a_clock(),
        )
    assert not (tmp_path / "vault").exists()


def test_a_second_opening_is_told_who_has_the_vault(vault):
    with pytest.raises(VaultHeld) as caught:
        reopened(vault.directory)
    assert caught.value.facts == {"holder": f"{ANALYST} (tests)", "pid": os.getpid()}


def test_another_process_is_refused_until_this_one_lets_go(closed_vault):
    attempt = (
        "from pathlib import Path; from tests.builders import reopened;"
        f"reopened(Path({str(closed_vault)!r})).close()"
    )

    def elsewhere() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", attempt], cwd=ROOT, capture_output=True, text=True, check=False
        )

    with reopened(closed_vault):
        refused = elsewhere()
    assert "vault.held" in refused.stderr
    assert elsewhere().returncode == 0


def test_a_vault_whose_holder_was_killed_opens_at_once(closed_vault):
    die = (
        "import os; from pathlib import Path; from tests.builders import reopened;"
        f"vault = reopened(Path({str(closed_vault)!r})); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", die], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert b"tests" in (closed_vault / "lock").read_bytes()
    with reopened(closed_vault) as vault, vault.reader() as reader:
        assert audit_log.verify(reader).is_verified


def test_nobody_else_on_the_machine_can_read_the_vault(vault):
    hold_media(vault, 1, noise(50_000))
    vault.derivatives.veils([])
    for path in (vault.directory, *vault.directory.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_every_opening_and_closing_is_on_record(closed_vault):
    reopened(closed_vault, program="cport").close()
    with reopened(closed_vault) as vault, vault.reader() as reader:
        entries = audit_log.page(reader, limit=10).rows
    told = [(entry.draft.verb, entry.draft.payload) for entry in reversed(entries)]
    assert ("create", (("nature", "demo"),)) in told
    assert told[-3:] == [
        ("open", (("program", "cport"), ("slot", "passphrase"))),
        ("close", ()),
        ("open", (("program", "tests"), ("slot", "passphrase"))),
    ]


def test_closing_twice_is_closing_once(closed_vault):
    vault = reopened(closed_vault)
    vault.close()
    vault.close()
    with pytest.raises(RuntimeError, match="closed"), vault.reader():
        pass


def test_a_header_put_before_another_vaults_database_opens_nothing(closed_vault, tmp_path):
    other = make_vault(tmp_path / "other")
    for path in other.glob("header-*.json"):
        path.replace(closed_vault / path.name)
    with pytest.raises(VaultDamaged):
        reopened(closed_vault)


def test_a_database_that_says_another_nature_than_the_header_is_not_opened(closed_vault):
    connection = connect(closed_vault / "vault.db", database_key(closed_vault))
    connection.execute("UPDATE meta SET value = 'live' WHERE name = 'nature'")
    connection.close()
    with pytest.raises(VaultDamaged) as caught:
        reopened(closed_vault)
    assert caught.value.facts == {"where": "nature"}


def test_a_missing_database_is_damage_and_not_an_empty_vault(closed_vault):
    (closed_vault / "vault.db").unlink()
    with pytest.raises(VaultDamaged):
        reopened(closed_vault)
    assert not (closed_vault / "vault.db").exists()


def test_a_database_in_the_clear_is_refused(closed_vault):
    (closed_vault / "vault.db").write_bytes(b"SQLite format 3\x00" + bytes(4080))
    with pytest.raises(VaultDamaged) as caught:
        reopened(closed_vault)
    assert "not encrypted" in str(caught.value.facts["where"])


def test_a_vault_of_a_later_version_is_left_alone(closed_vault):
    connection = connect(closed_vault / "vault.db", database_key(closed_vault))
    (known,) = connection.execute("PRAGMA user_version").fetchone() or (0,)
    connection.execute(f"PRAGMA user_version = {known + 1}")
    connection.close()
    with pytest.raises(VaultNewer) as caught:
        reopened(closed_vault)
    assert caught.value.facts == {"found": known + 1, "known": known}


def test_the_header_tells_nothing_but_what_is_needed_to_open(closed_vault):
    header = json.loads((closed_vault / "header-a.json").read_bytes())
    assert set(header) == {
        "format",
        "version",
        "generation",
        "vault",
        "nature",
        "rekeyed_at",
        "slots",
        "mac",
        "mac_before",
    }
    assert ANALYST not in json.dumps(header)


def test_no_byte_of_what_is_kept_lies_in_the_clear(vault):
    words = [f"https://site-{number}.example/path/{number}" for number in range(50)]
    picture = b"\xff\xd8\xff\xe0\x00\x10JFIF" + noise(200_000, seed=3) + b"\xff\xd9"
    with vault.transaction() as tx:
        for word in words:
            tx.connection.execute(
                "INSERT INTO hotline (name, country, contact) VALUES (?, 'NL', ?)",
                (word, f"note on {word}"),
            )
        tx.record(an_entry(payload=(("query", words[0]),)))
    hold_media(vault, 1, picture)
    half_way = vault.intake(announce_media(vault, 2, picture + b"more"))
    half_way.write(picture)
    half_way.close()
    with vault.reader() as reader:  # Sorting makes temporary tables.
        reader.connection.execute("SELECT name FROM hotline ORDER BY contact || name").fetchall()
    assert {path.name for path in vault.directory.iterdir()} >= {"vault.db", "vault.db-wal"}
    everything = b"".join(
        path.read_bytes() for path in vault.directory.rglob("*") if path.is_file()
    )
    assert len(everything) > 2 * len(picture)
    for known in (*(word.encode() for word in words), b"JFIF", picture[40:56], PASSPHRASE):
        assert known not in everything
        assert known.hex().encode() not in everything
