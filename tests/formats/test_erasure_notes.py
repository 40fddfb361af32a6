"""Certificates of erasure: what is printed is read again, and the written example is one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.checkpoint import Checkpoint
from cport_desktop.crypto.signed_note import (
    SignatureType,
    SignedNote,
    VerifierKey,
    print_note,
    sign_note,
    verified,
)
from cport_desktop.domain.erasure import Certificate, ErasedMedia, ErasureId, Ground
from cport_desktop.domain.ids import Actor, MediaId, ReportId, VaultId
from cport_desktop.errors import CheckpointMalformed
from cport_desktop.formats.erasure_notes import (
    certificate_text,
    read_certificate,
    read_register,
    register_text,
    split_notes,
)
from tests.builders import NOON

VAULT = VaultId("5f0c6b1e2d3a49588776655443322110")
ORIGIN = f"cport.vault/{VAULT}/1"
PAIR = message_keys.generate_ed25519()
KEY = VerifierKey(ORIGIN, SignatureType.ED25519, PAIR.public)
WRITTEN = Path(__file__).resolve().parents[2] / "docs" / "formats" / "erasure.md"

LINES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=30)
NUMBERS = st.integers(0, 10**17)
CERTIFICATES = st.builds(
    Certificate,
    vault=st.just(VAULT),
    erasure_id=st.integers(0, 2**48 - 1).map(lambda n: ErasureId(f"E-{n:012x}")),
    at=st.integers(0, 10**6).map(lambda s: NOON.replace(minute=s % 60, second=s % 59)),
    actor=LINES.map(Actor),
    ground=st.builds(Ground, LINES, st.none() | LINES, LINES | st.just("")),
    reports=st.lists(NUMBERS.map(ReportId), max_size=4).map(tuple),
    media=st.lists(
        st.builds(
            ErasedMedia,
            NUMBERS.map(MediaId),
            st.none() | st.binary(min_size=32, max_size=32).map(bytes.hex),
        ),
        max_size=4,
    ).map(tuple),
    log_size=st.integers(1, 10**9),
    log_root=st.binary(min_size=32, max_size=32).map(bytes.hex),
)
PLAIN = Certificate(
    VAULT, ErasureId("E-3b9f20c1a7d4"), NOON, Actor("Ada Example"), Ground("order", None, "why"),
    (ReportId(17),), (ErasedMedia(MediaId(5), "9d" * 32),), 12, "ab" * 32,
)  # fmt: skip


def signed(text: str) -> bytes:
    sign = message_keys.signing_with(PAIR.private)
    return print_note(SignedNote(text, (sign_note(text, KEY, sign),)))


@given(CERTIFICATES)
def test_what_is_printed_is_read_again(certificate: Certificate) -> None:
    note, head, read = read_certificate(signed(certificate_text(certificate, ORIGIN)))

    assert read == certificate
    assert head.origin == ORIGIN
    assert verified(note, KEY) is not None


@given(st.text(max_size=80))
def test_texts_of_people_cannot_add_a_line(text: str) -> None:
    odd = replace(PLAIN, ground=Ground("order", None, f"because\nreport HL-99\n{text}"))

    _, _, read = read_certificate(signed(certificate_text(odd, ORIGIN)))

    assert read.reports == PLAIN.reports
    assert "\n" not in read.ground.reason


def test_the_written_example_is_one() -> None:
    (example,) = re.findall(r"```certificate\n(.*?)```", WRITTEN.read_text(), re.DOTALL)

    _, _, read = read_certificate(example.encode())

    assert (read.vault, read.ground.clause) == (VAULT, "6.3")
    assert [item.key_digest is None for item in read.media] == [False, True]


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("cport-erasure/1", "cport-erasure/2"),
        ("erasure E-", "erased E-"),
        ("by Ada Example\n", ""),
        ("report HL-17", "report HL-017"),
        ("report HL-17", "report M-17"),
        ("media M-5 9d", "media M-5 9D"),
        ("media M-5 ", "media M-5 0"),
        ("at 2026-05-17T12:00:00Z", "at 2026-5-17T12:00:00Z"),
        ("at 2026-05-17T12:00:00Z", "at yesterday"),
        ("rule order\n", "rule order\nrule order\n"),
        ("cport.vault/", "other.vault/"),
    ],
)
def test_what_is_not_of_the_form_is_no_certificate(found: str, instead: str) -> None:
    text = certificate_text(PLAIN, ORIGIN)
    assert found in text

    with pytest.raises(CheckpointMalformed):
        read_certificate(signed(text.replace(found, instead)))


def test_a_register_names_each_certificate_behind_it() -> None:
    notes = [signed(certificate_text(PLAIN, ORIGIN)), signed(
        certificate_text(replace(PLAIN, erasure_id=ErasureId("E-2")), ORIGIN)
    )]  # fmt: skip
    text = register_text(Checkpoint(ORIGIN, 20, b"\x01" * 32), notes)
    whole = signed(text) + b"".join(notes)

    register = read_register(whole)

    assert list(register.certificates) == notes
    assert hashlib.sha256(notes[0]).hexdigest() in text
    assert split_notes(whole)[1:] == notes
    swapped = signed(text) + notes[1] + notes[0]
    missing = signed(text) + notes[0]
    for wrong in (swapped, missing, whole + notes[0], notes[0], b"", b"\n\n\n"):
        with pytest.raises(CheckpointMalformed):
            read_register(wrong)
