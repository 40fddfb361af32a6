"""What the items of a page wear: what lists say, how large their stacks are, and how many questions
that costs; and with how much an item was compared.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Known
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.media_badges import badges_of
from cport_desktop.usecases.provenance import provenance
from cport_desktop.vault import stack_sizes
from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened
from tests.known_builders import a_list, a_list_entry, taken_back, tell, told
from tests.likeness_builders import a_digest, a_picture, bytes_of, caught_up, hold, with_bits


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def vault(newborn: Path, tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(newborn, tmp_path / "vault"))) as opened:
        yield opened


def listed(vault: Vault, media: int, *, is_negative: bool = False) -> None:
    """A list has the bytes of this item."""
    name = "harmless" if is_negative else "shapes"
    digest = hashlib.sha256(bytes_of(media)).hexdigest()
    tell(
        vault,
        told(a_list(name, is_negative=is_negative)),
        told(a_list_entry(f"e{media}", list_id=name, sha256=digest)),
    )
    match_due(vault)


def test_items_wear_what_lists_say_and_how_many_are_in_their_stack(vault: Vault) -> None:
    for media, bits in ((1, ()), (2, (3,)), (3, (3, 5))):
        hold(vault, media, a_picture(with_bits(a_digest(1), *bits)))
    hold(vault, 4, a_picture(a_digest(4)))
    hold(vault, 5, a_picture(a_digest(4)), content=4)
    hold(vault, 6, a_picture(a_digest(6)))
    hold(vault, 7, a_picture(a_digest(7)))
    caught_up(vault)
    listed(vault, 2)
    listed(vault, 6, is_negative=True)

    worn = badges_of(vault, [MediaId(media) for media in range(1, 9)])
    shapes = Known(is_harmless=False, lists=("Synthetic shapes",), distance=0)
    assert worn[MediaId(1)] == Badge(None, 3)
    assert worn[MediaId(2)] == Badge(shapes, 3)
    assert worn[MediaId(4)] == worn[MediaId(5)] == Badge(None, 2)
    harmless = Known(is_harmless=True, lists=("Synthetic harmless",), distance=0)
    assert worn[MediaId(6)] == Badge(harmless, 1)
    assert MediaId(7) not in worn, "there is nothing to say of it"


def test_the_sizes_of_a_page_cost_one_query_however_many_items_and_stacks(vault: Vault) -> None:
    for media in range(40):
        hold(vault, 2 * media + 1, a_picture(a_digest(media)))
        hold(vault, 2 * media + 2, a_picture(with_bits(a_digest(media), 7)))
    caught_up(vault)
    asked: list[str] = []
    with vault.reader() as reader:
        reader.connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        found = stack_sizes.sizes_of(reader, [MediaId(media) for media in range(1, 81)])
        reader.connection.set_trace_callback(None)  # type: ignore[attr-defined]
    assert found == {MediaId(media): 2 for media in range(1, 81)}
    assert len(asked) == 1


def test_an_unknown_item_says_with_how_much_it_was_compared(vault: Vault) -> None:
    hold(vault, 1, a_picture(a_digest(1)))
    assert provenance(vault, MediaId(1)).extent.lists == 0

    entry = a_list_entry("e9", sha256="9" * 64)
    tell(vault, told(a_list()), told(entry), told(a_list_entry("e8", sha256="8" * 64)))
    due = provenance(vault, MediaId(1)).extent
    assert (due.lists, due.entries, due.is_compared) == (1, 2, False)

    match_due(vault)
    done = provenance(vault, MediaId(1)).extent
    assert (done.lists, done.entries, done.is_compared) == (1, 2, True)
    assert done.newest is not None

    tell(vault, taken_back(entry))
    assert provenance(vault, MediaId(1)).extent.entries == 1
