"""Files of a colleague's package, on their way into sealed staging while the package goes by.

Each file: bytes out of the seal → sealed staging → digests and confined child → moved in, durable,
without a row that speaks of it. Only the one transaction of the import makes them held; if it never
comes, `drop` or the next opening of the vault takes all of them away. Nothing is decoded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Final, Self

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Examination
from cport_desktop.domain.progress import Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError, PackageMalformed
from cport_desktop.formats.package_members import media_in
from cport_desktop.media.hashing import DigestingStream
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.take_in_media import Examiner
from cport_desktop.usecases.unit_rules import decoding_terms
from cport_desktop.vault.intake import Examined, Intake, move_in
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import imports as words

LARGEST_LOT: Final = 32
"""Files that are flushed together: each has a descriptor open until then."""
MOST_PICTURES: Final = 512
"""Examinations whose pictures are kept until the files are held: 80 MB. Those of the files behind them
are made again from the files, as lost ones are (`rebuild_derivatives`).
"""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that is in its place and held by nobody yet; the examination without its pictures."""

    media_id: MediaId
    intake: Intake
    digests: Digests
    examination: Examination


@dataclass(slots=True)
class Staging:
    """Hears a package go by; `files` says which of its files are staged, and as which items."""

    vault: Vault
    examiner: Examiner
    files: Mapping[str, MediaId]
    staged: list[StagedFile] = field(default_factory=list)
    pictures: list[tuple[MediaId, Examination]] = field(default_factory=list)
    _lot: list[tuple[MediaId, Examined]] = field(default_factory=list)
    _open: list[Intake] = field(default_factory=list)
    _now: tuple[str, int, MediaId, Intake] | None = None

    def __post_init__(self) -> None:
        require(self.vault, Role.ANALYST)

    def begins(self, name: str, size: int) -> None:
        digest = media_in(name)
        media_id = None if digest is None else self.files.get(digest)
        if digest is not None and media_id is not None:
            intake = self.vault.intake_ahead(media_id, digest)
            self._open.append(intake)
            self._now = digest, size, media_id, intake

    def takes(self, piece: bytes) -> None:
        if self._now is not None:
            self._now[3].write(piece)

    def ends(self) -> None:
        if self._now is None:
            return
        digest, size, media_id, intake = self._now
        self._now = None
        examined = self._examined(digest, size, intake)
        if len(self.pictures) < MOST_PICTURES:
            self.pictures.append((media_id, examined.examination))
        plain = replace(examined.examination, veil=None, thumbnail=None, blurred=None)
        self._lot.append((media_id, replace(examined, examination=plain)))
        if len(self._lot) >= LARGEST_LOT:
            self.settle_lot()
        done = len(self.staged) + len(self._lot)
        self.examiner.announce(Progress(Phase.MEDIA, done, len(self.files)))

    def settle_lot(self) -> None:
        """All files so far are durable in their places."""
        move_in([examined for _, examined in self._lot])
        self.staged += [
            StagedFile(media_id, each.intake, each.digests, each.examination)
            for media_id, each in self._lot
        ]
        self._lot.clear()

    def enter(self, tx: Transaction) -> int:
        """The files are held once the transaction commits; how many. The items are announced in it."""
        for file in self.staged:
            file.intake.enter(tx, file.digests, file.examination)
        return len(self.staged)

    def keep_pictures(self) -> None:
        """What is held has its veil and thumbnail, as far as they were kept."""
        for media_id, examination in self.pictures:
            self.vault.derivatives.put(media_id, examination)

    def drop(self, error: CportError, sha256: str) -> None:
        """Nothing of any file is left, and that nothing was taken in is on record."""
        if not self._open:
            return
        with self.vault.transaction() as tx:
            for intake in self._open:
                intake.drop(tx)
            tx.record(
                AuditDraft(
                    action=AuditAction.COLLECTION,
                    verb="import_given_up",
                    object_kind=ObjectKind.PACKAGE,
                    object_reference=sha256,
                    reason=error.code,
                )
            )

    def _examined(self, digest: str, size: int, intake: Intake) -> Examined:
        stream = DigestingStream(intake.read())
        terms = decoding_terms(
            self.vault,
            size=size,
            announce=self.examiner.announce,
            is_cancelled=self.examiner.is_cancelled,
        )
        examination = self.examiner.sandbox.examine(stream, size=size, terms=terms)
        digests = stream.digests()
        if (digests.sha256, digests.size) != (digest, size):
            raise PackageMalformed(cause=words.CHANGED_MEANWHILE)
        return Examined(intake, digests, examination)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for intake in self._open:
            intake.close()
