"""The parts of a release that no package manager knows of: libraries in wheels, and data of others.

`release_parts.toml` says by which files a part is known, where its version is read and what its licence
is; here its patterns are held against a tree. Nothing of the tree is loaded: versions are read from
the bytes.
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

RULES: Final = Path(__file__).resolve().parent / "release_parts.toml"
_INTERFACE: Final = re.compile(r"\.so\.(\d[\d.]*)$")
UNKNOWN: Final = "unknown"


class NotExplained(Exception):
    """Something in the tree that the rules do not explain, or a rule that explains nothing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[part]]` of the rules, as written there."""

    name: str
    files: tuple[str, ...]
    licence: str
    texts: tuple[str, ...]
    within: bool = False
    like: str | None = None
    told_by: tuple[str, ...] = ()
    of_package: str | None = None
    soname: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is in the tree; `files` are paths below its root."""

    name: str
    version: str
    how_known: str
    licence: str
    texts: tuple[str, ...]
    files: tuple[str, ...]
    within: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule says of a package: its licence, and texts where the package brings none."""

    licence: str
    texts: tuple[str, ...]


def read_rules(path: Path = RULES) -> tuple[list[Rule], dict[str, Told]]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = [Rule(**{key: _frozen(value) for key, value in each.items()}) for each in found["part"]]
    packages = {
        name: Told(said["licence"], tuple(said.get("texts", ())))
        for name, said in found.get("packages", {}).items()
    }
    return parts, packages


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def find_parts(
    root: Path,
    files: Iterable[str],
    rules: Iterable[Rule],
    *,
    packages: Mapping[str, str],
    told: Mapping[tuple[str, str], str],
) -> list[Part]:
    """Every part that `rules` know, with its version.

    Args:
        root: the tree.
        files: what is in it, as paths below it.
        rules: what parts there may be.
        packages: the version of each package in the tree.
        told: versions that wheels themselves tell of what is in them, by wheel and name.

    Raises:
        NotExplained: a rule fits no file, or its version is not where the rule says.
    """
    names = sorted(files)
    parts, lost = [], []
    for rule in rules:
        fitting = [name for name in names if any(fnmatch.fnmatchcase(name, p) for p in rule.files)]
        version = _version(root, rule, fitting, packages, told) if fitting else None
        if version is None:
            lost.append(f"{rule.name} ({', '.join(rule.files)}): " + _why(fitting))
            continue
        how = _how(rule)
        part = Part(rule.name, version, how, rule.licence, rule.texts, tuple(fitting), rule.within)
        parts.append(part)
    if lost:
        raise NotExplained("\n".join(lost))
    return parts


def _why(fitting: list[str]) -> str:
    return "its version is not where the rule says" if fitting else "no such file"


def _how(rule: Rule) -> str:
    if rule.like is not None:
        return "read in the file"
    if rule.told_by:
        return f"told by the wheel {rule.told_by[0]}"
    if rule.of_package is not None:
        return f"that of the package {rule.of_package}"
    return "not told by the file"


def _version(
    root: Path,
    rule: Rule,
    fitting: list[str],
    packages: Mapping[str, str],
    told: Mapping[tuple[str, str], str],
) -> str | None:
    if rule.like is not None:
        return _read(root, rule.like, fitting)
    if rule.told_by:
        return told.get((rule.told_by[0], rule.told_by[1]))
    if rule.of_package is not None:
        return packages.get(rule.of_package)
    numbers = [found[1] for name in fitting if (found := _INTERFACE.search(name))]
    return f"{UNKNOWN} (interface {numbers[0]})" if numbers else UNKNOWN


def _read(root: Path, like: str, fitting: list[str]) -> str | None:
    """The first match in one of the files; several groups are numbers between dots."""
    pattern = re.compile(like.encode("ascii"))
    for name in fitting:
        found = pattern.search((root / name).read_bytes())
        if found is None:
            continue
        if len(found.groups()) == 1:
            return found[1].replace(b"\0", b"").decode("ascii")
        return ".".join(str(int(group)) for group in found.groups())
    return None
