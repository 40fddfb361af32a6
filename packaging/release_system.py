"""Libraries of the system that a release brings along: which Debian package each comes from.

Asked of dpkg where the release is built; a release is built on Debian, so that there is an answer.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from release_parts import NotExplained

_DOCUMENTS: Final = Path("/usr/share/doc")


@dataclass(frozen=True, slots=True)
class SystemLibrary:
    """`file` is below the tree; `package` and `source` are Debian's names of where it is from."""

    file: str
    package: str
    version: str
    source: str
    copyright: Path


def system_library(file: str) -> SystemLibrary:
    """Raises `NotExplained` if no package of the system has a library of this name."""
    name = PurePosixPath(file).name
    found = re.search(r"^([a-z0-9.+-]+)(?::\w+)?: ", _said("dpkg", "-S", f"*/{name}"), re.MULTILINE)
    if found is None:
        raise NotExplained(f"{file}: nobody’s, neither a package’s nor the system’s")
    package = found[1]
    asked = "--showformat=${Version}\t${source:Package}"
    version, source = _said("dpkg-query", "--show", asked, package).split("\n")[0].split("\t")
    place = (_DOCUMENTS / package / "copyright").resolve()
    return SystemLibrary(file, package, version, source, place)


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        return ""
    return done.stdout
