"""The grammar of the command line: groups, verbs, options, each with help and an example."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from cport_desktop import __version__
from cport_desktop.errors import ArgumentsUnclear, UsageError


@dataclass
class Options(argparse.Namespace):
    """What was said on the command line; each verb adds its own names."""

    vault: Path | None = None
    passphrase_file: Path | None = None
    passphrase_fd: int | None = None
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

    def flag(self, name: str) -> bool:
        return bool(getattr(self, name, False))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(getattr(self, name, None) or ())


class _Parser(argparse.ArgumentParser):
    """Says what is wrong as an error of the tree, so that `--json` holds for it too."""

    def error(self, message: str) -> NoReturn:
        raise ArgumentsUnclear(cause=message, command=self.prog)


_NEGATED = re.compile(r"-(\w+:|\"|\w+$)", re.ASCII)
"""What a person types to exclude something; no option of this program looks like it but -h."""


def parse(arguments: Sequence[str]) -> Options:
    """What was said. Words of a query may stand anywhere behind their verb, negated ones too.

    Raises:
        ArgumentsUnclear: it does not follow the grammar.
    """
    options = Options()
    left, negated = _set_aside(arguments)
    _, more = parser().parse_known_args(left, namespace=options)
    takes_query = hasattr(options, "query") and options.verb != "package create"
    if any(word.startswith("-") for word in more) or ((more or negated) and not takes_query):
        raise ArgumentsUnclear(cause=f"not known: {' '.join([*more, *negated])}", command="cport")
    if takes_query:
        options.query = [*options.texts("query"), *more, *negated]
    return options


def _set_aside(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Arguments for the parser, and those that only look like options to it: a descending
    `--sort -received` becomes one argument, and negated words of a query are kept apart.
    """
    left: list[str] = []
    negated: list[str] = []
    for argument in arguments:
        if left and left[-1] == "--sort" and argument.startswith("-"):
            left[-1] = f"--sort={argument}"
        elif _NEGATED.match(argument) and argument != "-h":
            negated.append(argument)
        else:
            left.append(argument)
    return left, negated


Add = Callable[[argparse.ArgumentParser], None]


