"""The manual pages `cport.1` and `cport-desktop.1`, made of the grammar and of the tree of errors.

    SOURCE_DATE_EPOCH=1795000000 python packaging/man_pages.py FOLDER

The language is that of man(7). Nothing is told here that the program knows: commands, options and
examples come from the grammar that reads the command line, codes and sentences from `errors` and
`words.errors`. What is written here is what a page needs beside them.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from man_words import DESCRIPTION, ENVIRONMENT, ERRORS, EXAMPLES, EXITS, FILES, WINDOW_DESCRIPTION

from cport_desktop import __version__
from cport_desktop.cli.grammar import parser
from cport_desktop.errors import CportError
from cport_desktop.words.errors import known_codes, pattern

SYNOPSIS: Final = r"""
.B cport
.RB [ \-\-vault
.IR DIR ]
.RB [ \-\-json ]
.RB [ \-\-quiet ]
.I GROUP VERB
.RI [ ARGUMENTS ]""".lstrip()


def text(words: str) -> str:
    """`words` as man(7) reads them: nothing of it is a request or an escape."""
    shown = (
        words.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("^", "\\(ha")
    )
    shown = shown.replace("~", "\\(ti").replace("'", "\\(aq")
    return f"\\&{shown}" if shown.startswith((".", "\\(aq")) else shown


def command_page(date: str) -> str:
    top = parser()
    parts = [
        _title("CPORT", date),
        _section("NAME", "cport \\- command line of the workstation for hotline reports"),
        _section("SYNOPSIS", SYNOPSIS),
        _section("DESCRIPTION", _paragraphs(DESCRIPTION)),
        _section("OPTIONS", _options(top)),
        ".SH COMMANDS\nThe options above may stand before a command or behind it.",
        *_commands(top),
        _section("EXIT STATUS", _tagged((str(code), told) for code, told in EXITS.items())),
        _section("ERRORS", _paragraphs(ERRORS)),
        *_errors(),
        _section("ENVIRONMENT", _tagged(ENVIRONMENT.items())),
        _section("FILES", _tagged(FILES.items())),
        _section("EXAMPLES", _examples()),
        _section("SEE ALSO", ".BR cport\\-desktop (1),\n.BR age (1),\n.BR openssl (1)"),
    ]
    return "\n".join(parts) + "\n"


def window_page(date: str) -> str:
    window = _inner(parser())["window"]
    parts = [
        _title("CPORT-DESKTOP", date),
        _section("NAME", "cport\\-desktop \\- workstation for hotline reports"),
        _section("SYNOPSIS", ".B cport\\-desktop\n.RB [ \\-\\-vault\n.IR DIR ]\n.RI [ OPTIONS ]"),
        _section("DESCRIPTION", _paragraphs(WINDOW_DESCRIPTION)),
        _section("OPTIONS", _options(window)),
        _section("ENVIRONMENT", _tagged(ENVIRONMENT.items())),
        _section("FILES", _tagged(FILES.items())),
        _section("SEE ALSO", ".BR cport (1)"),
    ]
    return "\n".join(parts) + "\n"


PAGES: Final[Mapping[str, Callable[[str], str]]] = {
    "cport.1": command_page,
    "cport-desktop.1": window_page,
}


def _title(name: str, date: str) -> str:
    return (
        f'.TH {text(name)} 1 {text(date)} "CPORT Desktop {__version__}" "User Commands"\n.nh\n.ad l'
    )


def _section(name: str, body: str) -> str:
    return f".SH {name}\n{body}"


def _tagged(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f".TP\n.B {_quoted(name)}\n{text(told)}" for name, told in pairs)


def _quoted(words: str) -> str:
    """One argument of a request."""
    shown = text(words).replace('"', '""')
    return f'"{shown}"' if " " in shown else shown


def _paragraphs(prose: str) -> str:
    return "\n.PP\n".join(text(" ".join(each.split())) for each in prose.split("\n\n"))


def _commands(top: argparse.ArgumentParser) -> Iterator[str]:
    """A part for each word that may stand first, with all that begins with it."""
    everywhere = {flag for action in _plain(top) for flag in action.option_strings}
    for word, first in _inner(top).items():
        yield f".SS cport {text(word)}"
        for path, command in _walk((word,), first):
            if _inner(command) and not command.get_default("verb"):
                continue
            yield _command(path, command, everywhere)


def _command(path: Sequence[str], command: argparse.ArgumentParser, everywhere: set[str]) -> str:
    own = [each for each in _plain(command) if not everywhere & {*each.option_strings}]
    places = [each for each in own if not each.option_strings]
    head = [".TP", f".B {_quoted('cport ' + ' '.join(path))}"]
    if places:
        head[1:] = [f".BI {_quoted('cport ' + ' '.join(path) + ' ')} {_quoted(_places(places))}"]
    lines = [*head, text(command.description or "")]
    told = [each for each in own if each.help or each.option_strings]
    lines += [".RS", *(_option(each) for each in told), ".RE"] if told else []
    example = (command.epilog or "").partition("\n")[2].strip()
    lines += [".IP", "Example:", ".EX", _lines(example), ".EE"]
    return "\n".join(lines)


def _places(actions: Sequence[argparse.Action]) -> str:
    shown = []
    for each in actions:
        name = _value(each)
        more = f"{name} …" if each.nargs in ("*", "+") else name
        shown.append(f"[{more}]" if each.nargs in ("*", "?") else more)
    return " ".join(shown)


def _options(command: argparse.ArgumentParser) -> str:
    return "\n".join(_option(each) for each in _plain(command) if each.option_strings)


def _option(action: argparse.Action) -> str:
    if not action.option_strings:
        return f".TP\n.I {_quoted(_value(action))}\n{_help(action)}"
    flags = ", ".join(action.option_strings)
    if action.nargs == 0:
        return f".TP\n.B {_quoted(flags)}\n{_help(action)}"
    return f".TP\n.BI {_quoted(flags + ' ')} {_quoted(_value(action))}\n{_help(action)}"


def _value(action: argparse.Action) -> str:
    """How the help calls what stands there."""
    if action.metavar is not None:
        return action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def _help(action: argparse.Action) -> str:
    words = (action.help or "").replace("%(prog)s", "cport").replace("%%", "%")
    choices = (
        "" if action.metavar is None or not action.choices else ": " + ", ".join(action.choices)
    )
    return text(f"{words}{choices}") or "\\&"


def _plain(command: argparse.ArgumentParser) -> list[argparse.Action]:
    actions = command._actions  # noqa: SLF001 - argparse tells it nowhere else
    return [each for each in actions if not _places_commands(each)]


def _inner(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    actions = command._actions  # noqa: SLF001 - argparse tells it nowhere else
    return {
        word: inner
        for each in actions
        if _places_commands(each) and isinstance(each.choices, dict)
        for word, inner in each.choices.items()
    }


def _places_commands(action: argparse.Action) -> bool:
    return isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 - as above


def _walk(
    path: tuple[str, ...], command: argparse.ArgumentParser
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    yield path, command
    for word, inner in _inner(command).items():
        yield from _walk((*path, word), inner)


def _errors() -> Iterator[str]:
    exits = {kind.code: kind.exit_status for kind in _kinds(CportError)}
    for status in sorted({exits.get(code, 1) for code in known_codes()}):
        yield f".SS Exit status {status}"
        for code in sorted(known_codes()):
            if exits.get(code, 1) == status:
                message, hint = (
                    _FACT.sub(lambda fact: fact[1].upper(), each) for each in pattern(code)
                )
                yield f".TP\n.B {_quoted(code)}\n{text(f'{message} {hint}'.strip())}"


_FACT: Final = re.compile(r"\{(\w+)\}")


def _kinds(kind: type[CportError]) -> Iterator[type[CportError]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _kinds(inner)


def _examples() -> str:
    return "\n.PP\n".join(
        f"{text(what)}\n.PP\n.in +4n\n.EX\n{_lines(done)}\n.EE\n.in"
        for what, done in EXAMPLES.items()
    )


def _lines(typed: str) -> str:
    return "\n".join(map(text, typed.splitlines()))


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    for name, page in PAGES.items():
        (folder / name).write_text(page(moment.date().isoformat()), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
