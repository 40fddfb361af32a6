from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto import message_keys, signed_note
from cport_desktop.crypto.signed_note import (
    LONGEST_NOTE,
    MOST_SIGNATURES,
    NoteSignature,
    SignatureType,
    SignedNote,
    VerifierKey,
    cosign_note,
    parse_note,
    parse_signature,
    parse_verifier,
    print_note,
    print_signature,
    sign_note,
    verified,
)
from cport_desktop.errors import CheckpointMalformed, SignatureInvalid

# Made by another implementation of the same specification, and published with it.
FOREIGN_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOREIGN_NOTE = (
    "This is an example message.\n\n"
    "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3"
    "mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
SPECIFIED_NOTE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
    "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dl"
    "rDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
).encode()

TEXT = "log.example/1\n2\nroot\n"
names = st.text(min_size=1, max_size=20).filter(
    lambda name: (
        "+" not in name
        and name.isprintable()
        and not any(character.isspace() for character in name)
    )
)
texts = (
    st.text(max_size=60)
    .map(lambda text: "".join(c for c in text if c == "\n" or c >= " ") + "\n")
    .filter(lambda text: text.strip("\n"))
)


def a_key(name: str = "log.example/1", kind: SignatureType = SignatureType.ED25519):
    pair = message_keys.generate_ed25519()
    return VerifierKey(name, kind, pair.public), message_keys.signing_with(pair.private)


def a_witness(name: str = "witness.example/1"):
    return a_key(name, SignatureType.COSIGNATURE)


def a_note(*signatures: NoteSignature) -> SignedNote:
    return SignedNote(TEXT, signatures)


def test_a_note_of_another_implementation_verifies():
    key = parse_verifier(FOREIGN_KEY)
    note = parse_note(FOREIGN_NOTE)
    assert str(key) == FOREIGN_KEY
    assert verified(note, key) is not None
    assert print_note(note) == FOREIGN_NOTE


def test_the_example_of_the_specification_is_read_and_printed_as_it_stands():
    note = parse_note(SPECIFIED_NOTE)
    assert [signature.name for signature in note.signatures] == [
        "example.com/behind-the-sofa",
        "witness.example.com/w1",
    ]
    assert print_note(note) == SPECIFIED_NOTE


@given(texts, st.lists(st.tuples(names, st.binary(min_size=5, max_size=90)), min_size=1))
def test_what_is_printed_is_read_back(text, lines):
    signatures = tuple(NoteSignature(name, content[:4], content[4:]) for name, content in lines)
    note = SignedNote(text, signatures[:MOST_SIGNATURES])
    assert parse_note(print_note(note)) == note


@given(names)
def test_a_verifier_key_is_read_back(name):
    for key, _ in (a_key(name), a_witness(name)):
        assert parse_verifier(str(key)) == key


def test_several_signatures_hold_side_by_side_and_unknown_ones_are_passed_over():
    key, sign = a_key()
    witness, cosign = a_witness()
    stranger, _ = a_key("stranger.example")
    note = a_note(NoteSignature("unknown.example", b"1234", b"rubbish"))
    note = note.with_signature(sign_note(TEXT, key, sign))
    note = note.with_signature(cosign_note(TEXT, witness, cosign, at=1_800_000_000))
    read = parse_note(print_note(note))
    assert len(read.signatures) == 3
    found, witnessed = verified(read, key), verified(read, witness)
    assert found is not None
    assert found.at is None
    assert witnessed is not None
    assert witnessed.at == 1_800_000_000
    assert verified(read, stranger) is None


def test_a_key_of_the_same_name_and_another_id_is_unknown():
    key, sign = a_key()
    other, _ = a_key()
    assert verified(a_note(sign_note(TEXT, key, sign)), other) is None


def test_the_same_key_for_another_use_is_another_key():
    pair = message_keys.generate_ed25519()
    sign = message_keys.signing_with(pair.private)
    as_log = VerifierKey("log.example/1", SignatureType.ED25519, pair.public)
    as_witness = VerifierKey("log.example/1", SignatureType.COSIGNATURE, pair.public)
    note = a_note(sign_note(TEXT, as_log, sign))
    assert verified(note, as_witness) is None


def test_a_second_signature_of_the_same_key_takes_the_place_of_the_first():
    witness, cosign = a_witness()
    note = a_note(cosign_note(TEXT, witness, cosign, at=1))
    note = note.with_signature(cosign_note(TEXT, witness, cosign, at=2))
    assert len(note.signatures) == 1


@pytest.mark.parametrize("make", [a_key, a_witness])
def test_one_flipped_bit_anywhere_in_text_or_signature_is_found(make):
    key, sign = make()
    line = (
        sign_note(TEXT, key, sign)
        if key.kind is SignatureType.ED25519
        else cosign_note(TEXT, key, sign, at=77)
    )
    for at in range(len(line.content)):
        content = bytearray(line.content)
        content[at] ^= 1
        with pytest.raises(SignatureInvalid):
            verified(a_note(NoteSignature(line.name, line.key_id, bytes(content))), key)
    with pytest.raises(SignatureInvalid):
        verified(SignedNote(TEXT.replace("2", "3"), (line,)), key)


