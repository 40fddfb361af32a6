"""What updates bring for a vault is in it once, on record; what is revoked leaves it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.hashes import SHA256

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import UpdateUntrusted
from cport_desktop.usecases.domain_rules import domain_rules_in_force
from cport_desktop.usecases.known_lists import list_known_lists
from cport_desktop.usecases.package_signers import add_signer, list_signers
from cport_desktop.usecases.read_audit import list_audit
from cport_desktop.usecases.take_up_update import TakenUp, take_up_update
from cport_desktop.usecases.update_place import Place
from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened
from tests.exports.synthetic import authority, key_of
from tests.updates.bundles import (
    Publisher,
    a_place,
    applied,
    hash_list,
    revocations,
    suffixes,
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with reopened(make_vault(tmp_path / "vault")) as vault:
        yield vault


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return a_place(tmp_path / "place")


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Publisher(folder)


def digests(*names: str) -> bytes:
    lines = (f"{hashlib.md5(name.encode()).hexdigest()}  {name}.png\n" for name in names)
    return "".join(lines).encode()


def pem_of(pair: tuple[bytes, bytes]) -> bytes:
    """Key and certificate in one file, as people hold them."""
    key = serialization.load_der_private_key(pair[0], password=None)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    return key.private_bytes(*form, serialization.NoEncryption()) + pair[1]


def taken_up(vault: Vault, place: Place) -> tuple[TakenUp, Changes]:
    return take_up_update(vault, place, announce=silent, is_cancelled=never)


def verbs(vault: Vault) -> list[str]:
    return [entry.draft.verb for entry in list_audit(vault, limit=50, after=None).rows]


def test_without_updates_there_is_nothing_to_take_up(vault: Vault, place: Place) -> None:
    assert taken_up(vault, place) == (TakenUp((), (), ()), Changes.NOTHING)
    assert "take_up_update" not in verbs(vault)


def test_lists_come_in_once_and_in_their_next_version(
    vault: Vault, place: Place, publisher: Publisher
) -> None:
    brings = {**suffixes("2026-11-18"), **hash_list(digests("circle", "square"), "1")}
    applied(place, publisher.bundle(1, brings))
    first, changes = taken_up(vault, place)
    assert (first.rules, first.lists) == (("suffixes",), ("Shapes",))
    assert changes & Changes.AUDIT
    assert taken_up(vault, place)[0] == TakenUp((), (), ())
    applied(place, publisher.bundle(2, hash_list(digests("circle", "cross", "star"), "2")))
    assert taken_up(vault, place)[0].lists == ("Shapes",)
    applied(place, publisher.bundle(3, hash_list(digests("circle", "star"), "3")))
    assert taken_up(vault, place)[0].lists == ("Shapes",)
    (known,) = (one for one in list_known_lists(vault, limit=9, after=None).rows if one.is_standing)
    assert (known.name, known.version, known.entries) == ("Shapes", "3", 2)
    (told,) = (one for one in domain_rules_in_force(vault) if one.name.value == "suffixes")
    assert told.rules is not None
    assert told.rules.version.startswith("2026-11-18")
    assert not told.rules.is_own
    assert verbs(vault).count("take_up_update") == 3


def test_a_file_that_was_changed_on_the_shelf_is_not_taken(
    vault: Vault, place: Place, publisher: Publisher
) -> None:
    applied(place, publisher.bundle(1, hash_list(digests("circle"), "1")))
    (path,) = place.shelf.data_folder("1").glob("list-*")
    path.write_bytes(digests("other"))
    with pytest.raises(UpdateUntrusted):
        taken_up(vault, place)
    assert list_known_lists(vault, limit=9, after=None).rows == ()


def test_a_kept_signer_whose_certificate_is_revoked_goes(
    vault: Vault, place: Place, publisher: Publisher
) -> None:
    one, other = (pem_of(key_of(authority())) for _ in range(2))
    add_signer(vault, "One", one)
    add_signer(vault, "Other", other)
    (certificate, *_) = x509.load_pem_x509_certificates(one)
    applied(
        place,
        publisher.bundle(1, revocations(signers=[certificate.fingerprint(SHA256()).hex()])),
    )
    assert taken_up(vault, place)[0].signers == ("One",)
    assert [signer.name for signer in list_signers(vault)] == ["Other"]
    assert taken_up(vault, place)[0] == TakenUp((), (), ())
