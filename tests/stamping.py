"""An authority of time stamps for tests: in memory, and over HTTP on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from tests.exports.synthetic import NOW, Authority, authority


@dataclass(frozen=True)
class StampAuthority:
    """`root` is what a reader has to rely on."""

    root: Authority
    stamper: DummyTimeStamper

    def ask(self, question: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(question)
        return bytes(self.stamper.request_tsa_response(asked).dump())


def stamp_authority(
    at: datetime = NOW, *, root: Authority | None = None, purpose: bool = True
) -> StampAuthority:
    """One that says `at` to every question. Without `purpose` its certificate is not for this."""
    trusted = root or authority("Stamp Root")
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stamp Office")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(trusted.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=250))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    if purpose:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    certificate = builder.sign(trusted.key, hashes.SHA256())
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
        fixed_dt=at,
    )
    return StampAuthority(trusted, stamper)


@contextmanager
def stamp_office(office: StampAuthority) -> Iterator[str]:
    """The address at which `office` answers, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            is_asked = self.headers["Content-Type"] == "application/timestamp-query"
            self.send_response(200 if is_asked and self.path == "/" else 404)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            if is_asked:
                self.wfile.write(office.ask(question))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Nothing on the terminal of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
