"""A list that a colleague hands out with its manifest is read in as what it is, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import (
    CportError,
    HashListUnreadable,
    NatureRefused,
    SignatureInvalid,
)
from cport_desktop.exports.hash_lists.side_manifest import manifest_path, signature_path
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import Imported, ListOrder, import_hash_list
from cport_desktop.usecases.update_hash_list import update_hash_list
from cport_desktop.vault import hits, list_listing
from cport_desktop.vault.vault import Vault
from cport_desktop.words import list_files
from cport_desktop.words import list_manifests as words
from tests.builders import NOON, a_vault, announce_media
from tests.exports.synthetic import Authority, authority, signer_of
from tests.usecases.agreeing import bind

CONTENT = b"a shape"


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    """That of a colleague, and that which reads: the same, as a list leaves and comes."""
    with a_vault(tmp_path / "vault", clock=clock) as vault:
        bind(vault)
        yield vault


def lines(*contents: bytes) -> str:
    return "".join(f"{hashlib.sha256(each).hexdigest()}  {len(each)}.png\n" for each in contents)


def read_in(vault: Vault, path: Path, **said: Any) -> Imported:
    return import_hash_list(vault, ListOrder(path, **said), announce=silent, is_cancelled=never)


def known(vault: Vault, done: Imported) -> KnownList:
    assert done.list_id is not None
    with vault.reader() as reader:
        return list_listing.find(reader, done.list_id)


@pytest.fixture(scope="module")
def issuer() -> Authority:
    return authority()


@pytest.fixture
def trust(issuer: Authority) -> bytes:
    return issuer.pem


@pytest.fixture
def given(vault: Vault, tmp_path: Path, clock: SteppingClock, issuer: Authority) -> Path:
    """A list of harmless files as it was handed out, signed."""
    source = tmp_path / "source.sha256"
    source.write_text(lines(CONTENT, b"another shape"))
    said = {"name": "Test cards", "source": "Example Body A", "version": "4"}
    done = read_in(vault, source, is_negative=True, handling="training only", **said)
    assert done.list_id is not None
    out = tmp_path / "given.csv"
    order = ListExportOrder(done.list_id, "csv", out, signer=signer_of(issuer))
    export_hash_list(vault, order, announce=silent, is_cancelled=never)
    clock.advance(timedelta(hours=1))
    return out


def rewritten(path: Path, change: dict[str, Any], *, part: str) -> None:
    """The manifest says something else, and nobody signed it."""
    told = json.loads(manifest_path(path).read_text())
    told[part] |= change
    manifest_path(path).write_text(json.dumps(told))
    signature_path(path).unlink()


def cause_of(error: CportError) -> object:
    return error.facts.get("cause")


def test_a_list_is_what_its_manifest_says_where_nobody_says_otherwise(
    vault: Vault, given: Path, trust: bytes
) -> None:
    done = read_in(vault, given, trust=trust)
    found = known(vault, done)
    assert (found.name, found.version, found.source) == ("Test cards", "4", "Example Body A")
    assert found.handling == "training only"
    assert done.beside is not None
    assert (done.beside.signer, done.beside.authority) == ("Test Agency", "Test Authority")
    assert known(vault, read_in(vault, given, name="Mine", version="9")).name == "Mine"


def test_harmless_files_stay_harmless_though_nobody_says_so(vault: Vault, given: Path) -> None:
    media_id = announce_media(vault, 7, CONTENT)
    assert known(vault, read_in(vault, given)).is_negative
    with vault.reader() as reader:
        assert hits.known_of(reader, [media_id])[media_id].is_harmless


@pytest.mark.parametrize("trusted", [True, False])
def test_a_file_that_was_changed_since_is_not_the_one_that_was_signed(
    trusted: bool, vault: Vault, given: Path, trust: bytes
) -> None:
    given.write_bytes(given.read_bytes().replace(b"13.png", b"14.png"))
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, given, trust=trust if trusted else None)
    assert cause_of(refused.value) == words.OTHER_FILE
    assert len(lists(vault)) == 1


def lists(vault: Vault) -> list[str]:
    with vault.reader() as reader:
        found = reader.connection.execute("SELECT list_id FROM hash_list").fetchall()
    return [list_id for (list_id,) in found]


def test_a_manifest_by_another_or_by_nobody_is_refused_where_somebody_is_expected(
    vault: Vault, given: Path, trust: bytes
) -> None:
    other = authority("Another Authority").pem
    with pytest.raises(SignatureInvalid):
        read_in(vault, given, trust=other)
    manifest = manifest_path(given).read_bytes()
    manifest_path(given).write_bytes(manifest.replace(b"training only", b"training  now"))
    with pytest.raises(SignatureInvalid):
        read_in(vault, given)
    signature_path(given).unlink()
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, given, trust=trust)
    assert cause_of(refused.value) == words.NOT_SIGNED
    manifest_path(given).unlink()
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, given, trust=trust)
    assert cause_of(refused.value) == words.NO_MANIFEST
    assert len(lists(vault)) == 1


def test_what_is_no_manifest_and_what_is_a_difference_is_refused(vault: Vault, given: Path) -> None:
    rewritten(given, {"whole": False, "since": "3"}, part="extent")
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, given)
    assert cause_of(refused.value) == list_files.DIFFERENCE
    for content in ("{}", "[", '{"kind": 7}', "\0" * 300_000):
        manifest_path(given).write_text(content)
        with pytest.raises(HashListUnreadable) as refused:
            read_in(vault, given)
        assert cause_of(refused.value) == words.unreadable(manifest_path(given).name)


def test_a_live_list_is_not_for_a_demo_vault(vault: Vault, given: Path) -> None:
    told = json.loads(manifest_path(given).read_text())
    manifest_path(given).write_text(json.dumps({**told, "synthetic": False}))
    signature_path(given).unlink()
    with pytest.raises(NatureRefused):
        read_in(vault, given)


def test_categories_of_another_region_than_is_said_are_refused(vault: Vault, given: Path) -> None:
    rewritten(given, {"category_region": "UK"}, part="list")
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, given, profile="US")
    assert cause_of(refused.value) == list_files.other_profile("US", "UK")
    assert read_in(vault, given).profile == "UK"


def update(vault: Vault, list_id: str, path: Path, version: str) -> None:
    order = ListOrder(path, version=version)
    update_hash_list(vault, list_id, order, announce=silent, is_cancelled=never)


def test_an_old_version_that_is_handed_out_again_undoes_nothing(
    vault: Vault, tmp_path: Path, clock: SteppingClock
) -> None:
    first, second = tmp_path / "1.sha256", tmp_path / "2.sha256"
    first.write_text(lines(b"one"))
    second.write_text(lines(b"one", b"three"))
    done = read_in(vault, first, version="1")
    assert done.list_id is not None
    clock.advance(timedelta(hours=1))
    update(vault, done.list_id, second, "2")
    clock.advance(timedelta(hours=1))
    for path in (first, second):
        with pytest.raises(HashListUnreadable) as refused:
            update(vault, done.list_id, path, "3")
        assert cause_of(refused.value) == words.WAS_THERE
    found = known(vault, done)
    assert (found.version, found.entries) == ("2", 2)


def test_known_material_never_becomes_harmless_by_a_next_version(
    vault: Vault, given: Path, tmp_path: Path
) -> None:
    path = tmp_path / "known.sha256"
    path.write_text(lines(b"one"))
    done = read_in(vault, path, version="1")
    assert done.list_id is not None
    with pytest.raises(HashListUnreadable) as refused:
        update(vault, done.list_id, given, "2")
    assert cause_of(refused.value) == words.OTHER_SIDE
    assert known(vault, done).entries == 1


def test_a_next_version_has_categories_of_the_same_region(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text(f"md5,category\n{'1' * 32},2\n")
    done = read_in(vault, path, profile="UK")
    assert done.list_id is not None
    newer = tmp_path / "two.json"
    context = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media"
    media = [{"MediaID": 1, "MD5": "2" * 32, "Category": 2}]
    newer.write_text(json.dumps({"@odata.context": context, "value": media}))
    with pytest.raises(HashListUnreadable) as refused:
        update(vault, done.list_id, newer, "2")
    assert cause_of(refused.value) == list_files.other_profile("UK", "US")
