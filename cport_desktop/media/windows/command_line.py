"""A command, an environment and an interpreter as Windows wants to have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_NEEDS_QUOTES = re.compile(r'[\s"]')


def command_line(arguments: Sequence[str]) -> str:
    """One line that is taken apart into `arguments` again, by the rules of CommandLineToArgvW: backslashes
    count only before a quotation mark.
    """
    return " ".join(_quoted(argument) for argument in arguments)


def _quoted(argument: str) -> str:
    if argument and not _NEEDS_QUOTES.search(argument):
        return argument
    # Before a mark, inside or at the end, each backslash stands for half of one.
    inside = re.sub(r'(\\*)"', r'\1\1\\"', argument)
    inside = re.sub(r"(\\+)$", r"\1\1", inside)
    return f'"{inside}"'


def environment_block(variables: Mapping[str, str]) -> str:
    """`NAME=value`, sorted without regard to case, each ended by a zero, and one more at the end."""
    lines = sorted((f"{name}={value}" for name, value in variables.items()), key=str.upper)
    return "".join(f"{line}\0" for line in lines) + "\0"


def interpreter(executable: str, base_executable: str) -> tuple[str, Mapping[str, str]]:
    """The program to execute, and what it wants in its environment, so that it is `executable`.

    In a virtual environment that one only starts another process, which a job of one process forbids:
    the base interpreter is told whom it stands for.
    """
    if executable == base_executable:
        return executable, {}
    return base_executable, {"__PYVENV_LAUNCHER__": executable}
