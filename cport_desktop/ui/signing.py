"""What the window may ask for about who signs packages, who receives them, and time stamps of packages
that are written.

`Signing` belongs to an open vault and is filled by `ui.signing_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose. A PIN is handed
over with the one intention that needs it, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cport_desktop.domain.kept_signer import KeptRecipient
from cport_desktop.usecases.package_signers import SignerShown


@dataclass(frozen=True, slots=True)
class SignedBy:
    """By whom a package is signed: a kept signer, the key and certificate of a PEM file, or (neither) the
    certificate that the portal issued. `pin` and `module` reach the token of a kept one; `stamps`: the
    address of an authority that stamps the signature, empty for none.
    """

    kept: str = ""
    pem: Path | None = None
    pin: str = field(default="", repr=False)
    module: Path | None = None
    stamps: str = ""


BY_OWN: Final = SignedBy()
"""With the certificate that the portal issued, and no time stamp."""


@dataclass(frozen=True, slots=True)
class TokenOrder:
    """Where the key of a signer is: `token` (label or serial number) and `key` (label, or id in hex) may
    be empty if there is only one.
    """

    module: Path
    token: str
    key: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignerOrder:
    """A signer to be kept. `token`: None where the key is in the file, too."""

    name: str
    pem: Path
    token: TokenOrder | None = None


@dataclass(frozen=True, slots=True)
class Stamped:
    """A time stamp that stands beside its package."""

    path: Path
    authority: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Signing:
    """Intentions about signers, recipients and stamps."""

    own: Callable[[], SignerShown | None]
    """The certificate that the portal issued; None while there is none."""
    signers: Callable[[], tuple[SignerShown, ...]]
    keep_signer: Callable[[SignerOrder], SignerShown]
    remove_signer: Callable[[str], None]
    recipients: Callable[[], tuple[KeptRecipient, ...]]
    keep_recipient: Callable[[str, str], KeptRecipient]
    """(name, a public key or the path of a file with one)."""
    remove_recipient: Callable[[str], None]
    stamp: Callable[[Path, str], Stamped]
    """(package, address of the authority): asked by network; only a digest leaves."""
    write_question: Callable[[Path, Path], None]
    """(package, new file)."""
    take_answer: Callable[[Path, Path], Stamped]
    """(package, the authority's answer)."""
