"""Both verifiers say the same of every package, honest or not, step by step, to the sentence."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient, generate_identity, print_identity
from cport_desktop.domain.nature import Nature
from cport_desktop.exports.container import SYNTHETIC_COMMENT, as_written, fixed, write_container
from cport_desktop.exports.manifest import parse_manifest, print_manifest
from cport_desktop.words import package_verdicts
from cport_desktop.words import packages as words
from tests.exports.both_verifiers import (
    NO_PACKAGE,
    STAND_ALONE,
    Reader,
    agreed,
    by_the_one_file,
    by_the_program,
    cause,
    stand_alone,
    states,
)
from tests.exports.custody_log import content_with_custody
from tests.exports.synthetic import (
    NOW,
    Sealed,
    authority,
    package_content,
    sealed,
    signer_of,
)
from tests.exports.test_carried_checkpoint import with_checkpoint
from tests.exports.test_custody_appendix import CHANGES, changed
from tests.exports.test_verification import META, opened, rebuilt, resigned

Files = dict[str, bytes]
SEED = 20260517


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed(with_checkpoint())


@pytest.fixture(scope="module")
def container(package: Sealed) -> bytes:
    return opened(package)


@pytest.fixture(scope="module")
def files(container: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def reader(package: Sealed) -> Reader:
    return Reader(identities=[package.identity], trust=package.authority.pem)


def resealed(package: Sealed, content: bytes) -> bytes:
    out = io.BytesIO()
    age.seal(io.BytesIO(content), out, [Recipient("x", package.identity.public)])
    return out.getvalue()


# -- honest packages ------------------------------------------------------------------------


def test_both_find_an_honest_package_verified(
    package: Sealed, container: bytes, reader: Reader
) -> None:
    assert agreed(package.blob, reader)[0] == "verified"
    assert agreed(container, reader)[0] == "verified"
    assert agreed(sealed(package_content(nature=Nature.LIVE)).blob, reader)[0] == "refused"


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_both_take_either_kind_of_key(kind: str) -> None:
    issuer = authority()
    made = sealed(issuer=issuer, signer=signer_of(issuer, kind=kind))
    reader = Reader(identities=[made.identity], trust=issuer.pem)
    assert agreed(made.blob, reader)[0] == "verified"


def test_both_open_what_has_several_chunks_and_recipients(package: Sealed, reader: Reader) -> None:
    """Around the borders of the seal's chunks, of 64 KiB."""
    for size in (0, 1, 65535, 65536, 65537, 2 * 65536):
        blob = resealed(package, b"x" * size)
        assert states(agreed(blob, reader, str(size))) == "ppfssssss"
    out = io.BytesIO()
    others = [Recipient("y", generate_identity().public) for _ in range(3)]
    mine = Recipient("x", package.identity.public)
    age.seal(io.BytesIO(opened(package)), out, [*others, mine])
    assert agreed(out.getvalue(), reader)[0] == "verified"


def test_both_say_what_they_could_not_check(
    package: Sealed, container: bytes, reader: Reader
) -> None:
    assert agreed(package.blob, replace(reader, identities=()))[0] == "incomplete"
    assert agreed(package.blob, replace(reader, trust=None))[0] == "incomplete"
    stranger = replace(reader, identities=[generate_identity()])
    assert cause(agreed(package.blob, stranger)) == "identity"
    assert cause(agreed(package.blob, replace(reader, trust=authority().pem))) == "authority"
    both = replace(reader, identities=[generate_identity(), package.identity])
    assert agreed(package.blob, both)[0] == "verified"
    assert agreed(b"%PDF-1.4", reader) == NO_PACKAGE
    assert agreed(b"", reader) == NO_PACKAGE


def test_an_expired_certificate_has_a_verdict_of_its_own(package: Sealed, reader: Reader) -> None:
    years_later = replace(reader, now=NOW + timedelta(days=3000))
    outcome = agreed(package.blob, years_later)
    assert (outcome[0], states(outcome)) == ("intact_expired_claimed", "ppppppcpp")
    assert "only the signer’s claim" in outcome[1][6][3]