def parser() -> _Parser:
    """The whole grammar."""
    top = _Parser(
        prog="cport",
        description="Workstation for hotline reports. Without a verb nothing happens; see the groups below.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common(is_top=True)],
    )
    top.add_argument("--version", action="version", version=f"cport {__version__}")
    groups = top.add_subparsers(dest="group", metavar="GROUP", required=True)
    _alone(
        groups, "demo", "run the whole product on synthetic data", _demo, "cport demo --headless"
    )
    _alone(groups, "window", "open the window", _nothing, "cport --vault VAULT window")
    _group(
        groups,
        "gateway",
        "the reference gateway (synthetic portal)",
        {
            "serve": (
                "serve it on loopback until stopped",
                _serve,
                "cport gateway serve --data G --port 8443",
            ),
        },
    )
    _group(
        groups,
        "vault",
        "create, look after and check a vault",
        {
            "create": ("make a new vault", _create, "cport --vault VAULT vault create --demo"),
            "status": (
                "what it is and what it holds",
                _nothing,
                "cport --vault VAULT vault status",
            ),
            "check": (
                "check pages, references, log and blobs",
                _check,
                "cport --vault VAULT vault check --deep",
            ),
            "digest": (
                "one value over replica and operations",
                _nothing,
                "cport --vault VAULT vault digest",
            ),
        },
    )
    _group(
        groups,
        "portal",
        "the bond with the portal",
        {
            "enrol": (
                "bind this vault to a portal",
                _enrol,
                "cport portal enrol --url https://127.0.0.1:8443 --ca ca.pem --code-file code.txt",
            ),
            "agreement": ("what the agreement allows", _nothing, "cport portal agreement"),
        },
    )
    _alone(groups, "sync", "exchange with the portal", _sync, "cport sync")
    _alone(
        groups,
        "reports",
        "search the reports",
        _reports,
        "cport reports 'host:NL class:baseline' --sort -received",
    )
    _group(
        groups,
        "report",
        "one report",
        {
            "show": ("everything about one report", _reference, "cport report show HL-880017"),
        },
    )
    _group(
        groups,
        "media",
        "media items, veiled",
        {
            "list": (
                "media of the reports that a query finds",
                _page_of_query,
                "cport media list has:video",
            ),
            "show": (
                "what is known of one item without looking",
                _reference,
                "cport media show M-17",
            ),
            "veil": (
                "write the veil of one item as PNG",
                _veil,
                "cport media veil M-17 --out veil.png",
            ),
        },
    )
    _alone(groups, "hotlines", "hotlines of the network", _hotlines, "cport hotlines NL")
    _alone(
        groups,
        "assess",
        "assess a content item of a report",
        _assess,
        "cport assess HL-880017 national",
    )
    _alone(
        groups,
        "feedback",
        "write to the hotline that made a report",
        _feedback,
        "cport feedback HL-880017 --text 'Handled under number 12.'",
    )
    _group(
        groups,
        "operations",
        "what was done towards the portal",
        {
            "list": ("operations with their states", _page, "cport operations list"),
        },
    )
    _group(
        groups,
        "package",
        "intelligence packages",
        {
            "create": (
                "compose, sign and seal one",
                _package,
                "cport package create --query host:NL --recipient age1… --out case.age",
            ),
            "verify": (
                "check one, step by step",
                _verify,
                "cport package verify case.age --identity key.txt --trust ca.pem",
            ),
            "open": (
                "unseal one into a folder",
                _open,
                "cport package open case.age --identity key.txt --out folder",
            ),
        },
    )
    _group(
        groups,
        "audit",
        "the trace of every look and act",
        {
            "list": ("its entries, newest first", _page, "cport audit list --limit 50"),
            "verify": ("check that nothing in it was altered", _nothing, "cport audit verify"),
        },
    )
    _alone(
        groups,
        "generate",
        "a synthetic demo vault of any size",
        _generate,
        "cport generate --reports 100000 --out BIG",
    )
    _alone(groups, "doctor", "what this machine has and lacks", _nothing, "cport doctor")
    return top


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


def _alone(
    groups: argparse._SubParsersAction[_Parser],
    name: str,
    help_: str,
    add: Add,
    example: str,
) -> None:
    _verb(groups, name, help_, add, example).set_defaults(verb=name)


def _group(
    groups: argparse._SubParsersAction[_Parser],
    name: str,
    help_: str,
    verbs: Mapping[str, tuple[str, Add, str]],
) -> None:
    group = groups.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
    inner = group.add_subparsers(dest="inner", metavar="VERB", required=True)
    for verb, (what, add, example) in verbs.items():
        _verb(inner, verb, what, add, example).set_defaults(verb=f"{name} {verb}")


def _verb(
    into: argparse._SubParsersAction[_Parser],
    name: str,
    help_: str,
    add: Add,
    example: str,
) -> argparse.ArgumentParser:
    verb = into.add_parser(
        name,
        help=help_,
        description=f"{help_[0].upper()}{help_[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common(is_top=False)],
    )
    add(verb)
    return verb


def _nothing(verb: argparse.ArgumentParser) -> None:
    del verb


def _demo(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--reports", type=_count, default=500, metavar="N", help="how many synthetic reports (500)"
    )
    verb.add_argument(
        "--headless", action="store_true", help="without a window, to a verified package"
    )
    verb.add_argument("--keep", type=Path, metavar="DIR", help="keep everything in DIR")


def _serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="its authority, keys and scenario"
    )
    verb.add_argument(
        "--port", type=int, default=8443, metavar="P", help="0 takes a free one (8443)"
    )
    verb.add_argument(
        "--reports", type=_count, default=500, metavar="N", help="how many synthetic reports (500)"
    )
    verb.add_argument(
        "--faults",
        default="",
        metavar="SPEC",
        help="e.g. latency=50ms,cut=100000,5xx=0.1,wrong-length,stale-cursor,replay",
    )
    verb.add_argument("--until-eof", action="store_true", help="stop when standard input closes")


