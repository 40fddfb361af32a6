"""The manifest says one thing in one way, and anything else is not a manifest."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.errors import PackageMalformed
from cport_desktop.exports.manifest import (
    Reference,
    parse_manifest,
    print_checksums,
    print_manifest,
)

REFERENCES = st.lists(
    st.builds(
        Reference,
        st.from_regex(
            r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}(/[A-Za-z0-9][A-Za-z0-9._-]{0,20})?", fullmatch=True
        ),
        st.sampled_from(
            ["application/json", "text/plain", "image/png", "application/octet-stream"]
        ),
        st.binary(max_size=4).map(lambda seed: hashlib.sha256(seed).hexdigest()),
    ),
    max_size=6,
    unique_by=lambda reference: reference.name,
).map(tuple)
ONE = Reference("a.txt", "text/plain", hashlib.sha256(b"a").hexdigest())


@given(REFERENCES)
def test_parsing_undoes_printing(references: tuple[Reference, ...]) -> None:
    assert parse_manifest(print_manifest(references)) == references


def test_it_is_the_form_of_the_standard() -> None:
    """EN 319 162-1, annex A.4, with the digest method that EU DSS expects."""
    printed = print_manifest([ONE]).decode()
    assert 'xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"' in printed
    assert '<asic:SigReference URI="META-INF/signature001.p7s"' in printed
    assert 'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"' in printed
    assert (
        "<ds:DigestValue>ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=</ds:DigestValue>" in printed
    )


def test_every_changed_byte_makes_it_no_manifest_or_another_one() -> None:
    printed = print_manifest([ONE])
    for position in range(len(printed)):
        changed = bytearray(printed)
        changed[position] ^= 1
        try:
            assert parse_manifest(bytes(changed)) != (ONE,)
        except PackageMalformed:
            continue


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"\xff",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]>',
        print_manifest([ONE]) + b"\n",
        print_manifest([ONE])[:-2],
        print_manifest([ONE]).replace(b"\n", b"\r\n"),
        print_manifest([ONE]).replace(b"a.txt", b"a&#46;txt"),
        print_manifest([ONE]).replace(b"sha256", b"sha1"),
    ],
)
def test_anything_else_is_refused(untrusted: bytes) -> None:
    with pytest.raises(PackageMalformed):
        parse_manifest(untrusted)


def test_a_file_named_twice_is_refused() -> None:
    with pytest.raises(PackageMalformed) as caught:
        parse_manifest(print_manifest([ONE, ONE]))
    assert caught.value.facts["cause"] == "referenced_twice"


def test_checksums_are_in_the_form_of_sha256sum() -> None:
    second = Reference("B.txt", "text/plain", ONE.sha256)
    assert print_checksums([ONE, second]) == (
        f"{ONE.sha256}  B.txt\n{ONE.sha256}  a.txt\n".encode()
    )
