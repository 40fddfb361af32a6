"""What `docs/formats/courier_bundle.md` says is what the code does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.crypto import code_proof
from cport_desktop.crypto.key_wrapping import pair_of
from cport_desktop.crypto.passphrase import FLOOR, derive
from cport_desktop.domain.courier import MOST_MEMBERS, MOST_PARTS, Heading, MemberKind
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import BundleMalformed, MessageNewer
from cport_desktop.formats import portal_messages
from cport_desktop.formats.bundle_header import HEADER_SIZE, key_id, parse_header, print_header
from cport_desktop.formats.bundle_manifest import (
    LONGEST_MANIFEST,
    MOST_WANTED,
    WireManifest,
    parse_manifest,
    print_manifest,
)
from cport_desktop.sync.bundle_reader import Members, OpenedBundle
from cport_desktop.sync.bundle_writer import WRAPPED_SIZE
from cport_desktop.usecases.send_by_courier import MOST_OPERATIONS, OPERATIONS_AT_ONCE

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "courier_bundle.md").read_text("utf-8")


def block(name: str) -> str:
    found = re.search(rf"```{name}\n(.*?)\n```", PAGE, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def example(tmp_path: Path) -> Iterator[OpenedBundle]:
    portal, *private = re.findall(r"^    ([0-9a-f]{2,})$", PAGE, re.MULTILINE)
    path = tmp_path / "example"
    path.write_bytes(base64.b64decode("".join(block("file").split())))
    own = pair_of(bytes.fromhex("".join(private)))
    assert f"`{key_id(own.public)}`" in PAGE
    with OpenedBundle([path], own, Heading.STATION) as bundle:
        payload = portal_messages.unseal(bundle.envelope, bytes.fromhex(portal))
        assert payload.decode() == block("manifest")
        manifest = parse_manifest(payload)
        assert f"`{manifest.digest}`" in PAGE
        members = Members(bundle, manifest)
        members.verify(announce=silent, is_cancelled=never)
        assert members.message(0, limit=10_000).decode() == block("member")
        yield bundle


def test_the_worked_example_opens_to_what_is_written(example: OpenedBundle) -> None:
    assert example.parts == 1


def test_the_header_is_the_one_that_is_written() -> None:
    line = block("header").encode() + b"\n"
    header = parse_header(line)
    assert len(line) == HEADER_SIZE
    assert (header.part, header.parts, header.heading) == (1, 1, Heading.STATION)
    assert print_header(header) == line
    assert base64.b64decode("".join(block("file").split())).startswith(line)


@pytest.mark.parametrize("place", ["0000/0001", "0002/0001", "0001/0000", "1/1", "0001/0001 "])
def test_a_part_is_one_of_its_parts(place: str) -> None:
    line = block("header").replace("0001/0001", place).encode() + b"\n"
    with pytest.raises((BundleMalformed, MessageNewer)):
        parse_header(line[:HEADER_SIZE])


def test_every_field_and_every_kind_of_member_is_described() -> None:
    for field in WireManifest.__struct_encode_fields__:
        assert f"`{field}" in PAGE, field
    for kind in MemberKind:
        assert f"`{kind.value}`" in PAGE, kind


def test_a_manifest_is_printed_as_it_was_read() -> None:
    payload = block("manifest").encode()
    assert print_manifest(parse_manifest(payload)) == payload


def test_the_bounds_are_those_that_are_written() -> None:
    for bound in (MOST_PARTS, MOST_MEMBERS, MOST_WANTED, MOST_OPERATIONS, WRAPPED_SIZE):
        assert f"{bound:,}" in PAGE, bound
    assert f"{LONGEST_MANIFEST:,}" in PAGE
    assert f"{OPERATIONS_AT_ONCE} operations at most" in PAGE
    assert f"| {HEADER_SIZE} |" in PAGE


def test_the_proofs_of_an_enrolment_are_made_as_written() -> None:
    key = hashlib.sha256(b"stands for a derived key").digest()
    assert "cport-enrolment1" in PAGE
    request, answer = b"request", b"answer"
    labels = re.findall(r'HMAC-SHA-256\(code key, "([a-z0-9-]+)\\n"', PAGE)
    to = hashlib.sha256(request).digest()
    assert code_proof.prove_request(key, request) == hmac.digest(
        key, labels[0].encode() + b"\n" + request, "sha256"
    )
    assert code_proof.prove_answer(key, answer, to=to) == hmac.digest(
        key, labels[1].encode() + b"\n" + to + answer, "sha256"
    )
    expected = derive(b"AAAABBBB", b"cport-enrolment1", FLOOR)
    assert code_proof.code_key(" aaaa-bbbb\n") == expected
    assert (FLOOR.memory_kib, FLOOR.passes, FLOOR.lanes) == (64 * 1024, 3, 4)
