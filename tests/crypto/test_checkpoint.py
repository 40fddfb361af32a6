from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto.checkpoint import (
    LARGEST_SIZE,
    Checkpoint,
    diary_code,
    is_written_down,
    parse_checkpoint,
    parse_diary_code,
)
from cport_desktop.errors import CheckpointMalformed

SPECIFIED = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

lines = st.text(min_size=1, max_size=30).filter(lambda line: "\n" not in line)
checkpoints = st.builds(
    Checkpoint,
    origin=lines,
    size=st.integers(0, LARGEST_SIZE),
    root=st.binary(min_size=32, max_size=32),
    extensions=st.lists(lines, max_size=3).map(tuple),
)


@given(checkpoints)
def test_a_checkpoint_is_read_back(checkpoint):
    assert parse_checkpoint(checkpoint.text) == checkpoint


def test_the_example_of_the_specification_is_understood():
    found = parse_checkpoint(SPECIFIED)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.text == SPECIFIED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        SPECIFIED[:-1],
        SPECIFIED + "\n",
        SPECIFIED.replace("20852163", "020852163"),
        SPECIFIED.replace("20852163", "-1"),
        SPECIFIED.replace("20852163", "+1"),
        SPECIFIED.replace("20852163", "1_000"),
        SPECIFIED.replace("20852163", "٣"),
        SPECIFIED.replace("20852163", str(2**63)),
        SPECIFIED.replace("20852163", "9" * 5000),
        SPECIFIED.replace("q2I=", "q2J="),
        SPECIFIED.replace("q2I=", "q2I"),
        SPECIFIED.replace("CsUY", ""),
        SPECIFIED.replace("example.com/behind-the-sofa", ""),
        SPECIFIED + "extension\n\nanother\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(CheckpointMalformed):
        parse_checkpoint(text)


@given(st.text(max_size=100))
def test_rubbish_is_refused_or_printed_as_it_came(text):
    try:
        found = parse_checkpoint(text)
    except CheckpointMalformed:
        return
    assert found.text == text


@given(checkpoints)
def test_a_code_says_which_checkpoint_it_was_made_of(checkpoint):
    code = parse_diary_code(diary_code(checkpoint))
    assert is_written_down(checkpoint, code)
    assert code.size == checkpoint.size


@given(checkpoints, checkpoints)
def test_a_code_fits_no_other_checkpoint(one, other):
    if one != other:
        assert not is_written_down(other, parse_diary_code(diary_code(one)))


def test_a_code_is_read_as_people_write():
    checkpoint = Checkpoint("log.example/1", 1234, bytes(range(32)))
    code = diary_code(checkpoint)
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert parse_diary_code(sloppy) == parse_diary_code(code)
    assert max(map(len, code.split("-"))) == 4
    assert len(code.split("-")) <= 8


@pytest.mark.parametrize("size", [0, 7, 1234, 10_000_000])
def test_every_wrong_character_and_every_swap_of_neighbours_is_noticed(size):
    checkpoint = Checkpoint("log.example/1", size, bytes(range(32)))
    plain = diary_code(checkpoint).replace("-", "")
    for at, right in enumerate(plain):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(CheckpointMalformed):
                parse_diary_code(plain[:at] + wrong + plain[at + 1 :])
    for at in range(len(plain) - 1):
        swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
        if swapped != plain:
            with pytest.raises(CheckpointMalformed):
                parse_diary_code(swapped)


@given(st.text(max_size=80))
def test_rubbish_is_refused_as_a_code_with_an_error_of_ours(text):
    try:
        parse_diary_code(text)
    except CheckpointMalformed:
        return
    assert len(text) >= 27