def test_a_bad_signature_of_a_known_key_spoils_the_note_even_beside_a_good_one():
    key, sign = a_key()
    good = sign_note(TEXT, key, sign)
    bad = NoteSignature(good.name, good.key_id, bytes(64))
    for note in (a_note(good, bad), a_note(bad, good)):
        with pytest.raises(SignatureInvalid):
            verified(note, key)


def test_a_time_that_no_clock_shows_is_refused():
    witness, cosign = a_witness()
    late = 2**63
    content = late.to_bytes(8, "big") + cosign(f"cosignature/v1\ntime {late}\n{TEXT}".encode())
    with pytest.raises(SignatureInvalid):
        verified(a_note(NoteSignature(witness.name, witness.key_id, content)), witness)


def line_of(name: str = "a", content: bytes = b"12345") -> str:
    return f"\u2014 {name} {base64.b64encode(content).decode()}\n"


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\n",
        b"\n\n",
        b"text",
        b"text\n",
        b"text\n\n",
        f"\n\n{line_of()}".encode(),
        f"text\n{line_of()}".encode(),
        f"text\n\n{line_of()}".encode()[:-1],
        f"text\n\n{line_of()}\n".encode(),
        f"text\n\n- a {base64.b64encode(b'12345').decode()}\n".encode(),
        f"text\n\n{line_of()}x\n".encode(),
        f"text\n\n{line_of('a+b')}".encode(),
        f"text\n\n{line_of('a' * 1025)}".encode(),
        f"text\n\n{line_of('')}".encode(),
        "text\n\n\u2014 a\u00a0b MTIzNDU=\n".encode(),
        f"text\n\n{line_of('a b')}".encode(),
        f"text\n\n{line_of(content=b'1234')}".encode(),
        "text\n\n\u2014 a MTIzNDU\n".encode(),
        "text\n\n\u2014 a MTIzNDV=\n".encode(),
        "text\n\n\u2014 a MTIz NDU=\n".encode(),
        f"te\x00xt\n\n{line_of()}".encode(),
        f"te\rxt\n\n{line_of()}".encode(),
        f"te\txt\n\n{line_of()}".encode(),
        b"te\xffxt\n\n" + line_of().encode(),
        ("text\n\n" + line_of() * (MOST_SIGNATURES + 1)).encode(),
        b"x" * LONGEST_NOTE + f"\n\n{line_of()}".encode(),
    ],
)
def test_what_is_no_signed_note_is_refused(rubbish):
    with pytest.raises(CheckpointMalformed):
        parse_note(rubbish)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_rubbish_is_refused_or_printed_as_it_came(rubbish):
    for untrusted in (rubbish, FOREIGN_NOTE[: len(rubbish)] + rubbish):
        try:
            note = parse_note(untrusted)
        except CheckpointMalformed:
            continue
        assert print_note(note) == untrusted


@given(st.integers(0, len(SPECIFIED_NOTE) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_printed_as_it_came(at, byte):
    changed = SPECIFIED_NOTE[:at] + bytes([byte]) + SPECIFIED_NOTE[at + 1 :]
    try:
        note = parse_note(changed)
    except CheckpointMalformed:
        return
    assert print_note(note) == changed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "++",
        "name",
        FOREIGN_KEY.replace("530d903a", "530d903b"),
        FOREIGN_KEY.replace("530d903a", "530D903A"),
        FOREIGN_KEY.replace("foo", "bar"),
        FOREIGN_KEY[:-4],
        FOREIGN_KEY + "+",
        "a b+00000000+" + base64.b64encode(b"\x01" + bytes(32)).decode(),
        "name+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode(),
    ],
)
def test_what_is_no_verifier_key_is_refused(text):
    with pytest.raises(CheckpointMalformed):
        parse_verifier(text)


@given(st.text(max_size=80))
def test_rubbish_is_no_verifier_key(text):
    with pytest.raises(CheckpointMalformed):
        parse_verifier(text)


def test_one_signature_line_is_read_back_and_nothing_else_is_taken_for_one():
    key, sign = a_key()
    signature = sign_note(TEXT, key, sign)
    line = print_signature(signature)
    assert parse_signature(line) == signature
    for wrong in ("", "\n", line[:-1], line + "\n", line + line, "x" + line, "x" * LONGEST_NOTE):
        with pytest.raises(CheckpointMalformed):
            parse_signature(wrong)


def test_the_dash_is_the_one_of_the_specification():
    assert signed_note.print_signature(NoteSignature("a", b"1234", b"5")).startswith("\u2014 a ")
