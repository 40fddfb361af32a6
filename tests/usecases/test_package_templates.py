"""Templates of packages: whatever is kept can be read again, so that one never hides the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.crypto.recipients import generate_identity
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.package import Given
from cport_desktop.domain.package_template import (
    MOST_RECIPIENTS,
    PackageTemplate,
    TemplateShare,
)
from cport_desktop.domain.withholding import WITHHOLDABLE
from cport_desktop.errors import ActTooLarge, NameTaken, TextUnfit, ValueUnknown
from cport_desktop.usecases.package_templates import (
    give_template,
    keep_template,
    list_templates,
    remove_template,
    take_template,
)
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault

KEY = generate_identity().public


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    with a_vault(tmp_path_factory.mktemp("templates") / "vault") as vault:
        yield vault


@pytest.fixture
def vault(opened: Vault) -> Iterator[Vault]:
    yield opened
    for each in list_templates(opened):
        remove_template(opened, each.name)


def a_template(
    name: str = "To the court",
    *,
    title: str = "Case file",
    holder: str = "Court",
    reason: str | None = None,
    without: frozenset[str] = frozenset(),
    part_size: int | None = None,
) -> PackageTemplate:
    share = TemplateShare(holder, KEY, Given(PackageMedia.VEILED, without))
    return PackageTemplate(name, title, (share,), reason, part_size)


def test_what_nobody_sees_in_a_text_is_not_kept_and_hides_no_template(vault: Vault) -> None:
    unseen = a_template(
        " To\u200b the\tcourt ",
        title="Case\u00ad file\u202e",
        holder="\u2066Court",
        reason="\u200b",
    )
    keep_template(vault, unseen)
    (kept,) = list_templates(vault)
    assert (kept.name, kept.title, kept.reason) == ("To the court", "Case file", None)
    assert [each.name for each in kept.shares] == ["Court"]
    with pytest.raises(NameTaken):
        keep_template(vault, a_template("TO THE\u200b COURT"))


def test_a_recipient_without_a_name_that_can_be_seen_is_called_by_the_key(vault: Vault) -> None:
    keep_template(vault, a_template(holder="\u200b"))
    assert [each.name for each in list_templates(vault)[0].shares] == [KEY]


@pytest.mark.parametrize(
    "template",
    [
        a_template("\u200b"),
        a_template("x" * 101),
        a_template(title="x" * 501),
        a_template(title=""),
        a_template(holder="x" * 101),
        a_template(reason="x" * 501),
    ],
)
def test_what_could_not_be_read_again_is_refused(vault: Vault, template: PackageTemplate) -> None:
    with pytest.raises(TextUnfit):
        keep_template(vault, template)
    assert list_templates(vault) == ()


def test_fields_and_sizes_that_nothing_has_are_refused_when_they_are_kept(vault: Vault) -> None:
    for wrong in (a_template(without=frozenset({"nothing"})), a_template(part_size=17)):
        with pytest.raises(ValueUnknown):
            keep_template(vault, wrong)
    crowd = tuple(TemplateShare(f"P{n}", KEY) for n in range(MOST_RECIPIENTS + 1))
    with pytest.raises(ActTooLarge):
        keep_template(vault, PackageTemplate("crowd", "Title", crowd))
    assert list_templates(vault) == ()


def test_the_largest_template_that_is_kept_is_read_again_and_goes_through_a_file(
    vault: Vault, tmp_path: Path
) -> None:
    given = Given(PackageMedia.NONE, WITHHOLDABLE)
    shares = tuple(TemplateShare(f"P{n}", KEY, given) for n in range(MOST_RECIPIENTS))
    largest = PackageTemplate("largest", "Title", shares, "r" * 500, 4_000_000_000)
    keep_template(vault, largest)
    assert list_templates(vault) == (largest,)
    give_template(vault, "largest", tmp_path / "t.json")
    assert take_template(vault, tmp_path / "t.json", replaces=True) == largest
