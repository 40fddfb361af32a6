"""What is on a list that is here is given to a shared one: never what is harmless as if it were known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.operation import HashAlgorithm, HashEntry
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import ListKept
from cport_desktop.usecases.contribute_hashes import entries_of_list
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known_acts
from tests.builders import a_vault
from tests.known_builders import a_list, tell, told
from tests.usecases.agreeing import bind

CIRCLE = hashlib.md5(b"circle").hexdigest()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """The portal told of a list of known material, and of one of what is harmless."""
    with a_vault(tmp_path / "vault") as vault:
        bind(vault)
        tell(vault, told(a_list("national")), told(a_list("clean", is_negative=True)))
        yield vault


def own_list(vault: Vault, path: Path, *, is_negative: bool) -> str:
    path.write_text(f"{CIRCLE}  circle.png\n")
    order = ListOrder(path, is_negative=is_negative)
    done = import_hash_list(vault, order, announce=silent, is_cancelled=never)
    assert done.list_id is not None
    return done.list_id


@pytest.mark.parametrize(
    ("is_negative", "shared"), [(False, "national"), (True, "clean"), (False, "unheard-of")]
)
def test_a_list_goes_to_one_that_means_the_same(
    vault: Vault, tmp_path: Path, is_negative: bool, shared: str
) -> None:
    mine = own_list(vault, tmp_path / "own.md5", is_negative=is_negative)
    assert entries_of_list(vault, mine, to=shared) == (HashEntry(HashAlgorithm.MD5, CIRCLE),)


@pytest.mark.parametrize(
    ("is_negative", "shared"), [(True, "national"), (False, "clean"), (True, "unheard-of")]
)
def test_what_is_harmless_never_goes_to_a_list_of_what_is_known_nor_back(
    vault: Vault, tmp_path: Path, is_negative: bool, shared: str
) -> None:
    mine = own_list(vault, tmp_path / "own.md5", is_negative=is_negative)
    with pytest.raises(ListKept) as refused:
        entries_of_list(vault, mine, to=shared)
    assert refused.value.facts["rule"] == known_acts.SENSES_DIFFER
