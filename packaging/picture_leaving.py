"""What left the vault that is pictured, and what came into it from a colleague: told to `cport` itself,
after the working day of `picture_story`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

Say = Callable[..., dict[str, object]]
PARTNER: Final = "Partner Agency Example"
OWN_LIST: Final = "Example Agency, shapes"
ROUND: Final = "Harbour line, files"
_UNFIT: Final = (".invalid", ".localhost", ".local")
"""Names that lead nowhere cannot be suggested."""


def domains(say: Say, *, most: int) -> list[str]:
    """Domains of the reports at hand that can be suggested, the most frequent first."""
    items = say("reports", "received:<365d", "--limit", "500")["items"]
    found = Counter(
        str(item["domain"])
        for item in (items if isinstance(items, list) else [])
        if item.get("domain") and not str(item["domain"]).endswith(_UNFIT)
    )
    return [name for name, _ in found.most_common(most)]


def let_leave(say: Say, demo: Path) -> None:
    """Lists that were made, handed out, brought up to date; a package that was received, and one that came."""
    _lists(say, demo)
    _package(say, demo)


def open_dossiers(say: Say, colleague: Say) -> None:
    """One is a draft, one waits for a second officer, one was confirmed by them."""
    for place, domain in enumerate(domains(say, most=3)):
        texts = (
            *("--proportionality", "All that is on it serves one purpose."),
            *("--public", "Meets the published criteria."),
            *("--internal", "Seen by several hotlines since spring."),
            *("--contact", "notices@agency.example"),
        )
        say("iwol", "dossier", domain, "--open")
        say("iwol", "dossier", domain, "--criterion", "1=met", *texts, "--evidence", "all")
        if place:
            say("iwol", "dossier", domain, "--submit")
        if place > 1:
            colleague("iwol", "confirm", domain, "--agency", PARTNER, "--country", "BE")


def _lists(say: Say, demo: Path) -> None:
    files = {
        "shapes-1": range(120),
        "shapes-2": range(9, 150),
        "harmless": range(1_000, 1_120),
    }
    for name, numbers in files.items():
        lines = (f"{_digest(number)}  shape-{number:04}.png\n" for number in numbers)
        (demo / f"{name}.sha256").write_text("".join(lines), encoding="utf-8")
    said = say(
        *("hashlist", "import", demo / "shapes-1.sha256", "--name", OWN_LIST),
        *("--source", "Example Agency", "--version", "1", "--handling", "inside the agency"),
    )
    shapes = str(said["id"])
    say(
        *("hashlist", "import", demo / "harmless.sha256", "--name", "Harmless icons"),
        *("--source", "Example Body A", "--version", "2026-11", "--negative"),
    )
    _export(say, shapes, demo / "shapes.json", "vics")
    say("hashlist", "update", shapes, demo / "shapes-2.sha256", "--version", "2")
    made = say(
        *("hashlist", "make", ROUND, "--query", "case:C-1 class:baseline", "--version", "3"),
        *("--source", "Example Agency", "--reason", "asked for in writing"),
    )
    _export(say, str(made["id"]), demo / "round-3.json", "stix")


def _export(say: Say, list_id: str, path: Path, form: str) -> None:
    say(
        *("hashlist", "export", list_id, "--format", form, "--out", path),
        *("--recipient", PARTNER, "--reason", "asked for in writing"),
    )


def _package(say: Say, demo: Path) -> None:
    """The package of the demo is received by whom it was sealed to; the same person hands it back."""
    authority, identity = demo / "demo-ca.pem", demo / "recipient.agekey"
    receipt = demo / "receipt.asice"
    say(
        *("package", "import", demo / "package.age", "--identity", identity),
        *("--trust", authority, "--receipt", receipt),
    )
    say("disclosures", "receipt", receipt, "--trust", authority)
    key = next(
        line.rpartition(" ")[2]
        for line in identity.read_text(encoding="utf-8").splitlines()
        if line.startswith("# public key:")
    )
    say("recipients", "add", "Example Regional Court", key)


def _digest(number: int) -> str:
    return hashlib.sha256(f"synthetic shape {number}".encode()).hexdigest()
