"""What this machine has and lacks, each finding with what to do. Works without a vault."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from cport_desktop.domain.keeping import Diagnosis, Verdict
from cport_desktop.domain.process_state import ProcessState
from cport_desktop.errors import CportError, NotAVault, RestoreUnfinished, VaultError
from cport_desktop.media.attempts import Outcome
from cport_desktop.media.sandbox import Sandbox, SandboxLevel
from cport_desktop.media.self_test import self_test
from cport_desktop.vault.database import cipher_version
from cport_desktop.vault.key_slots import PublicFacts
from cport_desktop.vault.label import read_label
from cport_desktop.vault.slot_keyring import FindKeyring, session_keyring, trusted_keyring
from cport_desktop.vault.surroundings import hazards_of
from cport_desktop.words import diagnosis as words
from cport_desktop.words import labels, places

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
    "keyring",
    "python-pkcs11",
)
WINDOW_ONLY = ("PySide6-Essentials",)

LITTLE_SPACE = 2 * 1024**3
"""Bytes; below this a first sync of a year's media may fill the disk."""


def diagnose(
    sandbox: Sandbox,
    vault_directory: Path | None,
    *,
    process: ProcessState,
    find_keyring: FindKeyring = session_keyring,
) -> tuple[Diagnosis, ...]:
    """Everything that the product leans on, in the order in which it is needed."""
    label = None if vault_directory is None else _label(vault_directory)
    facts = label if isinstance(label, PublicFacts) else None
    return (
        _python(),
        *_libraries(),
        _cipher(),
        _confinement(sandbox),
        _process(process),
        _memory(process),
        _swap(Path("/proc/swaps")),
        _keyring(find_keyring, facts),
        _vault(label),
        *_place(vault_directory),
        _space(vault_directory or Path.home()),
    )


def _python() -> Diagnosis:
    version = platform.python_version()
    good = (3, 11) <= tuple(int(part) for part in version.split(".")[:2]) < (3, 14)
    if good:
        return Diagnosis("python", words.PYTHON, Verdict.OK, version)
    return Diagnosis("python", words.PYTHON, Verdict.MISSING, version, words.USE_ANOTHER_PYTHON)


