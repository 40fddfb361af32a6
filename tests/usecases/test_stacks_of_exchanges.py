"""What an exchange brought is in its stacks when it ends, by either road, and the same by both."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.vault import likeness_stacks
from cport_desktop.vault.vault import Vault
from tests.usecases.carrying import Stick
from tests.usecases.conftest import MakeBench, OpenGateway


def stacks_by_bytes(vault: Vault) -> set[frozenset[str]]:
    """The stacks as sets of digests; those of a single content are left out."""
    with vault.reader() as reader:
        assert likeness_stacks.work_left(reader).is_done
        rows = reader.connection.execute("SELECT stack, sha256 FROM likeness").fetchall()
    found: dict[int, set[str]] = {}
    for stack, sha256 in rows:
        found.setdefault(stack, set()).add(sha256)
    return {frozenset(digests) for digests in found.values() if len(digests) > 1}


def test_stacks_are_there_when_an_exchange_ends_by_network_as_by_stick(
    open_gateway: OpenGateway, make_bench: MakeBench, tmp_path: Path
) -> None:
    by_network = make_bench("one", open_gateway("first"))
    by_stick = make_bench("two", open_gateway("second"))

    by_network.sync()
    Stick(tmp_path / "stick").there_and_back(by_stick, media_limit=None)

    found = stacks_by_bytes(by_network.vault)
    assert found
    assert stacks_by_bytes(by_stick.vault) == found
