"""Says on stderr what speaks against the place of a vault, whenever one is made or opened."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cport_desktop.cli.grammar import Options
from cport_desktop.cli.printing import safe
from cport_desktop.vault.surroundings import hazards_of
from cport_desktop.words import places


def warn_of_place(directory: Path, options: Options) -> None:
    """Nothing is refused: the one who chose the place may know better. Silent with `--quiet`."""
    if options.quiet:
        return
    for hazard in hazards_of(directory):
        message, advice = places.hazard(hazard.kind.value, what=hazard.what, where=hazard.where)
        warn(options, f"place.{hazard.kind.value}", message, advice)


def warn(options: Options, code: str, message: str, advice: str) -> None:
    """A warning is on stderr; silent with `--quiet`."""
    if options.quiet:
        return
    if options.progress == "json":
        told = {"code": code, "message": message, "hint": advice}
        line = json.dumps({"warning": told}, ensure_ascii=False)
    else:
        line = f"{safe(message)}\n{safe(advice)}"
    print(line, file=sys.stderr, flush=True)
