"""The grammar of the command line: from arguments to options, the same for every verb."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

from cport_desktop import __version__
from cport_desktop.cli.verb import Verb
from cport_desktop.cli.verbs import GROUPS, VERBS
from cport_desktop.errors import ArgumentsUnclear, UsageError


@dataclass
class Options(argparse.Namespace):
    """What was said on the command line; each verb adds its own names."""

    vault: Path | None = None
    passphrase_file: Path | None = None
    passphrase_fd: int | None = None
    slot: str | None = None
    recovery_code: bool = False
    recovery_code_file: Path | None = None
    key_file: Path | None = None
    keyring: bool = False
    token: bool = False
    token_module: Path | None = None
    pin_file: Path | None = None
    pin_fd: int | None = None
    json: bool = False
    quiet: bool = False
    progress: str = "auto"
    verb: str = ""

    def text(self, name: str) -> str | None:
        value = getattr(self, name, None)
        return None if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise UsageError
        return value

    def number(self, name: str) -> int:
        value = getattr(self, name)
        if not isinstance(value, int):
            raise UsageError
        return value

    def path(self, name: str) -> Path | None:
        value = getattr(self, name, None)
        return value if isinstance(value, Path) else None

    def needed_path(self, name: str) -> Path:
        value = self.path(name)
        if value is None:
            raise UsageError
        return value

    def descriptor(self, name: str) -> int | None:
        value = getattr(self, name, None)
        return value if isinstance(value, int) else None

    @property
    def names_a_secret(self) -> bool:
        """It is said what opens the vault."""
        said = (self.passphrase_file, self.passphrase_fd, self.recovery_code_file, self.key_file)
        flags = (self.recovery_code, self.keyring, self.token)
        return any(value is not None for value in said) or any(flags)

    def flag(self, name: str) -> bool:
        return bool(getattr(self, name, False))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(getattr(self, name, None) or ())


class _Parser(argparse.ArgumentParser):
    """Says what is wrong as an error of the tree, so that `--json` holds for it too."""

    def error(self, message: str) -> NoReturn:
        plain = message.replace(_HIDDEN, "").replace(ascii(_HIDDEN)[1:-1], "")
        raise ArgumentsUnclear(cause=plain, command=self.prog)


_NEGATED = re.compile(r"-(\w+:|\"|\(|\w+\)*$)", re.ASCII)
"""What a person types to exclude something; no option of this program looks like it but -h."""

_HIDDEN = "\uf8ff"
"""A letter of nobody's before what only looks like an option, so that it stays where it stands."""


def parse(arguments: Sequence[str]) -> Options:
    """What was said. Words of a query may stand anywhere behind their verb, negated ones too.

    Raises:
        ArgumentsUnclear: it does not follow the grammar.
    """
    options = Options()
    _, left = parser().parse_known_args(_with_hidden(arguments), namespace=options)
    more = [_shown(word) for word in left]
    takes_query = isinstance(getattr(options, "query", None), list)
    if more and (not takes_query or any(word.startswith("-") for word in left)):
        raise ArgumentsUnclear(cause=f"not known: {' '.join(more)}", command="cport")
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, _text(_shown(value)))
        elif isinstance(value, Path):
            setattr(options, name, Path(_shown(str(value))))
        elif isinstance(value, list):
            setattr(options, name, [_shown(w) if isinstance(w, str) else w for w in value])
    if takes_query:
        options.query = [*options.texts("query"), *more]
    return options


def _with_hidden(arguments: Sequence[str]) -> list[str]:
    """Arguments for the parser: a descending `--sort -received` becomes one, and negated words of a
    query do not look like options.
    """
    found: list[str] = []
    for argument in arguments:
        if found and found[-1] == "--sort" and argument.startswith("-"):
            found[-1] = f"--sort={argument}"
        elif _NEGATED.match(argument) and argument != "-h":
            found.append(f"{_HIDDEN}{argument}")
        else:
            found.append(argument)
    return found


def _shown(word: str) -> str:
    return word.removeprefix(_HIDDEN)


def _text(word: str) -> str:
    """`word`, if it was typed as text. Names of files may be any bytes; what is kept and shown may not.

    Raises:
        ArgumentsUnclear: bytes that are no text in the encoding of this machine.
    """
    try:
        word.encode()
    except UnicodeEncodeError:
        shown = word.encode(errors="replace").decode()
        cause = f"not text in the encoding of this machine: {shown}"
        raise ArgumentsUnclear(cause=cause, command="cport") from None
    return word