def test_the_expected_signer_is_told_from_any_other(package: Sealed, reader: Reader) -> None:
    issuer = package.authority
    signer = signer_of(issuer, name="Unit Seven")
    made = sealed(issuer=issuer, signer=signer)
    base = Reader(identities=[made.identity], trust=issuer.pem)
    certificate = x509.load_pem_x509_certificate(signer.certificate)
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    for text, pem in (
        ("Unit Seven", None),
        (fingerprint, None),
        ("unit.pem", signer.certificate),
    ):
        assert agreed(made.blob, replace(base, signer=text, signer_file=pem))[0] == "verified"
    other = signer_of(issuer, name="Unit Seven").certificate
    for text, pem in (("Unit Eight", None), ("unit.pem", other), ("ab" * 32, None)):
        outcome = agreed(made.blob, replace(base, signer=text, signer_file=pem))
        assert (cause(outcome), states(outcome)) == ("signer", "pppppppfpp")
        assert "“Unit Seven”" in outcome[1][7][3]


def test_a_certificate_out_of_its_time_is_said_by_both(reader: Reader) -> None:
    issuer = authority()
    late = signer_of(issuer, at=NOW + timedelta(days=9), valid_until=NOW + timedelta(days=1))
    made = sealed(issuer=issuer, signer=late)
    outcome = agreed(made.blob, Reader(identities=[made.identity], trust=issuer.pem))
    assert (cause(outcome), states(outcome)) == ("expired", "pppppffpp")


# -- each kind of forgery has its own sentence ------------------------------------------------


def doubled_reference(files: Files) -> bytes:
    references = parse_manifest(files[META[0]])
    return rebuilt(files | {META[0]: print_manifest([*references, references[0]])})


def named(files: Files, name: str) -> bytes:
    """The container with one more file of this name, written by somebody without our rules."""
    honest = [fixed(n, "", c) for n, c in files.items() if n != "mimetype"]
    members = as_written([*honest, fixed("x" * len(name), "", b"x")])
    whole = b"".join(write_container(members, at=NOW, comment=b""))
    return whole.replace(b"x" * len(name), name.encode("latin-1"))


def test_each_forgery_has_a_sentence_of_its_own(
    package: Sealed, files: Files, reader: Reader
) -> None:
    altered = files[META[0]].replace(b"text/csv", b"text/xml")
    other = sealed(package_content(2), issuer=package.authority)
    with zipfile.ZipFile(io.BytesIO(opened(other))) as archive:
        swapped = archive.read(META[1])
    missing = {name: content for name, content in files.items() if name != "reports.csv"}
    twice = files["media.json"]
    forgeries = {
        "unreferenced": rebuilt(files | {"media/data/extra.bin": b"x"}),
        "missing": rebuilt(missing),
        "name_twice": rebuilt(files | {"Media.json": twice}),
        "name_escapes": named(files, "../../etc/passwd"),
        "referenced_twice": doubled_reference(files),
        "altered": rebuilt(files | {META[0]: altered}),
        "digest": rebuilt(files | {"reports.csv": b"forged"}),
        "manifest": rebuilt(files | {META[0]: files[META[0]].replace(b"asic:", b"asid:")}),
        "malformed": rebuilt(files | {META[1]: b"rubbish"}),
    }
    sentences = set()
    for expected, blob in forgeries.items():
        outcome = agreed(blob, reader, expected)
        assert cause(outcome) == expected
        sentences.add(next(step[3] for step in outcome[1] if step[2] == "failed"))
    assert cause(agreed(rebuilt(files | {META[1]: swapped}), reader)) == "altered"
    assert len(sentences) == len(forgeries)
    assert any("“media/data/extra.bin”" in sentence for sentence in sentences)
    assert any("“../../etc/passwd”" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "a/../../b",
        "a\\b",
        "C:x",
        ".hidden",
        "a//b",
        "qqqqqqqqq/",
        "nul.txt",
        "a\x1b[2J",
        "ä",
    ],
)
def test_no_dishonest_name_passes(files: Files, reader: Reader, name: str) -> None:
    outcome = agreed(named(files, name), reader)
    assert cause(outcome) == "name_escapes"
    assert all(step[3].isprintable() for step in outcome[1])


