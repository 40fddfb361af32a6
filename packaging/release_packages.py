"""The packages of a release: which are there, which of its files are theirs, under what licence.

A release holds no lists of files of its packages (`tree_contents`), so whose a file is comes from the
environment that builds, where the same versions are installed from the same lock. What a package
is called and which version it has is read in the release; the two must agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Final

from release_parts import NotExplained, Told

_EXPRESSION: Final = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_PLAIN: Final = frozenset(
    {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MPL-2.0", "PSF-2.0"}
)
_TEXT: Final = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_NO_TEXT: Final = (".py", ".pyc", ".pyi")


@dataclass(frozen=True, slots=True)
class InnerPart:
    """What the wheel itself says is compiled into it (PEP 770), where it says so by package URL."""

    name: str
    version: str
    licence: str | None
    purl: str


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    files: tuple[str, ...]
    inner: tuple[InnerPart, ...]


def normal(name: str) -> str:
    """The name by which registries know a package (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packages_in(app: Path, told: Mapping[str, Told]) -> list[Package]:
    """The packages in `app`, which lie there as installed, in the order of their names.

    Raises:
        NotExplained: one that the environment of the build has not, or has in another version, or
            whose licence is not known.
    """
    return [_package(app, folder, told) for folder in sorted(app.glob("*.dist-info"))]


def _package(app: Path, folder: Path, told: Mapping[str, Told]) -> Package:
    said = Parser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    name, version = normal(said["Name"]), said["Version"]
    installed = _installed(name, version)
    paths = [PurePosixPath(file) for file in installed.files or []]
    lying = {_compiled(path.as_posix()) for path in paths if ".." not in path.parts}
    there = {p.relative_to(app).as_posix() for p in _below(app, {PurePosixPath(x) for x in lying})}
    return Package(
        name,
        version,
        _licence(name, said, told),
        tuple(sorted(Path(str(installed.locate_file(path))) for path in paths if _is_text(path))),
        tuple(
            sorted(
                there | {p.relative_to(app).as_posix() for p in folder.rglob("*") if p.is_file()}
            )
        ),
        tuple(_inner(folder)),
    )


def _installed(name: str, version: str) -> metadata.Distribution:
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        raise NotExplained(f"{name}: not installed where the release is built") from None
    if found.version != version:
        raise NotExplained(f"{name}: {version} in the release, {found.version} where it is built")
    return found


def _compiled(path: str) -> str:
    return f"{path[:-3]}.pyc" if path.endswith(".py") else path


def _below(app: Path, wanted: Iterable[PurePosixPath]) -> Iterator[Path]:
    return (place for path in wanted if (place := app.joinpath(*path.parts)).is_file())


def _licence(name: str, said: Message, told: Mapping[str, Told]) -> str:
    if name in told:
        return told[name].licence
    expression = said["License-Expression"]
    if expression is not None and _EXPRESSION.fullmatch(str(expression)):
        return str(expression)
    if said["License"] in _PLAIN:
        return str(said["License"])
    raise NotExplained(f"{name}: its licence is no SPDX expression; name it in release_parts.toml")


def _is_text(path: PurePosixPath) -> bool:
    """Files of a package's metadata that tell its licence."""
    if not path.parts or not path.parts[0].endswith(".dist-info"):
        return False
    inside = path.parts[1:]
    is_named = _TEXT.search(inside[-1]) is not None or inside[0] in {"licenses", "license_files"}
    return is_named and not path.name.endswith(_NO_TEXT)


def _inner(folder: Path) -> Iterator[InnerPart]:
    """Of the wheel's own lists the parts that come from a registry of crates, each once."""
    seen: set[str] = set()
    for part in _told_parts(folder):
        purl = str(part.get("purl", "")).split("?")[0]
        if purl.startswith("pkg:cargo/") and purl not in seen:
            seen.add(purl)
            yield InnerPart(
                str(part["name"]), str(part.get("version", "")), _expression(part), purl
            )


def _expression(part: Mapping[str, object]) -> str | None:
    licences = part.get("licenses")
    if not isinstance(licences, list) or len(licences) != 1:
        return None
    said = licences[0].get("expression")
    return str(said) if said else None


def _told_parts(folder: Path) -> Iterator[dict[str, object]]:
    for path in sorted((folder / "sboms").glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8")).get("components", [])


def told_versions(app: Path) -> dict[tuple[str, str], str]:
    """The versions that wheels tell of what is in them, by wheel and name of the part."""
    return {
        (normal(folder.name.split("-")[0]), str(part["name"])): str(part["version"])
        for folder in sorted(app.glob("*.dist-info"))
        for part in _told_parts(folder)
        if part.get("version")
    }
