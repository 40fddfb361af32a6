"""Lists of the manual that are made from the program, as Markdown: what each error code means, what each verb
takes, what each key does. Nobody writes them a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cport_desktop import errors
from cport_desktop.cli.command_tree import Command, Option, commands
from cport_desktop.cli.grammar import parser
from cport_desktop.cli.verbs import VERBS
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError
from cport_desktop.words import errors as error_words
from cport_desktop.words import window as window_words
from cport_desktop.words.key_names import key_label

_FACT: Final = re.compile(r"\{(\w+)\}")
_FAMILIES: Final = (
    (errors.UsageError, "What was written cannot be understood"),
    (errors.Refused, "A rule, a policy or the agreement says no"),
    (errors.VaultError, "This machine: its disk, its vault, its keys"),
    (errors.RoadError, "The road: later, or by the other one"),
    (errors.UntrustedData, "What came from outside was rejected; nothing was applied"),
    (errors.CheckFailed, "A check ran and found something wrong"),
)


def error_codes() -> str:
    """A table for each family: code, what happened, what to do. Facts are shown as *fact*."""
    return "\n\n".join(_family(family, title) for family, title in _FAMILIES)


def _family(family: type[CportError], title: str) -> str:
    kinds = sorted(set(_tree(family)), key=lambda kind: kind.code)
    codes = dict.fromkeys(kind.code for kind in kinds)
    rows = [f"| `{code}` | {_told(code)[0]} | {_told(code)[1]} |" for code in codes]
    head = f"## {title} (exit status {family.exit_status})\n\n| code | what happened | what to do |\n|---|---|---|"
    return "\n".join([head, *rows])


def _tree(kind: type[CportError]) -> Iterator[type[CportError]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _tree(inner)


def _told(code: str) -> tuple[str, str]:
    message, hint = error_words.pattern(code)
    return _cell(_FACT.sub(r"*\1*", message)), _cell(_FACT.sub(r"*\1*", hint))


def verbs() -> str:
    """Each group and its verbs: what it does, its options, an example that can be typed."""
    tree = {command.name: command for command in commands(parser())}
    everywhere = {flag for option in tree[""].options for flag in option.flags}
    told = []
    group = ""
    for verb in sorted(VERBS, key=lambda each: (each.name.split()[0], each.name)):
        first = verb.name.split()[0]
        if first != group:
            group = first
            told.append(f"### cport {group}")
        told.append(f"#### cport {verb.name}\n\n{_sentence(verb.help)}")
        options = [o for o in tree[verb.name].options if not everywhere & {*o.flags}]
        if options:
            told.append(
                "\n".join(f"- {_flags(option)}: {_cell(option.help)}" for option in options)
            )
        told.append(f"```example\n{verb.example.strip()}\n```")
    return "\n\n".join(told)


def options_everywhere() -> str:
    """What may stand before or behind any verb."""
    top: Command = next(iter(commands(parser())))
    return "\n".join(f"- {_flags(option)}: {_cell(option.help)}" for option in top.options)


def _flags(option: Option) -> str:
    shown = ", ".join(f"`{flag}`" for flag in option.flags)
    return f"{shown} ({', '.join(option.choices)})" if option.choices else shown


def keys() -> str:
    """Every key of the window, with who it is for where not everybody has it."""
    rows = [
        f"| {key_label(key)} | {_cell(what)} | {_role(role)} |"
        for key, what, role in window_words.KEY_LIST
    ]
    return "\n".join(["| key | what it does | who |", "|---|---|---|", *rows])


def _role(role: str) -> str:
    return "" if not role else Role(role).value


def _sentence(words: str) -> str:
    made = _cell(words % {"prog": "cport"} if "%(" in words else words)
    return f"{made[0].upper()}{made[1:]}."


def _cell(words: str) -> str:
    """Safe within a table or a list of Markdown."""
    shown = words.replace("%%", "%").replace("|", "\\|").replace("<", "\\<")
    return shown.replace("_", "\\_")


LISTS: Final[Mapping[str, Callable[[], str]]] = {
    "error-codes": error_codes,
    "verbs": verbs,
    "options-everywhere": options_everywhere,
    "keys": keys,
}