@pytest.fixture(scope="module")
def with_custody() -> Sealed:
    return sealed(content_with_custody())


def test_both_check_every_proof_of_custody(with_custody: Sealed) -> None:
    reader = Reader(identities=[with_custody.identity], trust=with_custody.authority.pem)
    assert agreed(with_custody.blob, reader)[0] == "verified"
    with zipfile.ZipFile(io.BytesIO(opened(with_custody))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert "custody.json" in files
    for what, change in CHANGES.items():
        blob = resigned(files | {"custody.json": changed(change)}, with_custody)
        assert cause(agreed(blob, reader, what)) == "custody", what
    for rubbish in (b"", b"\n", b"\xff" * 100 + b"\n", files["custody.json"] + b"\n"):
        blob = resigned(files | {"custody.json": rubbish}, with_custody)
        assert cause(agreed(blob, reader)) == "custody"
    for what, content in flips(files["custody.json"], 60, random.Random(SEED)):
        blob = resigned(files | {"custody.json": content}, with_custody)
        ours, theirs = by_the_program(blob, reader), by_the_one_file(blob, reader)
        assert (ours[0], cause(ours)) == (theirs[0], cause(theirs)), what


# -- two hundred mutations and more -----------------------------------------------------------


def flips(blob: bytes, count: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for _ in range(count):
        position, bit = chance.randrange(len(blob)), chance.randrange(8)
        changed = bytearray(blob)
        changed[position] ^= 1 << bit
        yield f"bit {bit} of byte {position}", bytes(changed)


def mutations(package: Sealed, container: bytes, files: Files) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(SEED)
    header = package.blob.index(b"\n--- ") + 49
    for what, head in flips(package.blob[:header], 60, chance):
        yield f"header of the seal: {what}", head + package.blob[header:]
    for what, blob in flips(package.blob, 25, chance):
        yield f"sealed file: {what}", blob
    for what, blob in flips(container, 40, chance):
        yield f"container: {what}", blob
    for what, tail in flips(container[-1500:], 25, chance):
        yield f"directory: {what}", container[:-1500] + tail
    for name, content in files.items():
        if name == "mimetype":
            continue
        for what, mutated in flips(content, 60 if name == META[1] else 4, chance):
            yield f"{name}: {what}", rebuilt(files | {name: mutated})
        rest = {other: kept for other, kept in files.items() if other != name}
        yield f"{name} removed", rebuilt(rest)
        yield f"{name} renamed", rebuilt(rest | {f"x{name}": content})
        yield f"{name} doubled", rebuilt(files | {f"x{name}": content})
        yield f"{name} cut", rebuilt(files | {name: content[:-1]})
        yield f"{name} longer", rebuilt(files | {name: content + b"\n"})
    yield "a file added", rebuilt(files | {"extra.txt": b"x"})
    yield "a file added to META-INF", rebuilt(files | {"META-INF/extra.xml": b"x"})
    yield "comment removed", rebuilt(files, comment=b"")
    yield "something behind", container + b"x"
    yield "twice", container + container
    yield "cut", container[:-1]
    other = sealed(package_content(2), issuer=package.authority)
    with zipfile.ZipFile(io.BytesIO(opened(other))) as archive:
        yield "signature of another", rebuilt(files | {META[1]: archive.read(META[1])})


def test_both_refuse_every_mutation_for_the_same_reason(
    package: Sealed, container: bytes, files: Files, reader: Reader
) -> None:
    refused = 0
    for what, blob in mutations(package, container, files):
        outcome = agreed(blob, reader, what)
        assert outcome[0] in ("refused", "no package"), what
        refused += 1
    assert refused >= 200


def test_what_was_rebuilt_without_a_mutation_passes(files: Files, reader: Reader) -> None:
    """The mutations above are refused for what they are and not for how they were made."""
    assert agreed(rebuilt(files), reader)[0] == "verified"
    assert rebuilt(files, comment=SYNTHETIC_COMMENT) == rebuilt(files)


# -- the one file by itself -------------------------------------------------------------------


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """On a machine that has nothing of this program: isolated, in an empty folder."""
    command = [sys.executable, "-I", "-W", "error", STAND_ALONE, *arguments]
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def place(tmp_path: Path, package: Sealed, container: bytes) -> Path:
    (tmp_path / "package.age").write_bytes(package.blob)
    (tmp_path / "package.asice").write_bytes(container)
    (tmp_path / "identity.txt").write_bytes(print_identity(package.identity))
    (tmp_path / "authority.pem").write_bytes(package.authority.pem)
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_the_one_file_stands_alone(place: Path) -> None:
    given = ("--identity", place / "identity.txt", "--trust", place / "authority.pem")
    moment = ("--at", "2026-06-01T00:00:00Z")
    for name in ("package.age", "package.asice"):
        done = run(place / name, *given, *moment, cwd=place / "empty")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith("Verified.\n")
    found = run(place / "package.age", *given, *moment, "--json", cwd=place / "empty")
    answer = json.loads(found.stdout)
    assert (answer["verified"], answer["verdict"]) == (True, "verified")
    assert answer["signer"]["name"] == "Test Agency"
    assert [step["number"] for step in answer["steps"]] == list(range(1, 10))
    assert list((place / "empty").iterdir()) == []


def test_its_exit_codes_are_those_of_the_command_line(place: Path) -> None:
    (place / "rubbish").write_bytes(b"rubbish")
    forged = bytearray((place / "package.asice").read_bytes())
    forged[2000] ^= 1
    (place / "forged.asice").write_bytes(forged)
    given = ("--identity", place / "identity.txt", "--trust", place / "authority.pem")
    assert run(cwd=place).returncode == 2
    assert run(place / "rubbish", cwd=place).returncode == 6
    assert run(place / "absent", cwd=place).returncode == 6
    assert run(place / "package.age", "--identity", place / "rubbish", cwd=place).returncode == 6
    assert run(place / "package.age", "--trust", place / "rubbish", cwd=place).returncode == 6
    assert run(place / "package.age", cwd=place).returncode == 7
    assert run(place / "forged.asice", *given, cwd=place).returncode == 7
    wrong = json.loads(run(place / "rubbish", "--json", cwd=place).stdout)
    assert wrong["error"]["code"] == "untrusted.package"


@pytest.mark.parametrize("name", ["parts.age", "parts.age.001", "parts.age.parts.txt"])
def test_it_takes_a_package_in_parts(place: Path, package: Sealed, name: str) -> None:
    blob = package.blob
    for number, start in enumerate(range(0, len(blob), 30_000), start=1):
        (place / f"parts.age.{number:03}").write_bytes(blob[start : start + 30_000])
    given = ("--identity", place / "identity.txt", "--trust", place / "authority.pem")
    done = run(place / name, *given, "--at", "2026-06-01T00:00:00Z", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    (place / "parts.age.002").unlink()
    assert run(place / name, *given, cwd=place).returncode == 7


def test_it_imports_nothing_of_this_program() -> None:
    text = STAND_ALONE.read_text()
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE))
    assert imported <= set(sys.stdlib_module_names) | {"cryptography"}


def test_it_needs_constant_memory(package: Sealed, reader: Reader) -> None:
    """Whatever it reads comes in pieces of a bounded size."""
    asked: list[int] = []

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked.append(-1 if size is None else size)
            return super().read(size)

    identities = stand_alone.read_identities(print_identity(package.identity))
    given = stand_alone.Given(identities, None, None, None, None, NOW)
    check = stand_alone.Check(stand_alone.Source(Watched(package.blob)), given)
    assert states(("", tuple(tuple(step) for step in check.steps()))) == "pppppsppp"
    assert 0 < min(asked) <= max(asked) <= stand_alone.READ


def test_its_words_are_those_of_the_program() -> None:
    assert dict(package_verdicts.VERDICTS) == stand_alone.VERDICTS
    titles = {name: stand_alone.TITLES[name] for name in words.STEP_TITLES}
    assert titles == dict(words.STEP_TITLES)
    assert {c: stand_alone.FAULTS[c] for c in words.FAULTS} == dict(words.FAULTS)
    for code in words.FAULTS:
        assert stand_alone.failed_sentence(code, None) == words.failed(code)
        assert stand_alone.failed_sentence(code, "a.txt") == words.failed(code, "a.txt")
