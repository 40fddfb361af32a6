"""Packages of colleagues on the command line."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from cport_desktop.crypto.recipients import print_identity
from tests.cli.conftest import Demo
from tests.cli.in_process import CportHere
from tests.exports.synthetic import authority
from tests.usecases.colleague import FIRST, a_package


def handed_over(folder: Path) -> tuple[str | Path, ...]:
    """The arguments that name a colleague's package and what is needed to check it."""
    path, made = a_package(folder)
    (folder / "key.txt").write_bytes(print_identity(made.identity))
    (folder / "ca.pem").write_bytes(made.authority.pem)
    return path, "--identity", folder / "key.txt", "--trust", folder / "ca.pem"


def test_a_package_is_looked_at_and_taken_into_a_case(cport: CportHere, tmp_path: Path) -> None:
    named = handed_over(tmp_path)
    case = cport("--json", "case", "create", "From a colleague").json["case"]["id"]

    foreseen = cport("--json", "package", "import", *named, "--preview").json
    assert foreseen["preview"]
    assert {line["standing"] for line in foreseen["reports"]} == {"new"}
    assert foreseen["media"]["new"] == 3
    assert cport("--json", "package", "imports").json["items"] == []

    ran = cport("--json", "package", "import", *named, "--case", case)
    assert ran.status == 0, ran.err
    done = ran.json
    assert (done["items"], done["media"], done["case"]) == (3, 3, case)
    assert done["package"] == str(named[0])
    assert done["sha256"] == foreseen["sha256"]
    found = cport("--json", "reports", f"is:imported case:{case}").json["items"]
    assert {item["id"] for item in found} == {f"HL-{FIRST + step}" for step in range(3)}
    (record,) = cport("--json", "package", "imports").json["items"]
    assert (record["id"], record["agency"], record["items"]) == (done["sha256"], "Test Agency", 3)

    told = cport("package", "import", *named)
    assert told.status == 0
    assert "here already" in told.out


def test_what_one_handed_over_oneself_is_all_here(demo: Demo, cport: CportHere) -> None:
    ran = cport(
        "--json",
        "package",
        "import",
        demo.package,
        "--identity",
        demo.folder / "recipient.agekey",
        "--trust",
        demo.folder / "demo-ca.pem",
    )

    assert ran.status == 0, ran.err
    assert ran.json["items"] == 0
    assert {line["standing"] for line in ran.json["reports"]} == {"same"}


def test_without_the_right_authority_nothing_is_taken_in(cport: CportHere, tmp_path: Path) -> None:
    path, *_ = handed_over(tmp_path)
    (tmp_path / "other.pem").write_bytes(authority("Somebody else").pem)
    arguments = (path, "--identity", tmp_path / "key.txt", "--trust", tmp_path / "other.pem")

    ran = cport("--json", "package", "import", *arguments)

    assert ran.status == 6
    assert ran.json["error"]["code"] == "untrusted.package_unproven"
    assert cport("--json", "package", "imports").json["items"] == []


def test_the_signer_may_be_named_beforehand(cport: CportHere, tmp_path: Path) -> None:
    named = handed_over(tmp_path)

    other = cport("--json", "package", "import", *named, "--signer", "Somebody else")
    assert other.status == 6
    assert other.json["error"]["code"] == "untrusted.package_unproven"
    assert cport("--json", "package", "import", *named, "--signer", "Test Agency").status == 0


def sealed_files(vault: Path) -> set[str]:
    return {
        path.name
        for folder in ("blobs", "staging")
        for path in (vault / folder).rglob("*")
        if path.is_file()
    }


def test_a_process_that_is_killed_leaves_nothing_or_all(
    demo: Demo, vault_copy: Path, cport: CportHere, tmp_path: Path
) -> None:
    """Killed as soon as a file of the package is in the vault's folder, whatever it does then."""
    named = handed_over(tmp_path)
    before = sealed_files(vault_copy)
    environment = demo.cport.environment() | {"CPORT_VAULT": str(vault_copy)}
    command = [sys.executable, "-m", "cport_desktop", "package", "import", *map(str, named)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL) as importing:
        while importing.poll() is None and sealed_files(vault_copy) == before:
            time.sleep(0.002)
        importing.kill()

    found = cport("--json", "reports", "is:imported").json["items"]
    records = cport("--json", "package", "imports").json["items"]
    assert (len(found), len(records)) in {(0, 0), (3, 1)}
    if not found:
        assert sealed_files(vault_copy) == before
    assert cport("--json", "vault", "check").status == 0
    done = cport("--json", "package", "import", *named)
    assert done.status == 0, done.err
    assert len(cport("--json", "reports", "is:imported").json["items"]) == 3
