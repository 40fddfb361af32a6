"""Several people, one workstation: who may do what, who did it, and that nobody is locked out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Order
from cport_desktop.errors import (
    AnalystExists,
    LastAdministrator,
    RoleMissing,
    SecretInUse,
    SlotsFull,
    TextUnfit,
    UnknownReference,
    VaultError,
)
from cport_desktop.usecases import (
    act,
    browse_media,
    compose_package,
    overview,
    read_audit,
    search_reports,
    show_report,
)
from cport_desktop.usecases.manage_analysts import (
    add_analyst,
    change_roles,
    list_analysts,
    retire_analyst,
)
from cport_desktop.vault import audit_log
from cport_desktop.vault.header import MOST_SLOTS
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_key_file import NewKeyFile
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from cport_desktop.words.errors import explain
from tests.builders import ANALYST, NOON, PASSPHRASE, a_clock, a_vault, reopened
from tests.report_builders import the_taxonomy

THEIRS = b"another passphrase altogether"
BERT = "Bert Example"


def a_slot(passphrase: bytes = THEIRS, name: str = "his own") -> NewSlot:
    return NewSlot(name, NewPassphrase(passphrase, FLOOR))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("template") / "vault"
    with a_vault(directory) as vault:
        add_analyst(vault, BERT, [Role.ANALYST], a_slot(), now=NOON)
    return directory


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    """A closed vault in which Bert works too, as analyst."""
    return Path(shutil.copytree(template, tmp_path / "vault"))


def as_bert(directory: Path) -> Vault:
    return open_vault(directory, secret=Passphrase(THEIRS), clock=a_clock(), program="tests")


def acts(vault: Vault) -> list[tuple[str, str]]:
    """Actor and verb of the newest entries, newest first."""
    with vault.reader() as reader:
        return [(row.actor, row.draft.verb) for row in audit_log.page(reader, limit=5).rows]


def test_the_slot_that_opens_the_vault_says_who_acts_in_it(directory):
    with as_bert(directory) as vault:
        overview.list_hotlines(vault)
        assert acts(vault)[:2] == [(BERT, "list"), (BERT, "open")]
        assert vault.roles == {Role.ANALYST}
    with reopened(directory) as vault:
        assert acts(vault)[0] == (ANALYST, "open")


def test_each_has_a_personal_key_that_nobody_elses_slot_opens(directory):
    with as_bert(directory) as vault:
        theirs = vault.personal_key
    with reopened(directory) as vault:
        ours = vault.personal_key
    assert theirs is not None
    assert ours is not None
    assert theirs != ours


Attempt = Callable[[Vault], object]
ATTEMPTS: dict[str, tuple[Role, Attempt]] = {
    "assess": (
        Role.ANALYST,
        lambda vault: act.assess(vault, ReportId(1), None, 2, operation_id=uuid4()),
    ),
    "feedback": (
        Role.ANALYST,
        lambda vault: act.give_feedback(vault, ReportId(1), "x", operation_id=uuid4()),
    ),
    "search": (
        Role.ANALYST,
        lambda vault: search_reports.search_reports(
            vault, "", Order(), limit=1, after=None, taxonomy=the_taxonomy(), now=NOON
        ),
    ),
    "show": (Role.ANALYST, lambda vault: show_report.show_report(vault, ReportId(1))),
    "show media": (Role.ANALYST, lambda vault: browse_media.show_media(vault, MediaId(1))),
    "hotlines": (Role.ANALYST, overview.list_hotlines),
    "preview": (
        Role.EXPORTER,
        lambda vault: compose_package.preview_package(vault, "", taxonomy=the_taxonomy(), now=NOON),
    ),
    "read audit": (
        Role.AUDITOR,
        lambda vault: read_audit.list_audit(vault, limit=1, after=None),
    ),
    "add analyst": (
        Role.ADMINISTRATOR,
        lambda vault: add_analyst(vault, "C", [], a_slot(b"a third one"), now=NOON),
    ),
    "give roles": (
        Role.ADMINISTRATOR,
        lambda vault: change_roles(vault, BERT, add=[Role.ADMINISTRATOR]),
    ),
    "retire": (Role.ADMINISTRATOR, lambda vault: retire_analyst(vault, ANALYST)),
}


def test_without_the_role_nothing_is_done_and_the_refusal_says_who_can_give_it(directory):
    with reopened(directory) as vault:
        change_roles(vault, BERT, remove=[Role.ANALYST])
    with as_bert(directory) as vault:
        before = acts(vault)
        for role, attempt in ATTEMPTS.values():
            with pytest.raises(RoleMissing) as caught:
                attempt(vault)
            assert caught.value.facts == {"role": role.value, "givers": ANALYST}
            assert ANALYST in explain(caught.value).hint
        assert acts(vault) == before


def test_a_role_that_was_given_or_taken_counts_from_the_next_opening(directory):
    with reopened(directory) as vault:
        change_roles(vault, BERT, add=[Role.AUDITOR], remove=[Role.ANALYST])
        assert acts(vault)[0] == (ANALYST, "change_roles")
    with as_bert(directory) as vault:
        assert vault.roles == {Role.AUDITOR}
        with pytest.raises(RoleMissing):
            overview.list_hotlines(vault)


def test_nobody_takes_the_last_administrators_role_away(directory):
    with reopened(directory) as vault:
        with pytest.raises(LastAdministrator):
            change_roles(vault, ANALYST, remove=[Role.ADMINISTRATOR])
        with pytest.raises(LastAdministrator):
            retire_analyst(vault, ANALYST)
        assert acts(vault)[0] == (ANALYST, "open")
    with reopened(directory) as vault:
        assert Role.ADMINISTRATOR in vault.roles


def test_an_administrator_without_a_passphrase_or_a_recovery_code_does_not_count(tmp_path):
    with a_vault(tmp_path / "vault") as vault:
        by_file = NewSlot("his stick", NewKeyFile(b"k" * 32))
        add_analyst(vault, BERT, [Role.ADMINISTRATOR], by_file, now=NOON)
        with pytest.raises(LastAdministrator):
            change_roles(vault, ANALYST, remove=[Role.ADMINISTRATOR])


def test_a_retired_analyst_gets_in_no_more_and_what_they_did_stays(directory):
    with as_bert(directory) as vault:
        overview.list_hotlines(vault)
    with reopened(directory) as vault:
        retire_analyst(vault, BERT)
        (row,) = [row for row in list_analysts(vault) if row.analyst.name == BERT]
        assert row.retired_at is not None
        assert row.slots == ()
        assert not row.analyst.roles
    with pytest.raises(VaultError):
        as_bert(directory)
    with reopened(directory) as vault, vault.reader() as reader:
        assert any(row.actor == BERT for row in audit_log.page(reader, limit=20).rows)
        assert audit_log.verify(reader).is_verified


def test_the_last_administrator_can_go_when_another_has_come(directory):
    with reopened(directory) as vault:
        change_roles(vault, BERT, add=[Role.ADMINISTRATOR])
    with as_bert(directory) as vault:
        retire_analyst(vault, ANALYST)
    with pytest.raises(VaultError):
        reopened(directory)
    with as_bert(directory) as vault:
        assert [row.is_present for row in list_analysts(vault)] == [False, True]


ALIKE = (BERT, "  bert   example ", "BERT EXAMPLE", "\uff22ert Example")


def test_a_name_is_given_once_also_after_somebody_left(directory):
    with reopened(directory) as vault:
        for leave in (lambda: None, lambda: retire_analyst(vault, BERT)):
            leave()
            for name in ALIKE:
                with pytest.raises(AnalystExists):
                    add_analyst(vault, name, [], a_slot(b"a third one"), now=NOON)


def test_a_name_that_nobody_could_read_is_refused(directory):
    with reopened(directory) as vault:
        for name in ("", "   ", "x" * 121, "Bert\u202eExample"):
            with pytest.raises(TextUnfit):
                add_analyst(vault, name, [], a_slot(), now=NOON)


def test_a_passphrase_that_is_somebodys_already_is_refused(tmp_path):
    """Else nobody could tell which of the two had opened the vault."""
    with a_vault(tmp_path / "vault") as vault:
        with pytest.raises(SecretInUse):
            add_analyst(vault, BERT, [], a_slot(PASSPHRASE), now=NOON)
        assert len(vault.header.slots) == 1


def test_a_vault_takes_no_more_slots_than_its_header_holds(tmp_path):
    with a_vault(tmp_path / "vault") as vault:
        for number in range(MOST_SLOTS - 1):
            slot = NewSlot(f"stick {number}", NewKeyFile(bytes([number]) * 32))
            add_analyst(vault, f"Analyst {number}", [], slot, now=NOON)
        with pytest.raises(SlotsFull):
            add_analyst(vault, BERT, [], NewSlot("stick", NewKeyFile(b"x" * 32)), now=NOON)
    with reopened(tmp_path / "vault") as vault:
        assert len(list_analysts(vault)) == MOST_SLOTS


def test_a_name_that_nobody_bears_is_unknown(directory):
    with reopened(directory) as vault:
        retire_analyst(vault, BERT)
        for name in ("Nobody", BERT):
            with pytest.raises(UnknownReference):
                change_roles(vault, name, add=[Role.AUDITOR])


def test_an_analyst_whose_change_is_cut_short_is_all_there_or_not_at_all(tmp_path):
    """The row, the slot and the entry are one transaction."""
    with a_vault(tmp_path / "vault") as vault:
        with pytest.raises(ValueError, match="name"):
            add_analyst(vault, BERT, [], replace(a_slot(), name=""), now=NOON)
        assert [row.analyst.name for row in list_analysts(vault)] == [ANALYST]
        assert acts(vault)[0] == (ANALYST, "open")
