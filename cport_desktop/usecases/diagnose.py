"""What this machine has and lacks, each finding with what to do. Works without a vault."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cport_desktop.errors import NotAVault, VaultError
from cport_desktop.media.sandbox import Sandbox, SandboxLevel
from cport_desktop.media.self_test import self_test
from cport_desktop.vault.database import cipher_version
from cport_desktop.vault.label import read_label
from cport_desktop.words import labels

REQUIRED = (
    "sqlcipher3",
    "cryptography",
    "httpx",
    "msgspec",
    "pyHanko",
    "pyrage",
    "Pillow",
    "av",
    "pdqhash",
    "ImageHash",
    "reportlab",
)
WINDOW_ONLY = ("PySide6-Essentials",)

LITTLE_SPACE = 2 * 1024**3
"""Bytes; below this a first sync of a year's media may fill the disk."""


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"
    """A hard requirement fails."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at; `advice` is empty where nothing is to be done."""

    name: str
    verdict: Verdict
    found: str
    advice: str = ""


def diagnose(sandbox: Sandbox, vault_directory: Path | None) -> tuple[Diagnosis, ...]:
    """Everything that the product leans on, in the order in which it is needed."""
    return (
        _python(),
        *_libraries(),
        _cipher(),
        _confinement(sandbox),
        *_vault(vault_directory),
        _swap(Path("/proc/swaps")),
        _space(vault_directory or Path.home()),
    )


def _python() -> Diagnosis:
    version = platform.python_version()
    good = (3, 11) <= tuple(int(part) for part in version.split(".")[:2]) < (3, 14)
    return Diagnosis(
        "Python",
        Verdict.OK if good else Verdict.MISSING,
        version,
        "" if good else "Use Python 3.11, 3.12 or 3.13.",
    )


def _libraries() -> Iterator[Diagnosis]:
    for name in (*REQUIRED, *WINDOW_ONLY):
        try:
            yield Diagnosis(name, Verdict.OK, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            verdict = Verdict.MISSING if name in REQUIRED else Verdict.WARNING
            yield Diagnosis(name, verdict, "not installed", "Run make demo once, or reinstall.")


def _cipher() -> Diagnosis:
    version = cipher_version()
    if version:
        return Diagnosis("Database encryption", Verdict.OK, f"SQLCipher {version}")
    return Diagnosis(
        "Database encryption",
        Verdict.MISSING,
        "the database library does not encrypt",
        "Reinstall; an SQLite without SQLCipher was loaded.",
    )


def _confinement(sandbox: Sandbox) -> Diagnosis:
    name = "Confined decoder"
    report = self_test(sandbox)
    if report.works and report.level is not SandboxLevel.NONE:
        return Diagnosis(name, Verdict.OK, labels.sandbox_level(report.level.value))
    return Diagnosis(
        name,
        Verdict.MISSING,
        "no child can be confined here",
        "Media files wait at the portal; everything else works.",
    )


def _vault(directory: Path | None) -> Iterator[Diagnosis]:
    if directory is None:
        yield Diagnosis("Vault", Verdict.OK, "none named", "Name one with --vault to look at it.")
        return
    try:
        header = read_label(directory)
    except NotAVault:
        yield Diagnosis("Vault", Verdict.WARNING, "no vault in this folder", "cport vault create")
    except VaultError as error:
        yield Diagnosis("Vault", Verdict.MISSING, error.code, "cport vault check --deep")
    else:
        slots = ", ".join(f"{slot.kind} ({slot.name})" for slot in header.slots)
        yield Diagnosis("Vault", Verdict.OK, f"{header.nature.value}, key slots: {slots}")


def _swap(table: Path) -> Diagnosis:
    """Content that is decrypted in memory may be written to swap, in the clear."""
    try:
        devices = [line.split()[0] for line in table.read_text().splitlines()[1:]]
    except OSError:
        return Diagnosis("Swap", Verdict.OK, "not known here")
    on_disk = [device for device in devices if "zram" not in device]
    if not on_disk:
        return Diagnosis("Swap", Verdict.OK, "off" if not devices else "compressed memory only")
    return Diagnosis(
        "Swap",
        Verdict.WARNING,
        ", ".join(on_disk),
        "Make sure that it is encrypted, or switch it off.",
    )


def _space(path: Path) -> Diagnosis:
    while not path.exists():
        path = path.parent
    free = shutil.disk_usage(path).free
    enough = free >= LITTLE_SPACE
    return Diagnosis(
        "Free space",
        Verdict.OK if enough else Verdict.WARNING,
        f"{free / 1024**3:.1f} GiB",
        "" if enough else "Make room before the next sync.",
    )
