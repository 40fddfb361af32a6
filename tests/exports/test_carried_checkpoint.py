"""The signed head of the audit log that a package carries, and what a stranger can see of it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from cport_desktop.crypto.checkpoint import Checkpoint, parse_checkpoint
from cport_desktop.crypto.message_keys import generate_ed25519, signing_with
from cport_desktop.crypto.signed_note import (
    SignatureType,
    SignedNote,
    VerifierKey,
    parse_note,
    parse_verifier,
    print_note,
    sign_note,
    verified,
)
from cport_desktop.domain.package import PackageContent, Verification
from cport_desktop.exports.container_reader import CHECKPOINT_NAME, KEPT
from cport_desktop.exports.records import parse_package
from cport_desktop.exports.verification import verify
from tests.exports.synthetic import Sealed, package_content, sealed
from tests.exports.test_verification import opened

ORIGIN = "cport.vault/" + "5f" * 16 + "/1"


def with_checkpoint(
    *, size: int = 42, root: bytes = b"\xab" * 32, origin: str = ORIGIN
) -> PackageContent:
    pair = generate_ed25519()
    key = VerifierKey(ORIGIN, SignatureType.ED25519, pair.public)
    text = Checkpoint(origin, size, root).text
    note = SignedNote(text, (sign_note(text, key, signing_with(pair.private)),))
    return replace(package_content(), log_checkpoint=print_note(note), log_key=str(key))


def check(package: Sealed) -> Verification:
    trust = package.authority.pem
    return verify(io.BytesIO(package.blob), identities=[package.identity], trust=trust)


def member(package: Sealed, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(opened(package))) as container:
        return container.read(name)


def test_a_package_carries_the_head_that_its_record_names_and_verifies():
    package = sealed(with_checkpoint())
    assert check(package).is_verified
    record = parse_package(member(package, "package.json"))
    note = parse_note(member(package, CHECKPOINT_NAME))
    assert verified(note, parse_verifier(record.audit_log.key)) is not None
    head = parse_checkpoint(note.text)
    assert (head.size, head.root.hex()) == (record.audit_log.size, record.audit_log.head)
    assert CHECKPOINT_NAME.encode() in member(package, "manifest-sha256.txt")
    assert CHECKPOINT_NAME.encode() in member(package, "META-INF/ASiCManifest001.xml")


def test_a_package_of_an_earlier_version_has_none_and_verifies_as_before():
    package = sealed(package_content())
    assert check(package).is_verified
    assert b'"key"' not in member(package, "package.json")


@pytest.mark.parametrize(
    "content",
    [
        with_checkpoint(size=43),
        with_checkpoint(root=bytes(32)),
        with_checkpoint(origin=ORIGIN[:-1] + "2"),
        replace(with_checkpoint(), log_key=with_checkpoint().log_key),
        replace(with_checkpoint(), log_key=""),
        replace(with_checkpoint(), log_key="rubbish"),
        replace(with_checkpoint(), log_checkpoint=b"rubbish"),
        replace(with_checkpoint(), log_checkpoint=b""),
    ],
    ids=["size", "root", "origin", "other key", "no key", "no such key", "rubbish", "missing"],
)
def test_a_head_that_is_not_the_one_of_the_record_fails_the_last_step(content: PackageContent):
    verification = check(sealed(content))
    failed = [step for step in verification.steps if step.cause]
    assert [(step.name, step.cause) for step in failed] == [("content", "checkpoint")]


def test_a_head_is_read_within_bounds():
    content = replace(with_checkpoint(), log_checkpoint=b"x" * (KEPT[CHECKPOINT_NAME] + 1))
    assert not check(sealed(content)).is_verified
