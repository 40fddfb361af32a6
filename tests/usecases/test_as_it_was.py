"""Whether what somebody looks at is still what it was: found out without a trace, and right when it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.usecases.browse_media import is_as_it_was, show_media
from cport_desktop.vault import audit_log
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault
from tests.report_builders import a_report, corrected, new, withdrawn
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase, receive, with_media

FIVE = MediaId(5)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """The item M-5 is here, of the report HL-1."""
    with a_vault(tmp_path / "vault") as opened:
        bind(opened)
        apply(opened, new(with_media(1, 5)), new(a_report(2)))
        receive(opened, 5)
        yield opened


def _withdraw(vault: Vault) -> None:
    apply(vault, withdrawn(1))


def _correct(vault: Vault) -> None:
    apply(vault, corrected(a_report(1, revision=2)))


def _erase(vault: Vault) -> None:
    erase(vault, 1)


def test_it_is_whatever_else_came_and_asking_leaves_no_trace(vault: Vault) -> None:
    item = show_media(vault, FIVE)
    apply(vault, new(with_media(3, 5)), withdrawn(2))
    with vault.reader() as reader:
        before = audit_log.head(reader)
    assert is_as_it_was(vault, item)
    with vault.reader() as reader:
        assert audit_log.head(reader) == before


@pytest.mark.parametrize("happens", [_withdraw, _correct, _erase])
def test_it_is_not_when_its_report_is_withdrawn_says_otherwise_or_is_erased(
    vault: Vault, happens: Callable[[Vault], None]
) -> None:
    item = show_media(vault, FIVE)
    happens(vault)
    assert not is_as_it_was(vault, item)


def test_it_is_while_another_report_that_stands_has_it(vault: Vault) -> None:
    apply(vault, new(with_media(3, 5)))
    item = show_media(vault, FIVE)
    _withdraw(vault)
    assert is_as_it_was(vault, item)
