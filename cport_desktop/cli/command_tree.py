"""The grammar as a tree of commands, for whoever has to tell what may stand where: completion in shells."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Option:
    """`flags`: all its spellings. `takes_value`: a word follows it; one of `choices` if there are any, a
    path if it `is_path`.
    """

    flags: tuple[str, ...]
    help: str
    takes_value: bool
    choices: tuple[str, ...] = ()
    is_path: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """`path`: its words, without the program's; empty for the program itself. `inner`: commands that may
    stand behind it, each with what it does. `choices` and `takes_path`: what its arguments may be.
    """

    path: tuple[str, ...]
    inner: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    choices: tuple[str, ...] = ()
    takes_path: bool = False

    @property
    def name(self) -> str:
        return " ".join(self.path)


def commands(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[Command]:
    """The command that `parser` reads and all behind it, outer ones first."""
    # argparse tells the tree that it holds nowhere else.
    actions = parser._actions  # noqa: SLF001
    places = [each for each in actions if isinstance(each, argparse._SubParsersAction)]  # noqa: SLF001
    plain = [each for each in actions if each not in places]
    arguments = [each for each in plain if not each.option_strings]
    told = [each for place in places for each in place._choices_actions]  # noqa: SLF001
    yield Command(
        path=path,
        inner=tuple((str(each.dest), each.help or "") for each in told),
        options=tuple(_option(each) for each in plain if each.option_strings),
        choices=tuple(choice for each in arguments for choice in _choices(each)),
        takes_path=any(each.type is Path for each in arguments),
    )
    for place in places:
        for word, inner in place.choices.items():
            yield from commands(inner, (*path, word))


def _option(action: argparse.Action) -> Option:
    return Option(
        flags=tuple(action.option_strings),
        help=action.help or "",
        takes_value=action.nargs != 0,
        choices=_choices(action),
        is_path=action.type is Path,
    )


def _choices(action: argparse.Action) -> tuple[str, ...]:
    return tuple(map(str, action.choices or ()))