def _create(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--demo", action="store_true", help="a demo vault: synthetic material only, for ever"
    )
    verb.add_argument(
        "--analyst",
        default="Analyst A. Example",
        metavar="NAME",
        help="who the first key slot belongs to",
    )


def _check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--deep", action="store_true", help="read every blob and compare its digest")


def _enrol(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--url", required=True, help="https address of the portal")
    verb.add_argument(
        "--ca",
        type=Path,
        required=True,
        metavar="PEM",
        help="the portal's TLS authority, pinned from now on",
    )
    code = verb.add_mutually_exclusive_group(required=True)
    code.add_argument("--code-file", type=Path, metavar="FILE", help="file with the enrolment code")
    code.add_argument("--code", help="the enrolment code")
    verb.add_argument("--station", default="Station 1", help="how this station calls itself")
    verb.add_argument("--agency", default="Example Agency", help="name of the agency")


def _sync(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--metadata-only", action="store_true", help="leave media files for later")


def _page(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", type=_count, default=200, metavar="N", help="rows at most (200)")
    verb.add_argument("--after", metavar="CURSOR", help="go on behind this page's `next`")
    verb.add_argument("--sort", metavar="FIELD", help="a leading - reverses")


def _page_of_query(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="*", metavar="QUERY", help="words and field:value")
    _page(verb)


def _reports(verb: argparse.ArgumentParser) -> None:
    _page_of_query(verb)
    verb.add_argument(
        "--facet", action="append", metavar="F", help="count by class, site, hotline, host, status"
    )
    verb.add_argument("--count", action="store_true", help="count all that the query finds")


def _reference(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("reference", metavar="REF")


def _veil(verb: argparse.ArgumentParser) -> None:
    _reference(verb)
    verb.add_argument("--out", type=Path, required=True, metavar="PNG")


def _hotlines(verb: argparse.ArgumentParser) -> None:
    _page_of_query(verb)


def _assess(verb: argparse.ArgumentParser) -> None:
    _reference(verb)
    verb.add_argument(
        "classification", help="a code of the classification list: baseline, national, not-illegal"
    )
    verb.add_argument(
        "--content", type=int, metavar="ID", help="which content item (the reported page)"
    )


def _feedback(verb: argparse.ArgumentParser) -> None:
    _reference(verb)
    verb.add_argument("--text", dest="words", required=True, help="what to say")


def _package(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--query", required=True, metavar="Q", help="the reports that go into it")
    verb.add_argument(
        "--recipient",
        action="append",
        required=True,
        metavar="R",
        help="age public key, or a file with some",
    )
    verb.add_argument(
        "--signer",
        type=Path,
        metavar="PEM",
        help="key and certificate in one PEM file (else the certificate that the portal issued)",
    )
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    verb.add_argument("--title", default="Intelligence package")
    verb.add_argument("--reason", help="why it is handed over (kept in the audit log)")
    verb.add_argument("--no-media", action="store_true", help="reports and digests only")


def _verify(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--identity", type=Path, metavar="K", help="age identity of a recipient")
    verb.add_argument(
        "--trust",
        type=Path,
        metavar="CA",
        help="trust anchor of the signer, from outside the package",
    )


def _open(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--identity", type=Path, required=True, metavar="K")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")


def _generate(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reports", type=_count, required=True, metavar="N")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb.add_argument(
        "--media-per-report",
        type=_count_or_none,
        default=None,
        metavar="M",
        help="media of each report (default: as in the scenario, about two)",
    )
    verb.add_argument(
        "--pictures",
        type=_count_or_none,
        default=10_000,
        metavar="N",
        help="for how many media files pixels are made (10000)",
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("from 1 to 10000000")
    return number


def _count_or_none(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000_000:
        raise argparse.ArgumentTypeError("from 0 to 10000000")
    return number
