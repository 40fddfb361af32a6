"""Package signatures (CAdES-B) as a port, and Ed25519 for messages.

A `Signer` is a certificate with something that can sign for it: a key file now, a token later.
"""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    @property
    def name(self) -> str:
        """Subject of the certificate, for people (its common name)."""
        ...

    @property
    def certificate(self) -> bytes:
        """The signer's certificate, PEM."""
        ...

    def sign_detached(self, data: bytes) -> bytes:
        """A detached CAdES-B signature over `data`: CMS SignedData in DER."""
        ...
