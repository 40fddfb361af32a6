"""Writes down what is really inside a release: `sbom.cdx.json` (CycloneDX 1.6) and `licences/`.

    python packaging/sbom.py build/cport-desktop-VERSION-linux-x86_64

Every file below `app` and `runtime` is somebody's: ours, a package's, the interpreter's, the system's
whose library was brought along, or a part's that `release_parts.toml` knows. A file that is
nobody's, a compiled library that nothing explains and a component without the text of its licence
end the build. Versions are read in the files themselves.

The same tree gives the same bytes: the moment is that of the sources, the serial number is made of the
content, everything stands in alphabetical order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from release_licences import LicenceTexts, TextMissing
from release_packages import Package, packages_in, told_versions
from release_parts import RULES, UNKNOWN, NotExplained, Part, Told, find_parts, read_rules
from release_system import SystemLibrary, system_library

BOM: Final = "sbom.cdx.json"
_NOT_DESCRIBED: Final = ("licences/", BOM, "release.json")
_OURS: Final = ("app/cport_desktop/", "app/resources/", "bin/", "VERSION")
_EXTENSION: Final = re.compile(r"\.(cpython-\d+-[\w-]+|abi3)\.so$")
_OF_THE_INTERPRETER: Final = re.compile(
    r"runtime/(bin/cport-runtime$|lib/libpython[\d.]+\.so[\d.]*$"
    r"|lib/python[\d.]+/(?!lib-dynload/lib))"
)
_ELF: Final = b"\x7fELF"


@dataclass(frozen=True, slots=True)
class Content:
    """What a tree is made of; each file is explained by one of these. `told` is what our rules say
    of packages.
    """

    version: str
    packages: Sequence[Package]
    parts: Sequence[Part]
    system: Sequence[SystemLibrary]
    ours: tuple[str, ...]
    interpreter: tuple[str, ...]
    told: Mapping[str, Told]


def content_of(root: Path, rules_file: Path) -> Content:
    """Every file of the tree, explained by `rules_file` and the environment of the build.

    Raises:
        NotExplained: a file is nobody's.
    """
    rules, told = read_rules(rules_file)
    app = root / "app"
    files = [name for name in _files(root) if not name.startswith(_NOT_DESCRIBED)]
    packages = packages_in(app, told)
    versions = {package.name: package.version for package in packages}
    versions |= {package.name.replace("-", "_"): package.version for package in packages}
    parts = find_parts(root, files, rules, packages=versions, told=told_versions(app))
    ours = tuple(name for name in files if name.startswith(_OURS))
    interpreter = tuple(name for name in files if _OF_THE_INTERPRETER.match(name))
    of_packages = {f"app/{name}" for package in packages for name in package.files}
    of_parts = {name for part in parts if not part.within for name in part.files}
    compiled = {name for name in files if _is_compiled(root / name)}
    unknown = set(files) - {*ours, *interpreter, *of_packages, *of_parts}
    system = [system_library(name) for name in sorted(unknown & compiled)]
    left = sorted(unknown - compiled) + sorted(
        name
        for name in compiled & of_packages
        if name not in of_parts and not _EXTENSION.search(name)
    )
    if left:
        raise NotExplained("\n".join(f"{name}: nobody’s" for name in left))
    version = (root / "VERSION").read_text(encoding="ascii").strip()
    return Content(version, packages, parts, system, ours, interpreter, told)


def _files(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir()
    )


def _is_compiled(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == _ELF


# -- components ----------------------------------------------------------------------------------


class Bom:
    """The components of a tree as CycloneDX wants them; digests are of the files in the tree."""

    def __init__(self, root: Path, content: Content, texts: Mapping[str, Sequence[str]]) -> None:
        self._root, self._content, self._texts = root, content, texts
        self._digests: dict[str, str] = {}

    def document(self, moment: datetime) -> dict[str, object]:
        components = [
            self._interpreter(),
            *(self._package(package) for package in self._content.packages),
            *(self._part(part) for part in self._content.parts),
            *(self._library(library) for library in self._content.system),
        ]
        components.sort(key=lambda component: str(component["bom-ref"]))
        body = json.dumps(components, sort_keys=True)
        return {
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, body)}",
            "version": 1,
            "metadata": {
                "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "lifecycles": [{"phase": "post-build"}],
                "component": self._application(),
            },
            "components": components,
            "dependencies": self._dependencies(),
        }

    def _application(self) -> dict[str, object]:
        name, version = "cport-desktop", self._content.version
        return self._component("application", name, version, "EUPL-1.2", self._content.ours)

    def _interpreter(self) -> dict[str, object]:
        version, files = platform.python_version(), self._content.interpreter
        made = self._component("platform", "cpython", version, "Python-2.0.1", files)
        return {**made, "cpe": f"cpe:2.3:a:python:python:{version}:*:*:*:*:*:*:*"}

    def _package(self, package: Package) -> dict[str, object]:
        files = [f"app/{name}" for name in package.files]
        ref = f"pkg:pypi/{package.name}@{package.version}"
        made = self._component(
            "library", package.name, package.version, package.licence, files, purl=ref
        )
        inner = [
            {
                "type": "library",
                "bom-ref": f"{part.purl}#in-{package.name}",
                "name": part.name,
                "version": part.version,
                "purl": part.purl,
                **({"licenses": [{"expression": part.licence}]} if part.licence else {}),
                "properties": [
                    {"name": "cport:how-known", "value": f"told by the wheel {package.name}"}
                ],
            }
            for part in package.inner
        ]
        return {**made, "components": inner} if inner else made

    def _part(self, part: Part) -> dict[str, object]:
        made = self._component(
            "data" if part.files[0].startswith("app/resources/") else "library",
            part.name,
            part.version,
            part.licence,
            part.files,
            ref=part_ref(part),
        )
        properties = [
            *self._properties(part.files),
            {"name": "cport:how-known", "value": part.how_known},
        ]
        return {**made, "properties": properties}

    def _library(self, library: SystemLibrary) -> dict[str, object]:
        made = self._component(
            "library",
            library.package,
            library.version,
            None,
            [library.file],
            purl=f"pkg:deb/debian/{library.package}@{library.version}?arch=amd64",
            ref=f"system:{library.file}",
        )
        source = {"name": "cport:source-package", "value": library.source}
        return {**made, "properties": [*self._properties([library.file]), source]}

    def _component(
        self,
        kind: str,
        name: str,
        version: str,
        licence: str | None,
        files: Sequence[str],
        *,
        purl: str | None = None,
        ref: str | None = None,
    ) -> dict[str, object]:
        known = "" if version.startswith(UNKNOWN) else f"@{version}"
        url = purl or f"pkg:generic/{name}{known}"
        texts = self._texts[ref or url]
        named: dict[str, object] = {"license": {"name": f"as in {texts[0]}"}}
        made: dict[str, object] = {
            "type": kind,
            "bom-ref": ref or url,
            "name": name,
            "version": version,
            "licenses": [named if licence is None else {"expression": licence}],
            "purl": url,
            "properties": self._properties(files),
        }
        if len(files) == 1:
            made["hashes"] = [{"alg": "SHA-256", "content": self._digest(files[0])}]
        compiled = [name for name in files if _is_compiled(self._root / name)]
        if compiled:
            made["evidence"] = {"occurrences": [{"location": name} for name in compiled]}
        return made

    def _properties(self, files: Sequence[str]) -> list[dict[str, str]]:
        """How many files, and one digest over all of them: SHA-256 of `sha256sum`'s lines."""
        lines = "".join(f"{self._digest(name)}  {name}\n" for name in sorted(files))
        return [
            {"name": "cport:files", "value": str(len(files))},
            {"name": "cport:files-sha256", "value": hashlib.sha256(lines.encode()).hexdigest()},
        ]

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            with (self._root / name).open("rb") as file:
                self._digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digests[name]

    def _dependencies(self) -> list[dict[str, object]]:
        """The program leans on everything; a package on the parts that lie in it."""
        refs = references(self._content)
        owner = {f"app/{n}": p for p in self._content.packages for n in p.files}
        below: dict[str, set[str]] = {ref: set() for ref in refs}
        for part in self._content.parts:
            for name in part.files:
                if name in owner:
                    package = owner[name]
                    below[f"pkg:pypi/{package.name}@{package.version}"].add(part_ref(part))
        application = f"pkg:generic/cport-desktop@{self._content.version}"
        edges = {**below, application: set(refs) - {application}}
        return [{"ref": ref, "dependsOn": sorted(edges[ref])} for ref in sorted(edges)]


