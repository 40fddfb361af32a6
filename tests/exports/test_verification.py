"""Verification: an honest package passes every step, and nothing else does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import SignatureFault
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.package import StepState, Verification
from cport_desktop.errors import KeyFileMalformed, PackageMalformed
from cport_desktop.exports import records
from cport_desktop.exports.container import SYNTHETIC_COMMENT, as_written, fixed, write_container
from cport_desktop.exports.container_reader import Fault
from cport_desktop.exports.manifest import Reference, print_checksums, print_manifest
from cport_desktop.exports.seal_header import parse_header
from cport_desktop.exports.verification import verify
from cport_desktop.words import packages as words
from tests.exports.synthetic import (
    NOW,
    Sealed,
    authority,
    noise,
    package_content,
    sealed,
    signer_of,
)
from tests.exports.test_container import named

META = ("META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s")
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed()


@pytest.fixture(scope="module")
def files(package: Sealed) -> Files:
    with zipfile.ZipFile(io.BytesIO(opened(package))) as container:
        return {name: container.read(name) for name in container.namelist()}


def opened(package: Sealed) -> bytes:
    out = io.BytesIO()
    age.open(io.BytesIO(package.blob), out, [package.identity])
    return out.getvalue()


def check(package: Sealed, blob: bytes | None = None) -> Verification:
    return verify(
        io.BytesIO(package.blob if blob is None else blob),
        identities=[package.identity],
        trust=package.authority.pem,
        now=NOW,
    )


def rebuilt(files: Files, comment: bytes = SYNTHETIC_COMMENT) -> bytes:
    """A container of `files` as somebody would forge it who knows the format well."""
    members = [fixed(n, "text/plain", c) for n, c in files.items() if n != "mimetype"]
    return b"".join(write_container(as_written(members), at=NOW, comment=comment))


def resigned(files: Files, package: Sealed) -> bytes:
    """As `rebuilt`, with lists, manifest and a signature of a signer of the same authority."""
    data = {n: c for n, c in files.items() if n not in (*META, "mimetype", "manifest-sha256.txt")}
    data["manifest-sha256.txt"] = print_checksums(references(data))
    manifest = print_manifest(references(data))
    signature = signer_of(package.authority).sign_detached(manifest)
    return rebuilt(data | dict(zip(META, (manifest, signature), strict=True)))


def references(files: Files) -> list[Reference]:
    return [
        Reference(member.name, "text/plain", member.sha256)
        for member in (fixed(name, "", content) for name, content in sorted(files.items()))
    ]


def cause(verification: Verification) -> str | None:
    """The code of the first fault."""
    assert not verification.is_verified
    return next((s.cause for s in verification.steps if s.state is StepState.FAILED), None)


def states(verification: Verification) -> str:
    return "".join(step.state.value[0] for step in verification.steps)


def test_an_honest_package_passes_every_numbered_step(package: Sealed) -> None:
    verification = check(package)
    assert verification.is_verified
    assert [(s.number, s.name) for s in verification.steps] == [
        (1, "seal"),
        (2, "opening"),
        (3, "container"),
        (4, "manifest"),
        (5, "signature"),
        (6, "authority"),
        (7, "validity"),
        (8, "digests"),
        (9, "content"),
    ]


def test_a_live_package_passes_too() -> None:
    live = sealed(package_content(nature=Nature.LIVE))
    assert check(live).is_verified


def test_an_opened_package_passes_the_same_steps_without_its_seal(package: Sealed) -> None:
    verification = verify(io.BytesIO(opened(package)), identities=[], trust=package.authority.pem)
    assert verification.is_verified
    assert verification.steps[0].name == "container"


def test_without_an_identity_only_the_seal_is_checked(package: Sealed) -> None:
    verification = verify(io.BytesIO(package.blob), identities=[], trust=None)
    assert states(verification) == "pssssssss"
    assert not verification.is_verified
    assert "--identity" in verification.steps[1].detail


def test_every_seal_that_is_made_has_the_form_that_is_checked() -> None:
    """The sealing library adds stanzas of random form, which the check has to let through."""
    recipient = [Recipient("x", generate_identity().public)]
    for _ in range(300):
        out = io.BytesIO()
        age.seal(io.BytesIO(b"x"), out, recipient)
        assert parse_header(out.getvalue()).recipients == 1


def test_without_an_identity_a_cut_seal_is_noticed_by_its_form(package: Sealed) -> None:
    header = package.blob.index(b"\n--- ") + 49
    for length in (header, header + 16, header + 20, 100):
        blob = io.BytesIO(package.blob[:length])
        assert cause(verify(blob, identities=[], trust=None)) in ("seal_truncated", "seal_header")


def test_without_trust_the_authority_is_not_checked_and_nothing_is_verified(
    package: Sealed,
) -> None:
    verification = verify(io.BytesIO(package.blob), identities=[package.identity], trust=None)
    assert states(verification) == "pppppsppp"
    assert not verification.is_verified


def test_for_another_identity_it_does_not_open(package: Sealed) -> None:
    stranger = generate_identity()
    verification = verify(
        io.BytesIO(package.blob), identities=[stranger], trust=package.authority.pem
    )
    assert (cause(verification), states(verification)) == ("identity", "pfsssssss")


def test_under_another_authority_only_that_step_fails(package: Sealed) -> None:
    verification = verify(
        io.BytesIO(package.blob), identities=[package.identity], trust=authority().pem
    )
    assert (cause(verification), states(verification)) == ("authority", "pppppfppp")


def test_a_certificate_out_of_its_time_is_named() -> None:
    issuer = authority()
    late = signer_of(issuer, at=NOW + timedelta(days=9), valid_until=NOW + timedelta(days=1))
    verification = check(sealed(issuer=issuer, signer=late))
    assert cause(verification) == "expired"
    assert states(verification) == "pppppffpp"


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"%PDF-1.4 synthetic", bytes(100_000)])
def test_what_is_no_package_at_all_is_said_at_once(rubbish: bytes) -> None:
    with pytest.raises(PackageMalformed) as caught:
        verify(io.BytesIO(rubbish), identities=[], trust=None)
    assert caught.value.facts["cause"] == words.fault("neither")


def test_a_trust_file_without_certificate_is_said(package: Sealed) -> None:
    with pytest.raises(KeyFileMalformed):
        verify(io.BytesIO(package.blob), identities=[package.identity], trust=b"nothing")


def test_a_foreign_zip_is_refused_by_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"x")
    verification = verify(io.BytesIO(out.getvalue()), identities=[], trust=None)
    assert cause(verification) == "mimetype"


def test_a_sealed_file_without_a_package_inside_is_refused_by_name(package: Sealed) -> None:
    out = io.BytesIO()
    age.seal(io.BytesIO(b"rubbish"), out, [Recipient("x", package.identity.public)])
    assert cause(check(package, out.getvalue())) == "no_container"


def test_every_fault_has_a_sentence() -> None:
    assert {*Fault, *SignatureFault} <= set(words.FAULTS)


# -- a hundred forgeries and more -----------------------------------------------------------


def sealed_mutations(package: Sealed) -> Iterator[tuple[str, bytes]]:
    blob = package.blob
    for position in [*range(0, 700, 7), *range(700, len(blob), len(blob) // 60)]:
        changed = bytearray(blob)
        changed[position] ^= 1 << (position % 8)
        yield f"flip at {position}", bytes(changed)
    for length in (1, 16, 17, len(blob) // 2, len(blob) - 30):
        yield f"cut by {length}", blob[:-length]
    yield "something behind", blob + b"\0"
    yield "twice", blob + blob


def test_no_change_of_the_sealed_file_passes(package: Sealed) -> None:
    refused = 0
    for name, blob in sealed_mutations(package):
        try:
            is_verified = check(package, blob).is_verified
        except PackageMalformed:
            is_verified = False
        assert not is_verified, name
        refused += 1
    assert refused >= 150


def opened_mutations(files: Files) -> Iterator[tuple[str, bytes]]:
    for name, content in files.items():
        if name == "mimetype":
            continue
        for position in {0, len(content) // 3, len(content) // 2, len(content) - 1}:
            changed = bytearray(content)
            changed[position] ^= 0x04
            yield f"{name} changed at {position}", rebuilt(files | {name: bytes(changed)})
        yield f"{name} emptied", rebuilt(files | {name: b""})
        yield f"{name} longer", rebuilt(files | {name: content + b" "})
        rest = {other: c for other, c in files.items() if other != name}
        yield f"{name} removed", rebuilt(rest)
        yield f"{name} renamed", rebuilt(rest | {f"x{name}": content})
        yield f"{name} doubled", rebuilt(files | {f"x{name}": content})
    yield "a file added", rebuilt(files | {"media/extra.bin": b"x"})
    yield "a file added to META-INF", rebuilt(files | {"META-INF/extra.xml": b"x"})
    yield "comment removed", rebuilt(files, comment=b"")
    reports = sorted(name for name in files if name.startswith("reports/"))
    swapped = {reports[0]: files[reports[1]], reports[1]: files[reports[0]]}
    yield "two reports swapped", rebuilt(files | swapped)


def test_no_forged_container_passes(package: Sealed, files: Files) -> None:
    refused = 0
    for name, blob in opened_mutations(files):
        verification = verify(io.BytesIO(blob), identities=[], trust=package.authority.pem)
        assert cause(verification) is not None, name
        refused += 1
    assert refused >= 100


def test_a_forged_container_sealed_anew_to_the_same_recipient_does_not_pass(
    package: Sealed, files: Files
) -> None:
    forged = rebuilt(files | {"reports.csv": b"forged"})
    out = io.BytesIO()
    age.seal(io.BytesIO(forged), out, [Recipient("x", package.identity.public)])
    assert states(check(package, out.getvalue())) == "pppppppfp"


def test_every_flipped_byte_of_an_opened_package_is_found(package: Sealed) -> None:
    blob = opened(package)
    for position in range(0, len(blob), 41):
        changed = bytearray(blob)
        changed[position] ^= 0x10
        try:
            verification = verify(
                io.BytesIO(bytes(changed)), identities=[], trust=package.authority.pem
            )
        except PackageMalformed:
            continue
        assert not verification.is_verified, position


def test_the_signature_of_another_package_does_not_fit(package: Sealed, files: Files) -> None:
    other = sealed(package_content(2), issuer=package.authority)
    with zipfile.ZipFile(io.BytesIO(opened(other))) as container:
        swapped = {name: container.read(name) for name in META}
    assert cause(check(package, rebuilt(files | {META[1]: swapped[META[1]]}))) == "altered"
    assert cause(check(package, rebuilt(files | swapped))) in ("missing", "unreferenced")


def test_a_name_used_twice_in_the_container_is_refused(package: Sealed) -> None:
    twice = named("package.json", "package.json", *META)
    assert cause(check(package, twice)) == "name_twice"


# -- what a signer could get wrong ----------------------------------------------------------


def record_with(files: Files, **changes: object) -> bytes:
    record = records.parse_package(files["package.json"])
    return records.print_package(msgspec.structs.replace(record, **changes))


def test_a_signed_package_that_contradicts_itself_does_not_pass(
    package: Sealed, files: Files
) -> None:
    counts = records.parse_package(files["package.json"]).counts
    more = msgspec.structs.replace(counts, reports=counts.reports + 1)
    media = next(name for name in files if name.startswith("media/data/"))
    forgeries = {
        "counts": {"package.json": record_with(files, counts=more)},
        "moment": {"package.json": record_with(files, composed_at=NOW + timedelta(hours=1))},
        "synthetic": {"package.json": record_with(files, synthetic=False)},
        "package_format": {"package.json": record_with(files, format="cport-package-9")},
        "package_record": {"package.json": b"{"},
        "bag": {"media/bag-info.txt": b"Payload-Oxum: 1.1\n"},
        "media_name": {media: noise(77)},
    }
    found = {
        expected: cause(check(package, resigned(files | change, package)))
        for expected, change in forgeries.items()
    }
    assert found == {expected: expected for expected in forgeries}


def test_a_list_of_checksums_that_differs_from_the_manifest_does_not_pass(
    package: Sealed, files: Files
) -> None:
    data = {n: c for n, c in files.items() if n not in (*META, "mimetype")}
    data["manifest-sha256.txt"] = data["manifest-sha256.txt"].replace(b"a", b"b")
    manifest = print_manifest(references(data))
    signature = signer_of(package.authority).sign_detached(manifest)
    blob = rebuilt(data | {META[0]: manifest, META[1]: signature})
    assert cause(check(package, blob)) == "checksums"


def test_a_resigned_package_without_changes_passes(package: Sealed, files: Files) -> None:
    """The forgeries above are refused for what they are and not for how they were made."""
    assert check(package, resigned(files, package)).is_verified


def test_a_package_composed_before_there_was_a_bag_passes_as_before(
    package: Sealed, files: Files
) -> None:
    early = {
        name.replace("media/data/", "media/"): content
        for name, content in files.items()
        if not name.startswith("media/") or name.startswith("media/data/")
    }
    early["package.json"] = record_with(files, format="cport-package-1")
    assert check(package, resigned(early, package)).is_verified
    early["media/bagit.txt"] = b"not a media file"
    assert cause(check(package, resigned(early, package))) == "counts"


def test_verification_reads_once_and_does_not_seek(package: Sealed) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, blob: bytes) -> None:
            self._rest = io.BytesIO(blob)

        def read(self, size: int = -1) -> bytes:
            return self._rest.read(min(size, 1000) if size >= 0 else 1000)

    source = Pipe(package.blob)
    verification = verify(
        source,  # type: ignore[arg-type]  # as little of a file as possible
        identities=[package.identity],
        trust=package.authority.pem,
    )
    assert verification.is_verified
