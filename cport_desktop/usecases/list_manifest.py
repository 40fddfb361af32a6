"""What the manifest beside a file of digests says holds for the file, or the file is refused.

Whoever hands a list out says in it which file it is, whether that is known material or harmless files, of
which region its categories are, and whether it is whole. Who said so is checked against an authority that
a person names; without one, a signature only has to fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cport_desktop.crypto.authority_path import verify_detached
from cport_desktop.crypto.signing import LONGEST_SIGNATURE, check_integrity
from cport_desktop.domain.nature import Nature, require_same_nature
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    HashListUnreadable,
    InputUnreadable,
    MalformedMessage,
    MessageTooLarge,
)
from cport_desktop.exports.hash_lists.side_manifest import manifest_path, signature_path
from cport_desktop.formats.lists.manifest_file import (
    LARGEST_MANIFEST,
    ListManifest,
    parse_manifest,
)
from cport_desktop.usecases.permission import require
from cport_desktop.vault.vault import Vault
from cport_desktop.words import list_files
from cport_desktop.words import list_manifests as words


@dataclass(frozen=True, slots=True)
class Beside:
    """The manifest of a file, who signed it (None: nobody), and which authority vouches for them (None:
    nobody was asked).
    """

    manifest: ListManifest
    signer: str | None
    authority: str | None

    def require_file(self, sha256: str) -> None:
        """Nothing, if the file with this digest is the one that it speaks of.

        Raises:
            HashListUnreadable: it is another.
        """
        if self.manifest.sha256 != sha256:
            raise HashListUnreadable(cause=words.OTHER_FILE)


def manifest_beside(vault: Vault, path: Path, *, trust: bytes | None) -> Beside | None:
    """The manifest of the file at `path`, None if there is none. `trust`: certificates (PEM), under one of
    which it must be signed; None: whoever signed it, or nobody.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        HashListUnreadable: what stands there is none, none stands there or nobody signed it though
            `trust` is named, or it says that the file is a difference.
        SignatureInvalid: the signature does not fit, or goes back to none of `trust`.
        NatureRefused: the list is synthetic and the vault live, or the other way round.
        InputUnreadable: it cannot be read. KeyFileMalformed: `trust` holds no certificate.
    """
    require(vault, Role.ANALYST)
    beside = manifest_path(path)
    content = _bytes_of(beside, LARGEST_MANIFEST)
    if content is None:
        if trust is not None:
            raise HashListUnreadable(cause=words.NO_MANIFEST)
        return None
    signature = _bytes_of(signature_path(path), LONGEST_SIGNATURE)
    signer = authority = None
    if signature is not None:
        facts = (
            check_integrity(signature, content)
            if trust is None
            else verify_detached(signature, content, trust)
        )
        signer, authority = facts.name, facts.authority
    elif trust is not None:
        raise HashListUnreadable(cause=words.NOT_SIGNED)
    try:
        manifest = parse_manifest(content)
    except (MalformedMessage, MessageTooLarge) as error:
        raise HashListUnreadable(cause=words.unreadable(beside.name)) from error
    require_same_nature(vault.nature, Nature.DEMO if manifest.is_synthetic else Nature.LIVE)
    if not manifest.is_whole:
        raise HashListUnreadable(cause=list_files.DIFFERENCE)
    return Beside(manifest, signer, authority)


def _bytes_of(path: Path, limit: int) -> bytes | None:
    """What stands there, a little more than `limit` at most; None if nothing does."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        cause = error.strerror or "unknown"
        raise InputUnreadable(path=str(path), cause=cause) from error
