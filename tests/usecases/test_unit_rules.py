"""A unit's rules: everybody reads them, a supervisor sets them, the log has the old value and the new."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from cport_desktop.bootstrap import furnish
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, OptionalFormat
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.unit_rule import MediaRules, RuleName
from cport_desktop.errors import RoleMissing, UnknownReference, ValueUnknown, VaultDamaged
from cport_desktop.formats.unit_rule_value import ACCEPTED, SCHEMAS, value_shown, value_typed
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.settings import Settings
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.usecases.rebuild_derivatives import rebuild_derivatives
from cport_desktop.usecases.unit_rules import (
    formats_allowed,
    list_rules,
    media_rules,
    set_rule,
)
from cport_desktop.vault import audit_log, media_items
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.missing_pictures import count_missing
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.unit_rules import BORN_WITH
from cport_desktop.vault.vault import Vault, open_vault
from cport_desktop.words.unit_rules import ABOUT, NAMES
from tests.builders import ANALYST, NOON, a_clock, a_vault, hold_media, make_vault, reopened

THEIRS = b"another passphrase"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("template") / "vault")


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "vault"))


def test_every_rule_has_a_value_a_schema_and_its_words() -> None:
    for described in (BORN_WITH, SCHEMAS, ACCEPTED):
        assert set(described) == set(RuleName)
    for told in (ABOUT, NAMES):
        assert set(told) == {name.value for name in RuleName}


def test_a_vault_is_born_with_the_strict_side_of_decoding_and_figures_that_do_not_bind(
    directory: Path,
) -> None:
    with reopened(directory) as vault:
        assert media_rules(vault) == MediaRules(frozenset(), None)
        assert {rule.name: rule.value for rule in list_rules(vault)} == BORN_WITH
        assert BORN_WITH[RuleName.BINDING] is False
        assert all(rule.set_by is None for rule in list_rules(vault))


def test_what_a_supervisor_sets_stays_and_says_by_whom(directory: Path) -> None:
    with reopened(directory) as vault:
        set_rule(vault, "media.formats", "heic, jp2")
        set_rule(vault, "media.confinement", "walled")
    with reopened(directory) as vault:
        assert formats_allowed(vault) == set(OptionalFormat)
        assert media_rules(vault).confinement == "walled"
        rule = next(rule for rule in list_rules(vault) if rule.name is RuleName.FORMATS)
        assert (rule.set_by, rule.set_at is not None) == (ANALYST, True)


def test_the_log_has_the_old_value_and_the_new_and_nothing_where_nothing_changed(
    directory: Path,
) -> None:
    with reopened(directory) as vault:
        set_rule(vault, "exposure.day_cap", "90")
        set_rule(vault, "exposure.day_cap", "60")
        with vault.reader() as reader:
            newest = audit_log.page(reader, limit=1).rows[0]
            before = audit_log.head(reader)
        assert (newest.draft.verb, newest.draft.object_reference) == (
            "set_unit_rule",
            "exposure.day_cap",
        )
        assert newest.draft.payload == (("before", "90"), ("after", "60"))
        change = set_rule(vault, "exposure.day_cap", "60")
        assert change.before == change.after == 60
        with vault.reader() as reader:
            assert audit_log.head(reader) == before


@pytest.mark.parametrize("role", sorted(EVERY_ROLE - {Role.SUPERVISOR}))
def test_nobody_but_a_supervisor_sets_one_and_everybody_reads_them(
    directory: Path, role: Role
) -> None:
    with reopened(directory) as vault:
        slot = NewSlot("theirs", NewPassphrase(THEIRS, FLOOR))
        add_analyst(vault, "Bert Example", [role], slot, now=NOON)
    with open_vault(
        directory, secret=Passphrase(THEIRS), clock=a_clock(), program="tests"
    ) as vault:
        with pytest.raises(RoleMissing):
            set_rule(vault, "media.formats", "heic")
        assert formats_allowed(vault) == frozenset()
        assert len(list_rules(vault)) == len(RuleName)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("media.formats", "exe"),
        ("media.formats", "heic,exe"),
        ("media.confinement", "none at all"),
        ("exposure.break_after", "0"),
        ("exposure.break_after", "241"),
        ("exposure.break_minutes", "-5"),
        ("exposure.break_within", "an hour"),
        ("exposure.break_within", "٣"),
        ("exposure.day_cap", "1441"),
        ("exposure.binding", "maybe"),
        ("exposure.binding", "1"),
    ],
)
def test_what_is_no_value_is_refused_and_says_what_is(
    directory: Path, name: str, text: str
) -> None:
    with reopened(directory) as vault:
        with pytest.raises(ValueUnknown) as refused:
            set_rule(vault, name, text)
        assert refused.value.facts["accepted"]
        assert all(rule.set_by is None for rule in list_rules(vault))


def test_a_rule_that_there_is_not_is_named(directory: Path) -> None:
    with reopened(directory) as vault, pytest.raises(UnknownReference):
        set_rule(vault, "media.everything", "yes")


@pytest.mark.parametrize("name", list(RuleName))
def test_a_value_is_shown_as_it_is_typed(name: RuleName) -> None:
    born = BORN_WITH[name]
    assert value_typed(name, value_shown(born)) == born


def test_a_value_that_somebody_wrote_by_hand_is_damage_and_loosens_nothing(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        with vault.bookkeeping() as books:
            books.execute(
                "INSERT INTO unit_rule VALUES ('media.confinement', '\"anything\"', 'x', 0)"
            )
        with pytest.raises(VaultDamaged):
            media_rules(vault)


@pytest.mark.parametrize(
    ("settings", "unit", "demanded"),
    [
        ("filtered", None, "filtered"),
        ("filtered", "process", "filtered"),
        ("filtered", "walled", "walled"),
        ("process", "filtered", "filtered"),
    ],
)
def test_the_stricter_of_settings_and_unit_is_demanded(
    settings: str, unit: str | None, demanded: str
) -> None:
    workstation = furnish(replace(Settings(), confinement=settings))
    sandbox = workstation.sandbox(MediaRules(confinement=unit))
    try:
        assert sandbox._demanded == demanded  # type: ignore[attr-defined]
    finally:
        sandbox.close()


def described(vault: Vault, media_id: MediaId) -> tuple[str | None, CannotShow | None]:
    with vault.reader() as reader:
        item = media_items.item(reader, media_id)
    return item.format, item.cannot_show


def test_a_format_that_the_unit_comes_to_want_is_decoded_also_where_it_was_refused_before(
    directory: Path, sandbox: Sandbox
) -> None:
    picture = io.BytesIO()
    Image.radial_gradient("L").save(picture, "JPEG2000")
    with reopened(directory) as vault:
        media = hold_media(vault, 17, picture.getvalue())
        with vault.bookkeeping() as books:
            books.execute("UPDATE media_item SET examined = 0, cannot_show = 'format_refused'")
        rebuild(vault, sandbox)
        assert described(vault, media)[1] is CannotShow.FORMAT_REFUSED
        assert count_missing(vault) == 0
        set_rule(vault, "media.formats", "jp2")
        assert count_missing(vault) == 1
        rebuild(vault, sandbox)
        assert described(vault, media) == ("jp2", None)
        assert vault.derivatives.veils([media])
        assert count_missing(vault) == 0


def rebuild(vault: Vault, sandbox: Sandbox) -> None:
    rebuild_derivatives(vault, sandbox, announce=silent, is_cancelled=never)
