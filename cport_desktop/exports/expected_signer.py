"""Who must have signed: somebody known by name, by a certificate, or by its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from cport_desktop.crypto.signing import SignerFacts
from cport_desktop.errors import KeyFileMalformed


@dataclass(frozen=True, slots=True)
class ExpectedSigner:
    """`text` is a common name or the SHA-256 of a certificate (hex); `certificate` (DER) beats it."""

    text: str
    certificate: bytes | None = None

    def is_met_by(self, facts: SignerFacts) -> bool:
        """Whether the signer of `facts`, whose signature was found intact, is this one."""
        found = x509.load_pem_x509_certificate(facts.certificate)
        if self.certificate is not None:
            return found.public_bytes(Encoding.DER) == self.certificate
        return self.text in (facts.name, found.fingerprint(hashes.SHA256()).hex())


def expected_from(text: str, content: bytes | None) -> ExpectedSigner:
    """Who `text` expects; `content` is what stands in the file that it names, if it names one.

    Raises:
        KeyFileMalformed: no certificate stands in that file.
    """
    if content is None:
        return ExpectedSigner(text)
    try:
        if b"-----BEGIN" in content:
            certificate = x509.load_pem_x509_certificates(content)[0]
        else:
            certificate = x509.load_der_x509_certificate(content)
    except ValueError as error:
        raise KeyFileMalformed(what="certificate of the expected signer") from error
    return ExpectedSigner(text, certificate.public_bytes(Encoding.DER))
