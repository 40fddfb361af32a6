"""A command arrives as it was meant, whatever marks are in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.media.windows.command_line import command_line, environment_block, interpreter

ARGUMENTS = st.lists(
    st.text(st.sampled_from('ab\\" \t.-'), max_size=12) | st.text(max_size=8), min_size=1
).map(lambda words: [word.replace("\0", "") for word in words])


def taken_apart(line: str) -> list[str]:
    """As CommandLineToArgvW documents it, for what comes after the program's name."""
    words, word, is_word, is_quoted, at = [], "", False, False, 0
    while at < len(line):
        slashes = len(line) - at - len(line[at:].lstrip("\\"))
        mark = line[at + slashes : at + slashes + 1] == '"'
        if slashes:
            word, is_word = word + "\\" * (slashes // 2 if mark else slashes), True
            at += slashes
            if mark and slashes % 2:
                word, at = word + '"', at + 1
        elif mark:
            is_quoted, is_word, at = not is_quoted, True, at + 1
        elif line[at] in " \t" and not is_quoted:
            if is_word:
                words.append(word)
            word, is_word, at = "", False, at + 1
        else:
            word, is_word, at = word + line[at], True, at + 1
    return [*words, word] if is_word else words


@given(ARGUMENTS)
def test_a_command_line_is_taken_apart_into_what_it_was_made_of(arguments: list[str]):
    assert taken_apart(command_line(arguments)) == arguments


@pytest.mark.parametrize(
    ("argument", "line"),
    [
        ("-I", "-I"),
        ("", '""'),
        (r"C:\Program Files\Python\python.exe", r'"C:\Program Files\Python\python.exe"'),
        ("C:\\a folder\\", '"C:\\a folder\\\\"'),
        ('a"b', r'"a\"b"'),
    ],
)
def test_quotes_stand_where_they_are_needed(argument: str, line: str):
    assert command_line([argument]) == line


def test_an_environment_is_sorted_and_ended_twice():
    assert environment_block({"b": "2", "A": "1", "C": ""}) == "A=1\0b=2\0C=\0\0"
    assert environment_block({}) == "\0"


def test_in_a_virtual_environment_the_base_interpreter_is_told_whom_it_stands_for():
    assert interpreter("v.exe", "base.exe") == ("base.exe", {"__PYVENV_LAUNCHER__": "v.exe"})
    assert interpreter("base.exe", "base.exe") == ("base.exe", {})
