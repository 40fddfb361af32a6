"""The texts of the licences of everything in a release, brought together in `licences/`.

licences/EUPL-1.2.txt            of the program
licences/python/…                of the interpreter
licences/packages/NAME-VERSION/… as each package brings them
licences/parts/NAME.txt          notices of libraries within packages (packaging/licence_texts)
licences/system/PACKAGE.txt      notices of libraries of the system
licences/whole/…                 licences that notices refer to, in full

A component without a text ends the build.
"""

from __future__ import annotations

import shutil
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from release_packages import Package
from release_parts import Part
from release_system import SystemLibrary

PROJECT: Final = Path(__file__).resolve().parent.parent
TEXTS: Final = Path(__file__).resolve().parent / "licence_texts"


class TextMissing(Exception):
    """A component of the release comes without the text of its licence."""


class LicenceTexts:
    """Copies texts into the tree at `root`; answers where they stand, as paths below it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def ours(self) -> str:
        return self._kept(PROJECT / "LICENSE", "licences/EUPL-1.2.txt")

    def interpreter(self) -> list[str]:
        text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
        return [
            self._kept(text, "licences/python/LICENSE.txt"),
            self._of_ours("parts/cpython"),
        ]

    def of_package(self, package: Package, further: Sequence[str]) -> list[str]:
        """Raises `TextMissing` if there is none."""
        folder = f"licences/packages/{package.name}-{package.version}"
        found = [self._kept(text, f"{folder}/{_below(text)}") for text in package.texts]
        found += [self._of_ours(name) for name in further]
        if not found:
            raise TextMissing(f"{package.name} {package.version}: no text of its licence")
        return found

    def of_part(self, part: Part, packages: Mapping[str, Package]) -> list[str]:
        """Raises `TextMissing` if one that the rule names is not there."""
        found: list[str] = []
        for name in part.texts:
            kind, _, rest = name.partition(":")
            if kind == "package":
                found += self.of_package(packages[rest], ())
            elif kind == "resources":
                text = self._root / "app" / "resources" / f"{rest}.txt"
                found.append(self._kept(text, f"licences/parts/{part.name}.txt"))
            else:
                found.append(self._of_ours(name))
        if not found:
            raise TextMissing(f"{part.name}: no text of its licence")
        return found

    def of_system(self, library: SystemLibrary) -> str:
        for whole in sorted((TEXTS / "whole").iterdir()):
            self._of_ours(f"whole/{whole.stem}")
        return self._kept(library.copyright, f"licences/system/{library.package}.txt")

    def _of_ours(self, name: str) -> str:
        return self._kept(TEXTS / f"{name}.txt", f"licences/{name}.txt")

    def _kept(self, text: Path, place: str) -> str:
        if not text.is_file() or not text.stat().st_size:
            raise TextMissing(f"{place}: there is no such text")
        target = self._root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(text, target)
        return place


def _below(text: Path) -> str:
    """The path below the metadata of the package, less the folder that holds nothing else."""
    parts = text.parts
    (at,) = (n for n, part in enumerate(parts) if part.endswith(".dist-info"))
    return "/".join(parts[at + 1 :]).removeprefix("licenses/").removeprefix("license_files/")