def part_ref(part: Part) -> str:
    return f"part:{part.name}:{part.files[0]}"


def references(content: Content) -> list[str]:
    """The name of each component within the list, our own first."""
    return [
        f"pkg:generic/cport-desktop@{content.version}",
        f"pkg:generic/cpython@{platform.python_version()}",
        *(f"pkg:pypi/{package.name}@{package.version}" for package in content.packages),
        *(part_ref(part) for part in content.parts),
        *(f"system:{library.file}" for library in content.system),
    ]


# -- licences ------------------------------------------------------------------------------------


def collect_licences(content: Content, texts: LicenceTexts) -> dict[str, list[str]]:
    """Every text into the tree; where they stand, by component.

    Raises:
        TextMissing: a component has none.
    """
    ours, python, *_ = references(content)
    found = {ours: [texts.ours()], python: texts.interpreter()}
    for package in content.packages:
        said = content.told.get(package.name)
        further = said.texts if said is not None else ()
        ref = f"pkg:pypi/{package.name}@{package.version}"
        found[ref] = texts.of_package(package, further)
    names = {package.name: package for package in content.packages}
    for part in content.parts:
        found[part_ref(part)] = texts.of_part(part, names)
    for library in content.system:
        found[f"system:{library.file}"] = [texts.of_system(library)]
    return found


