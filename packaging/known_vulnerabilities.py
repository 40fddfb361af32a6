"""Asks a database of vulnerabilities about everything in a release's list, before it is handed out.

    python packaging/known_vulnerabilities.py TREE --database URL [--note build/vulnerabilities.json]

The database is one that answers as OSV does (`querybatch` of version 1 of its API), given by --database
or `CPORT_VULNERABILITIES`; nothing else of the build needs a network. Asked is by package URL, with
the version that was found in the files (`sbom.cdx.json`). What was asked, when, and what came back is
kept in a note with its date: it stays true only until somebody finds the next one.

What is known and does no harm here is accepted in `accepted_vulnerabilities.toml`, each with a reason
and the day until which that holds.

Exit codes: 0 nothing known, or nothing could be asked (said, and written into the note: a build
goes on without a network) · 1 something is known that nobody accepted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

ACCEPTED: Final = Path(__file__).resolve().parent / "accepted_vulnerabilities.toml"
PATIENCE: Final = 20.0
"""Seconds for an answer; a build does not wait for a network that is not there."""
LARGEST_ANSWER: Final = 16 * 1024 * 1024
AT_ONCE: Final = 500
"""Questions in one request; OSV takes a thousand."""
_ASKABLE: Final = ("pkg:pypi/", "pkg:cargo/", "pkg:deb/")
"""Kinds of package URL that such databases know; what else is inside is named in the note."""


class NotAnswered(Exception):
    """No database is reachable, or what answers is none."""


@dataclass(frozen=True, slots=True)
class Finding:
    package: str
    vulnerability: str


def packages_asked_for(bom: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The package URLs of everything inside, those that can be asked for and the others."""
    urls = {str(each["purl"]) for each in _components(bom) if each.get("purl")}
    asked = sorted(url.split("?")[0] for url in urls if url.startswith(_ASKABLE))
    return asked, sorted(url for url in urls if not url.startswith(_ASKABLE))


def _components(bom: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in bom.get("components", []):
        yield component
        yield from _components(component)


def ask(database: str, packages: Sequence[str]) -> list[Finding]:
    """What `database` knows of `packages`.

    Raises:
        NotAnswered: it did not answer, or not as such a database does.
    """
    found: list[Finding] = []
    for first in range(0, len(packages), AT_ONCE):
        some = packages[first : first + AT_ONCE]
        answers = _answers(database, [{"package": {"purl": url}} for url in some])
        if len(answers) != len(some):
            raise NotAnswered("another number of answers than of questions")
        for url, answer in zip(some, answers, strict=True):
            known = answer.get("vulns") or []
            found += [Finding(url, str(each["id"])) for each in known]
    return found


def _answers(database: str, queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not database.startswith(("https://", "http://127.0.0.1:")):
        raise NotAnswered("only a database behind HTTPS is asked")
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        f"{database.rstrip('/')}/v1/querybatch",
        data=json.dumps({"queries": queries}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            told = json.loads(answer.read(LARGEST_ANSWER))
        answers = told["results"]
    except (OSError, urllib.error.URLError) as error:
        raise NotAnswered(f"it is not reachable ({error})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnswered("what answered is no such database") from error
    if not isinstance(answers, list) or not all(isinstance(each, dict) for each in answers):
        raise NotAnswered("what answered is no such database")
    return answers


def accepted(path: Path, today: date) -> dict[str, str]:
    """Why which vulnerability does no harm here, of those whose day has not passed."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("accepted", [])
    return {each["id"]: each["because"] for each in entries if each["until"] >= today}


def main(arguments: list[str] | None = None) -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("tree", type=Path)
    made.add_argument("--database", default=os.environ.get("CPORT_VULNERABILITIES"))
    made.add_argument("--note", type=Path)
    made.add_argument("--accepted", type=Path, default=ACCEPTED)
    options = made.parse_args(arguments)
    bom = json.loads((options.tree / "sbom.cdx.json").read_text(encoding="utf-8"))
    asked, not_asked = packages_asked_for(bom)
    now = datetime.now(UTC)
    reasons = accepted(options.accepted, now.date())
    findings: list[Finding] = []
    why_not = None if options.database else "no database was given (CPORT_VULNERABILITIES)"
    if options.database:
        try:
            findings = ask(options.database, asked)
        except NotAnswered as error:
            why_not = str(error)
    open_ones = [each for each in findings if each.vulnerability not in reasons]
    if options.note is not None:
        note = {
            "asked_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "answered": why_not is None,
            "why_not": why_not,
            "asked": asked,
            "not_asked": not_asked,
            "found": [asdict(each) for each in findings],
            "accepted": {
                each.vulnerability: reasons[each.vulnerability]
                for each in findings
                if each.vulnerability in reasons
            },
        }
        options.note.parent.mkdir(parents=True, exist_ok=True)
        options.note.write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
    print(sentence(now, why_not, asked, open_ones))
    return 1 if open_ones else 0


def sentence(
    now: datetime, why_not: str | None, asked: Sequence[str], open_ones: Sequence[Finding]
) -> str:
    day = now.strftime("%Y-%m-%d")
    if why_not is not None:
        return f"Known vulnerabilities were NOT looked up on {day}: {why_not}."
    if not open_ones:
        return f"{day}: nothing is known against the {len(asked)} packages that were asked for."
    lines = [f"{day}: known, and accepted by nobody:"]
    return "\n".join([*lines, *(f"  {each.vulnerability} in {each.package}" for each in open_ones)])


if __name__ == "__main__":
    sys.exit(main())