def _libraries() -> Iterator[Diagnosis]:
    for name in (*REQUIRED, *WINDOW_ONLY):
        code = f"library.{name.casefold()}"
        try:
            yield Diagnosis(code, name, Verdict.OK, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            verdict = Verdict.MISSING if name in REQUIRED else Verdict.WARNING
            yield Diagnosis(code, name, verdict, words.NOT_INSTALLED, words.REINSTALL)


def _cipher() -> Diagnosis:
    code, name, version = "cipher", words.ENCRYPTION, cipher_version()
    if version:
        return Diagnosis(code, name, Verdict.OK, f"SQLCipher {version}")
    return Diagnosis(code, name, Verdict.MISSING, words.NO_ENCRYPTION, words.REINSTALL_CIPHER)


def _confinement(sandbox: Sandbox) -> Diagnosis:
    code, name, report = "sandbox", words.DECODER, self_test(sandbox)
    level = labels.sandbox_level(report.confinement.code)
    if report.confinement.is_unproven:
        return Diagnosis(code, name, Verdict.MISSING, level, words.WITHOUT_DECODER)
    if not report.works:
        is_none = report.level is SandboxLevel.NONE
        found = words.NO_DECODER if is_none else words.not_enough(level)
        return Diagnosis(code, name, Verdict.MISSING, found, words.WITHOUT_DECODER)
    tried = tuple(each for each in sandbox.try_out() if each.outcome is not Outcome.UNKNOWN)
    reached = [each.name for each in tried if each.outcome is Outcome.REACHED]
    if reached:
        found = words.leaky(level, reached, len(tried))
        return Diagnosis(code, name, Verdict.WARNING, found, words.LEAKY_DECODER)
    return Diagnosis(code, name, Verdict.OK, words.confined(level, len(tried)))


def _process(state: ProcessState) -> Diagnosis:
    code, name = "process", words.PROCESS
    if state.is_private:
        return Diagnosis(code, name, Verdict.OK, words.PROCESS_PRIVATE)
    found = words.process(cores=state.writes_cores, readable=state.is_readable, umask=state.umask)
    return Diagnosis(code, name, Verdict.WARNING, found, words.PROCESS_ADVICE)


def _memory(state: ProcessState) -> Diagnosis:
    code, name = "memory", words.MEMORY
    if state.is_locked_in_memory is None:
        return Diagnosis(code, name, Verdict.OK, words.UNKNOWN)
    if state.is_locked_in_memory:
        return Diagnosis(code, name, Verdict.OK, words.MEMORY_LOCKED)
    # What matters is whether there is a swap at all, and that has a line of its own.
    return Diagnosis(code, name, Verdict.OK, words.MEMORY_NOT_LOCKED, words.MEMORY_ADVICE)


def _keyring(find: FindKeyring, facts: PublicFacts | None) -> Diagnosis:
    """A convenience only, unless a slot of the vault depends on it."""
    code, name = "keyring", words.KEYRING
    try:
        return Diagnosis(code, name, Verdict.OK, trusted_keyring(find).name)
    except CportError:
        is_needed = facts is not None and any(slot.kind == "keyring" for slot in facts.slots)
    if is_needed:
        return Diagnosis(code, name, Verdict.WARNING, words.KEYRING_NONE, words.KEYRING_NEEDED)
    return Diagnosis(code, name, Verdict.OK, words.KEYRING_NONE)


def _label(directory: Path) -> PublicFacts | VaultError:
    try:
        return read_label(directory)
    except VaultError as error:
        return error


def _vault(label: PublicFacts | VaultError | None) -> Diagnosis:
    code, name = "vault", words.VAULT
    match label:
        case None:
            return Diagnosis(code, name, Verdict.OK, words.NO_VAULT_NAMED, words.NAME_A_VAULT)
        case RestoreUnfinished():
            return Diagnosis(code, name, Verdict.WARNING, words.NO_VAULT, words.RESTORE_AGAIN)
        case NotAVault():
            return Diagnosis(code, name, Verdict.WARNING, words.NO_VAULT, words.CREATE_A_VAULT)
        case VaultError():
            return Diagnosis(code, name, Verdict.MISSING, label.code, words.LOOK_AT_VAULT)
        case PublicFacts():
            kinds = ", ".join(f"{slot.kind} ({slot.name})" for slot in label.slots)
            found = f"{label.nature.value}, {words.slots(kinds)}"
            return Diagnosis(code, name, Verdict.OK, found)


def _place(directory: Path | None) -> Iterator[Diagnosis]:
    if directory is None:
        return
    hazards = hazards_of(directory)
    for hazard in hazards:
        message, advice = places.hazard(hazard.kind.value, what=hazard.what, where=hazard.where)
        code = f"place.{hazard.kind.value}"
        yield Diagnosis(code, places.PLACE, Verdict.WARNING, message, advice)
    if not hazards:
        yield Diagnosis("place", places.PLACE, Verdict.OK, places.PLACE_IS_FIT)


def _swap(table: Path) -> Diagnosis:
    """Content that is decrypted in memory may be written to swap, in the clear."""
    code, name = "swap", words.SWAP
    try:
        devices = [
            line.split()[0]
            for line in table.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
        ]
    except OSError:
        return Diagnosis(code, name, Verdict.OK, words.SWAP_UNKNOWN)
    on_disk = [device for device in devices if "zram" not in device]
    if not on_disk:
        found = words.SWAP_IN_MEMORY if devices else words.SWAP_OFF
        return Diagnosis(code, name, Verdict.OK, found)
    return Diagnosis(code, name, Verdict.WARNING, ", ".join(on_disk), words.SWAP_ADVICE)


def _space(path: Path) -> Diagnosis:
    while not path.exists():
        path = path.parent
    free = shutil.disk_usage(path).free
    found = words.space(free / 1024**3, None)
    if free >= LITTLE_SPACE:
        return Diagnosis("space", words.SPACE, Verdict.OK, found)
    return Diagnosis("space", words.SPACE, Verdict.WARNING, found, words.MAKE_ROOM)
