"""Packages from colleagues, as the window asks for them: looked at, taken in, listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.crypto.recipients import LARGEST_KEY_FILE, read_identities
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.imported import ImportedPackage, ImportPreview, ImportRecord, Origin
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.errors import InputUnreadable
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.usecases import import_package as imports
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.usecases.import_package import Looker, Parcel
from cport_desktop.usecases.package_receipts import write_receipt
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class ColleaguesPackage:
    """The files that somebody named; `case`: its number, if its reports are to go into one."""

    file: Path
    identity: Path | None
    authority: Path
    case: int | None


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Intentions about packages from colleagues."""

    page: Callable[[int, str | None], Page[ImportRecord]]
    """Packages that were taken in, the newest first."""
    look: Callable[[ColleaguesPackage, Announce, IsCancelled], ImportPreview]
    take_in: Callable[[ColleaguesPackage, Announce, IsCancelled], ImportedPackage]
    receipt: Callable[[ImportedPackage, Path], None]
    """A signed receipt for the sender stands in a new file, and in the register."""
    origins: Callable[[ReportId], tuple[Origin, ...]]
    """Which packages brought a report."""


class FromColleagues:
    """Every method may be called from any lane. `or_locked`: an import ends with the vault, too."""

    def __init__(
        self,
        workstation: Workstation,
        vault: Vault,
        decoders: Callable[[], Sandbox],
        or_locked: Callable[[IsCancelled], IsCancelled],
    ) -> None:
        self._workstation = workstation
        self._vault = vault
        self._decoders = decoders
        self._or_locked = or_locked

    def page(self, limit: int, after: str | None) -> Page[ImportRecord]:
        del limit, after  # One page takes all of them.
        return Page(imports.list_imports(self._vault), None, 0.0)

    def look(
        self, package: ColleaguesPackage, announce: Announce, is_cancelled: IsCancelled
    ) -> ImportPreview:
        return imports.preview_import(
            self._vault, _parcel(package), self._looker(announce, is_cancelled)
        )

    def take_in(
        self, package: ColleaguesPackage, announce: Announce, is_cancelled: IsCancelled
    ) -> ImportedPackage:
        looker = self._looker(announce, is_cancelled)
        imported, _ = imports.import_package(self._vault, _parcel(package), looker)
        return imported

    def receipt(self, imported: ImportedPackage, path: Path) -> None:
        signer = own_signer(self._vault, self._workstation.signer)
        write_receipt(self._vault, imported, path, signer)

    def origins(self, report_id: ReportId) -> tuple[Origin, ...]:
        return imports.origins_of(self._vault, report_id)

    def _looker(self, announce: Announce, is_cancelled: IsCancelled) -> Looker:
        return Looker(self._decoders(), announce, self._or_locked(is_cancelled))


def _parcel(package: ColleaguesPackage) -> Parcel:
    identities = () if package.identity is None else read_identities(_content(package.identity))
    return Parcel(package.file, identities, _content(package.authority), package.case)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY_FILE + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "") from error
