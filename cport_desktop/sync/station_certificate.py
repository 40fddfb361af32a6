"""The certificate with which a station shows itself when TLS begins.

OpenSSL takes keys from files only. What it is given here is encrypted under a passphrase that was
made for this once and is nowhere else: in a file that exists in memory alone (Linux), or for some
milliseconds in this user's folder for temporary files.
"""

from __future__ import annotations

import os
import secrets
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from cport_desktop.errors import KeyFileMalformed

_WHAT = "this station's certificate for the portal"


@dataclass(frozen=True, slots=True)
class StationCertificate:
    """`certificate`: PEM, as the portal issued it; `private_key`: PKCS#8 in DER."""

    certificate: bytes
    private_key: bytes = field(repr=False)

    def valid_until(self) -> datetime:
        """When its time is over.

        Raises:
            KeyFileMalformed: it is no certificate.
        """
        try:
            return x509.load_pem_x509_certificate(self.certificate).not_valid_after_utc
        except ValueError as error:
            raise KeyFileMalformed(what=_WHAT) from error


def certificate_in(untrusted_pem: bytes, untrusted_key: bytes) -> StationCertificate:
    """A certificate and its key out of files in PEM.

    Raises:
        KeyFileMalformed: they are no certificate and unencrypted key.
    """
    try:
        key = serialization.load_pem_private_key(untrusted_key, password=None)
        certificate = x509.load_pem_x509_certificate(untrusted_pem)
    except (ValueError, TypeError) as error:
        raise KeyFileMalformed(what=_WHAT) from error
    return StationCertificate(
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def present(context: ssl.SSLContext, shown: StationCertificate) -> None:
    """Connections of `context` show the certificate to whoever asks for it.

    Raises:
        KeyFileMalformed: it is no certificate, or its key is another's.
    """
    passphrase = secrets.token_hex(32)
    try:
        key = serialization.load_der_private_key(shown.private_key, password=None)
        sealed = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode()),
        )
        with _file_with(sealed + shown.certificate) as path:
            context.load_cert_chain(path, password=passphrase)
    except (ValueError, TypeError, ssl.SSLError) as error:
        raise KeyFileMalformed(what=_WHAT) from error


@contextmanager
def _file_with(content: bytes) -> Iterator[str]:
    """The path of a file with `content`, for as long as the block lasts."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("certificate", os.MFD_CLOEXEC)
        try:
            os.write(descriptor, content)
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)
        return
    descriptor, name = tempfile.mkstemp(prefix="cport-")
    try:
        os.write(descriptor, content)
        os.close(descriptor)
        yield name
    finally:
        with suppress(OSError):
            Path(name).unlink()
