r"""Make one file of updates of what is given, signed; see docs/formats/update_bundle.md.

    build_bundle.py --keys FOLDER --number 17 --out cport-2026-11.update \
        --application dist/cport-desktop-0.2-linux-x86_64.tar.gz 0.2 \
        --suffixes public_suffix_list.dat 2026-11-18 --hash-list names.csv 7 "Example list"

`--keys demo` signs with the keys that everybody has, for the demo's root. The same files, number and
moments give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent))
from update_signing import Given, Issue, demo_keys, make_metadata, read_keys

from cport_desktop.updates.bundle import print_head
from cport_desktop.vault.migrations import known_migrations

PLAIN: Final = (
    "suffixes",
    "services",
    "criteria",
    "taxonomy",
    "region-profile",
    "revocations",
)
PIECE: Final = 1 << 20


def main(arguments: list[str]) -> int:
    said = _grammar().parse_args(arguments)
    keys = demo_keys() if said.keys == "demo" else read_keys(Path(said.keys))
    issue = Issue(said.number, said.at, said.at + timedelta(days=said.days))
    given = dict(_given(said))
    roots = [path.read_bytes() for path in said.root]
    write_bundle(said.out, print_head(make_metadata(issue, keys, given, roots)), given)
    print(
        f"{said.out}: {len(given)} parts, {said.out.stat().st_size:,} bytes, number {issue.number}"
    )
    return 0


def write_bundle(out: Path, head: bytes, given: dict[str, Given]) -> None:
    """The file: its head, then the files in the order of their targets' names."""
    with out.open("wb") as file:
        file.write(head)
        for name in sorted(given):
            with given[name].path.open("rb") as source:
                while piece := source.read(PIECE):
                    file.write(piece)


def _given(said: argparse.Namespace) -> Iterator[tuple[str, Given]]:
    day = said.at.date()
    if said.application:
        path, version = said.application
        told: dict[str, object] = {
            "part": "application",
            "version": version,
            "day": day.isoformat(),
            "platform": said.platform,
            "schema": len(known_migrations()),
        }
        yield f"application-{said.platform}.tar.gz", Given(Path(path), told)
    for kind in PLAIN:
        if found := getattr(said, kind.replace("-", "_")):
            path, version = found
            made = _day_of(version) or day
            told = {"part": kind, "version": version, "day": made.isoformat()}
            yield kind, Given(Path(path), told)
    for path, version, name in said.hash_list:
        made = _day_of(version) or day
        told = {"part": "hash-list", "version": version, "day": made.isoformat(), "name": name}
        yield f"hash-list/{name}", Given(Path(path), told)


def _day_of(version: str) -> date | None:
    """Lists that are named after their day are of that day."""
    try:
        return date.fromisoformat(version[:10])
    except ValueError:
        return None


def _grammar() -> argparse.ArgumentParser:
    grammar = argparse.ArgumentParser(description="Make one file of updates.")
    grammar.add_argument("--keys", required=True, metavar="FOLDER", help="keys, or `demo`")
    grammar.add_argument("--number", type=int, required=True, help="one more than the last one")
    grammar.add_argument("--out", type=Path, required=True)
    grammar.add_argument("--at", type=_moment, default=_now(), help="when it is signed (now)")
    grammar.add_argument("--days", type=int, default=120, help="how long it may be applied (120)")
    grammar.add_argument("--root", type=Path, action="append", default=[], help="a later root")
    grammar.add_argument("--platform", default="linux-x86_64")
    grammar.add_argument("--application", nargs=2, metavar=("ARCHIVE", "VERSION"))
    for kind in PLAIN:
        grammar.add_argument(f"--{kind}", nargs=2, metavar=("FILE", "VERSION"))
    grammar.add_argument(
        "--hash-list", nargs=3, action="append", default=[], metavar=("FILE", "VERSION", "NAME")
    )
    return grammar


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
