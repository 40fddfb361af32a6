from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cport_desktop.crypto.recovery_code import (
    CODE_SIZE,
    GROUP_LENGTH,
    GROUPS,
    new_code,
    parse_code,
    print_code,
)
from cport_desktop.errors import RecoveryCodeMistyped

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = some.binary(min_size=CODE_SIZE, max_size=CODE_SIZE)
places = some.integers(0, GROUPS * GROUP_LENGTH - 1)


def faulty_group(text: str) -> int:
    with pytest.raises(RecoveryCodeMistyped) as caught:
        parse_code(text)
    assert caught.value.facts["groups"] == GROUPS
    group = caught.value.facts["group"]
    assert isinstance(group, int)
    return group


def in_groups(symbols: str) -> str:
    return "-".join(
        symbols[start : start + GROUP_LENGTH] for start in range(0, len(symbols), GROUP_LENGTH)
    )


@given(codes)
def test_what_is_printed_is_what_is_read(code):
    assert parse_code(print_code(code)) == code


def test_the_printed_form_is_for_ever():
    # Sheets lie in safes for years: this form may gain readers, but never change.
    printed = "00001-00002-00003-00004-00005-00006-00007-00008"
    assert print_code(bytes(CODE_SIZE)) == printed
    assert print_code(bytes(range(CODE_SIZE))) == (
        "000GC-40R4Y-0M301-E209M-185G2-R38EE-1W810-24GKG"
    )


def test_a_code_has_160_bits_of_the_randomness_it_is_given():
    assert new_code(lambda size: b"\x5a" * size) == b"\x5a" * 20
    assert new_code(secrets.token_bytes) != new_code(secrets.token_bytes)


@given(codes, places, some.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_found_in_its_group(code, place, letter):
    symbols = print_code(code).replace("-", "")
    wrong = symbols[:place] + letter + symbols[place + 1 :]
    if letter == symbols[place]:
        assert parse_code(in_groups(wrong)) == code
    else:
        assert faulty_group(in_groups(wrong)) == place // GROUP_LENGTH + 1


@given(codes, some.integers(0, GROUPS * GROUP_LENGTH - 2))
def test_any_swap_of_neighbours_is_found_at_the_first_of_them(code, place):
    symbols = print_code(code).replace("-", "")
    one, other = symbols[place], symbols[place + 1]
    swapped = symbols[:place] + other + one + symbols[place + 2 :]
    if one == other:
        assert parse_code(swapped) == code
    else:
        assert faulty_group(swapped) == place // GROUP_LENGTH + 1


@given(codes, some.permutations(range(GROUPS)))
def test_groups_in_another_order_are_found(code, order):
    groups = print_code(code).split("-")
    moved = "-".join(groups[place] for place in order)
    if order == list(range(GROUPS)):
        assert parse_code(moved) == code
    else:
        first = next(place for place in range(GROUPS) if order[place] != place)
        assert faulty_group(moved) == first + 1


@given(codes, places)
def test_a_lost_character_is_missed_in_its_group(code, place):
    groups = print_code(code).split("-")
    group, within = divmod(place, GROUP_LENGTH)
    groups[group] = groups[group][:within] + groups[group][within + 1 :]
    assert faulty_group("-".join(groups)) == group + 1


@given(codes, places)
def test_a_lost_character_is_missed_in_a_code_typed_in_one_go_too(code, place):
    symbols = print_code(code).replace("-", "")
    # Where what moved up happens to fit, the group at the end is the one that falls short.
    assert faulty_group(symbols[:place] + symbols[place + 1 :]) >= place // GROUP_LENGTH + 1


@given(codes, some.sampled_from([" ", "  ", "\n", "\t", "–", "—", "_", " - ", ""]))
def test_how_it_is_spaced_does_not_matter(code, separator):
    assert parse_code(" " + separator.join(print_code(code).split("-")) + "\n") == code


@given(codes)
def test_small_letters_and_lookalikes_are_forgiven(code):
    printed = print_code(code)
    assert parse_code(printed.lower()) == code
    assert parse_code(printed.replace("0", "O").replace("1", "l")) == code
    assert parse_code(printed.replace("0", "o").replace("1", "I")) == code


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("", 1),
        ("00001-00002-0U003-00004-00005-00006-00007-00008", 3),
        ("00001-00002-00003-0000é-00005-00006-00007-00008", 4),
        ("00001-00002-00003-00004-00005-00006-00007", 8),
        ("00001-00002-00003-00004-00005-00006-00007-00008-00009", 8),
        ("00001-00002-00003-00004-00005-00006-00007-00008" + " " * 400, 8),
        ("0" * 100_000, 8),
    ],
)
def test_what_is_no_code_is_said_to_be_wrong_somewhere(text, group):
    assert faulty_group(text) == group


@given(some.text(max_size=60))
def test_no_text_is_a_bug(text):
    try:
        parse_code(text)
    except RecoveryCodeMistyped as error:
        assert "group" in error.facts


def test_an_error_says_nothing_of_the_code():
    with pytest.raises(RecoveryCodeMistyped) as caught:
        parse_code("ABCDE-FGHJK")
    assert "ABCD" not in str(caught.value)


@pytest.mark.parametrize("length", [0, 19, 21])
def test_only_160_bits_are_a_code(length):
    with pytest.raises(ValueError, match="160"):
        print_code(bytes(length))