def overview(document: Mapping[str, object], texts: Mapping[str, Sequence[str]]) -> str:
    """`licences/README.txt`: a line for each component, for people."""
    components = document["components"]
    assert isinstance(components, list)
    lines = [
        "What is inside this release, under which licence, and where its text stands.",
        "The same for machines, with every file’s owner: sbom.cdx.json (CycloneDX 1.6).",
        "The program itself: EUPL-1.2, in EUPL-1.2.txt.",
        "",
    ]
    for component in sorted(components, key=lambda each: (each["name"], each["bom-ref"])):
        licence = component["licenses"][0]
        told = licence.get("expression") or licence["license"]["name"]
        lines.append(f"{component['name']} {component['version']}: {told}")
        lines += [f"    {text.removeprefix('licences/')}" for text in texts[component["bom-ref"]]]
    return "\n".join(lines) + "\n"


# -- the build step ------------------------------------------------------------------------------


def validate(document: str) -> None:
    """Raises `NotExplained` if the list is not as CycloneDX 1.6 wants it."""
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(document)
    if wrong is not None:
        raise NotExplained(f"{BOM} is no CycloneDX 1.6: {wrong}")


def write(root: Path, moment: datetime, rules_file: Path = RULES) -> dict[str, object]:
    """`sbom.cdx.json` and `licences/` in the tree, in place of earlier ones; answers the list."""
    shutil.rmtree(root / "licences", ignore_errors=True)
    content = content_of(root, rules_file)
    texts = collect_licences(content, LicenceTexts(root))
    document = Bom(root, content, texts).document(moment)
    told = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    validate(told)
    (root / BOM).write_text(told, encoding="utf-8")
    (root / "licences" / "README.txt").write_text(overview(document, texts), encoding="utf-8")
    settle_times(root, [root / BOM, *(root / "licences").rglob("*"), root / "licences"], moment)
    return document


def settle_times(root: Path, written: Iterable[Path], moment: datetime) -> None:
    """Times and permissions of what was written are those of the release."""
    for path in (*written, root):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def main(arguments: list[str] | None = None) -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("tree", type=Path)
    root = made.parse_args(arguments).tree
    moment = datetime.fromtimestamp((root / "VERSION").stat().st_mtime, UTC)
    try:
        document = write(root, moment)
    except (NotExplained, TextMissing) as error:
        print(f"No list of what is inside can be made.\n{error}", file=sys.stderr)
        return 1
    components = document["components"]
    assert isinstance(components, list)
    print(f"{root / BOM}: {len(components)} components, each with its licence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
