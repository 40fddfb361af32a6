"""The same package before both verifiers: the program's own and the one file for strangers."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

from cryptography import x509

from cport_desktop.crypto.recipients import Identity, print_identity
from cport_desktop.domain.package import Verification
from cport_desktop.errors import PackageMalformed
from cport_desktop.exports.expected_signer import expected_from
from cport_desktop.exports.verification import Terms, verify_by
from tests.exports.synthetic import NOW

STAND_ALONE = Path(__file__).parents[2] / "packaging" / "verify" / "verify_package.py"
Outcome = tuple[str, tuple[tuple[int, str, str, str, str | None], ...]]
"""The verdict, and of each step its number, name, state, sentence and cause."""
NO_PACKAGE: Outcome = ("no package", ())


def _loaded() -> ModuleType:
    name = "stand_alone_verifier"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, STAND_ALONE)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


stand_alone = _loaded()


@dataclass(frozen=True)
class Reader:
    """What somebody brings along who checks a package."""

    identities: Sequence[Identity] = ()
    trust: bytes | None = None
    signer: str | None = None
    signer_file: bytes | None = None
    stamp: bytes | None = None
    now: datetime = NOW


def by_the_program(blob: bytes, reader: Reader) -> Outcome:
    expected = None
    if reader.signer is not None:
        expected = expected_from(reader.signer, reader.signer_file)
    terms = Terms(reader.identities, reader.trust, expected, reader.stamp, reader.now)
    try:
        found: Verification = verify_by(io.BytesIO(blob), terms)
    except PackageMalformed:
        return NO_PACKAGE
    steps = [(s.number, s.name, s.state.value, s.detail, s.cause) for s in found.steps]
    return found.verdict.value, tuple(steps)


def by_the_one_file(blob: bytes, reader: Reader) -> Outcome:
    identities = [
        key
        for identity in reader.identities
        for key in stand_alone.read_identities(print_identity(identity))
    ]
    certificate = None
    if reader.signer_file is not None:
        certificate = x509.load_pem_x509_certificate(reader.signer_file)
    given = stand_alone.Given(
        identities=identities,
        anchors=None if reader.trust is None else stand_alone.read_anchors(reader.trust),
        signer=reader.signer,
        certificate=certificate,
        stamp=reader.stamp,
        now=reader.now,
    )
    try:
        check = stand_alone.Check(stand_alone.Source(io.BytesIO(blob)), given)
    except stand_alone.Unusable:
        return NO_PACKAGE
    steps = check.steps()
    return check.verdict(steps), tuple(tuple(step) for step in steps)


def agreed(blob: bytes, reader: Reader, what: str = "") -> Outcome:
    """What both say; a test fails where they differ in a verdict, state, cause or sentence."""
    ours, theirs = by_the_program(blob, reader), by_the_one_file(blob, reader)
    assert ours == theirs, what
    return ours


def cause(outcome: Outcome) -> str | None:
    """The code of the first fault."""
    return next((step[4] for step in outcome[1] if step[2] == "failed"), None)


def states(outcome: Outcome) -> str:
    return "".join(step[2][0] for step in outcome[1])