@cache
def parser() -> _Parser:
    """The whole grammar, from the list of verbs; made once, since reading a line changes nothing in it."""
    top = _Parser(
        prog="cport",
        description="Workstation for hotline reports.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common(is_top=True)],
        # It sees the options of every verb first, and would take `--to` for a beginning of its own.
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"cport {__version__}")
    places = {"": top.add_subparsers(dest="group", metavar="GROUP", required=True)}
    added: dict[str, _Parser] = {}
    for verb in VERBS:
        group, _, name = verb.name.rpartition(" ")
        if group in added and group not in places:
            # A verb that has verbs of its own: `portal agreement`, `portal agreement explain`.
            places[group] = added[group].add_subparsers(dest=f"in {group}", metavar="VERB")
        added[verb.name] = _add_verb(_place(places, group), name, verb)
    return top


def _place(
    places: dict[str, argparse._SubParsersAction[_Parser]], group: str
) -> argparse._SubParsersAction[_Parser]:
    """Where the verbs of `group` stand; groups may lie in groups (`vault slots`)."""
    if group not in places:
        outer, _, name = group.rpartition(" ")
        about = GROUPS[group]
        example = next(verb.example for verb in VERBS if verb.name.startswith(f"{group} "))
        inner = _place(places, outer).add_parser(
            name,
            help=about,
            description=f"{about[0].upper()}{about[1:]}.",
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        places[group] = inner.add_subparsers(dest=f"in {group}", metavar="VERB", required=True)
    return places[group]


def _add_verb(place: argparse._SubParsersAction[_Parser], name: str, verb: Verb) -> _Parser:
    added = place.add_parser(
        name,
        help=verb.help,
        description=f"{verb.help[0].upper()}{verb.help[1:]}.",
        epilog=f"example:\n  {verb.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common(is_top=False)],
    )
    verb.add(added)
    added.set_defaults(verb=verb.name)
    return added


def _common(*, is_top: bool) -> _Parser:
    """Options that may stand before the group or behind the verb."""
    missing = None if is_top else argparse.SUPPRESS
    common = _Parser(add_help=False)
    options = common.add_argument_group("everywhere")
    options.add_argument(
        "--vault", type=Path, metavar="DIR", default=missing, help="the vault (or CPORT_VAULT)"
    )
    options.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        default=missing,
        help="read the passphrase from FILE (or CPORT_PASSPHRASE_FILE)",
    )
    options.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        default=missing,
        help="read the passphrase from file descriptor N",
    )
    _add_ways_in(common, missing, is_top=is_top)
    flags: dict[str, object] = {"action": "store_true", "default": False if is_top else missing}
    options.add_argument("--json", help="one JSON object on stdout", **flags)  # type: ignore[arg-type]
    options.add_argument("--quiet", help="say nothing but errors", **flags)  # type: ignore[arg-type]
    options.add_argument(
        "--progress",
        choices=("auto", "json", "none"),
        default="auto" if is_top else missing,
        help="how progress is shown on stderr",
    )
    return common


def _add_ways_in(common: _Parser, missing: str | None, *, is_top: bool) -> None:
    """Options that say with which slot the vault is opened, if not with a passphrase."""
    options = common.add_argument_group("opening the vault with another key slot")
    options.add_argument(
        "--slot", metavar="NAME", default=missing, help="try this slot alone (any of its kind)"
    )
    flags: dict[str, object] = {"action": "store_true", "default": False if is_top else missing}
    options.add_argument("--recovery-code", help="ask for the recovery code", **flags)  # type: ignore[arg-type]
    options.add_argument(
        "--recovery-code-file",
        type=Path,
        metavar="FILE",
        default=missing,
        help="read the recovery code (or its sheet) from FILE",
    )
    options.add_argument(
        "--key-file", type=Path, metavar="FILE", default=missing, help="open it with this key file"
    )
    options.add_argument("--keyring", help="this session's keyring, and a PIN", **flags)  # type: ignore[arg-type]
    options.add_argument("--token", help="a PKCS#11 token, and its PIN", **flags)  # type: ignore[arg-type]
    options.add_argument(
        "--token-module",
        type=Path,
        metavar="FILE",
        default=missing,
        help="the token's module, if it is not where such modules usually are",
    )
    options.add_argument(
        "--pin-file", type=Path, metavar="FILE", default=missing, help="read the PIN from FILE"
    )
    options.add_argument(
        "--pin-fd", type=int, metavar="N", default=missing, help="read the PIN from descriptor N"
    )
