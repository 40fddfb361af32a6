"""One path, end to end: what the demo leaves behind, checked by tools that are not ours."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import REPORTS, Demo
from tests.exports.peers import needs

JPEG_BEGINNING = b"\xff\xd8\xff"


@pytest.fixture(scope="module")
def opened(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's content, got by `age` and `unzip` alone."""
    folder = tmp_path_factory.mktemp("opened")
    container = folder / "package.asice"
    identity = demo.folder / "recipient.agekey"
    age = needs("age")
    subprocess.run([age, "-d", "-i", identity, "-o", container, demo.package], check=True)
    subprocess.run([needs("unzip"), "-t", container], check=True, capture_output=True)
    subprocess.run(["unzip", "-q", container, "-d", folder / "in"], check=True)
    return folder / "in"


def openssl_accepts(opened: Path, trust: Path) -> bool:
    done = subprocess.run(
        [
            needs("openssl"), "cms", "-verify", "-cades", "-binary", "-inform", "DER",
            "-in", opened / "META-INF/signature001.p7s",
            "-content", opened / "META-INF/ASiCManifest001.xml",
            "-CAfile", trust, "-out", "/dev/null",
        ],
        capture_output=True,
        check=False,
    )  # fmt: skip
    return done.returncode == 0


class TestTheDemo:
    def test_ends_verified_with_what_the_contract_promises(self, demo: Demo) -> None:
        answer = demo.answer
        assert answer["verified"] is True
        assert answer["reports"] == REPORTS
        assert answer["media"] > REPORTS
        assert answer["operations_settled"] == 1
        for name in ("vault", "gateway"):
            assert Path(answer[name]).is_dir()
        for name in ("passphrase.txt", "recipient.agekey", "demo-ca.pem", "package.age"):
            assert (demo.folder / name).is_file()
        assert Path(answer["package"]) == demo.folder / "package.age"

    def test_keeps_its_hands_off_a_folder_that_holds_something(self, demo: Demo) -> None:
        again = demo.cport("--json", "demo", "--headless", "--keep", demo.folder)
        assert again.status == 3
        assert again.json["error"]["code"] == "refused.output_exists"


class TestThePackage:
    def test_has_a_signature_that_openssl_accepts(self, demo: Demo, opened: Path) -> None:
        assert openssl_accepts(opened, demo.folder / "demo-ca.pem")

    def test_is_refused_after_one_changed_byte(
        self, demo: Demo, opened: Path, tmp_path: Path
    ) -> None:
        changed = tmp_path / "changed"
        shutil.copytree(opened, changed)
        manifest = changed / "META-INF/ASiCManifest001.xml"
        content = bytearray(manifest.read_bytes())
        content[len(content) // 2] ^= 1
        manifest.write_bytes(content)
        assert not openssl_accepts(changed, demo.folder / "demo-ca.pem")

    def test_is_synthetic_on_its_face(self, opened: Path) -> None:
        assert (opened / "SYNTHETIC.txt").is_file()

    def test_verifies_step_by_step(self, demo: Demo) -> None:
        ran = demo.cport(
            "--json", "package", "verify", demo.package,
            "--identity", demo.folder / "recipient.agekey", "--trust", demo.folder / "demo-ca.pem",
        )  # fmt: skip
        assert ran.status == 0
        assert ran.json["verified"] is True
        numbers = [step["number"] for step in ran.json["steps"]]
        assert numbers == list(range(1, len(numbers) + 1))

    def test_without_an_identity_only_the_seal_is_checked_and_that_is_said(
        self, demo: Demo
    ) -> None:
        ran = demo.cport("--json", "package", "verify", demo.package)
        assert ran.status == 7
        assert ran.json["verified"] is False
        states = {step["name"]: step["state"] for step in ran.json["steps"]}
        assert "skipped" in states.values()

    def test_that_was_changed_is_refused(self, demo: Demo, tmp_path: Path) -> None:
        content = bytearray(demo.package.read_bytes())
        content[len(content) // 2] ^= 1
        changed = tmp_path / "changed.age"
        changed.write_bytes(content)
        ran = demo.cport(
            "--json", "package", "verify", changed, "--identity", demo.folder / "recipient.agekey"
        )
        assert ran.status == 7
        assert ran.json["verified"] is False


class TestAPackageThatCannotBe:
    @pytest.mark.parametrize(
        ("query", "recipient", "out", "status", "code"),
        [
            ("has:media", "recipient.agekey", "nowhere/p.age", 2, "usage.output"),
            ("ref:HL-1", "recipient.agekey", "p.age", 2, "usage.choice"),
            ("hst:NL", "recipient.agekey", "p.age", 2, "usage.query"),
            ("has:media", "demo-ca.pem", "p.age", 6, "untrusted.key_file"),
            ("has:media", "nobody.txt", "p.age", 6, "untrusted.key_file"),
            ("has:media", "recipient.agekey", "package.age", 3, "refused.output_exists"),
        ],
    )
    def test_says_why_and_leaves_nothing(
        self, demo: Demo, query: str, recipient: str, out: str, status: int, code: str
    ) -> None:
        before = sorted(demo.folder.iterdir())
        ran = demo.here(
            "--json", "package", "create", "--query", query,
            "--recipient", demo.folder / recipient, "--out", demo.folder / out,
        )  # fmt: skip
        assert (ran.status, ran.json["error"]["code"]) == (status, code)
        assert sorted(demo.folder.iterdir()) == before


class TestTheVaultsFiles:
    def test_hold_no_plaintext(self, demo: Demo) -> None:
        listed = demo.here("--json", "reports", "--limit", "60").json["items"]
        media = demo.here("--json", "media", "list", "--limit", "60").json["items"]
        needles = {item[name].encode() for item in listed for name in ("url", "host")}
        needles |= {item["portal"]["memo"].encode() for item in listed if item["portal"]["memo"]}
        needles |= {item["file_name"].encode() for item in media if item["file_name"]}
        needles |= {item["announced_sha256"].encode() for item in media}
        needles.add(b"Received with thanks; handled under number 17.")
        assert len(needles) > 50

        for path in sorted(demo.folder.joinpath("vault").rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                assert not [needle for needle in needles if needle in content], path
                assert not _looks_like_a_picture(content), path

    def test_are_nobody_elses_business(self, demo: Demo) -> None:
        for path in demo.folder.joinpath("vault").rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, path


def _looks_like_a_picture(content: bytes) -> bool:
    """A JPEG, PNG or MP4 header at the beginning of a file or of one of its pages. (Three bytes
    of a JPEG's beginning stand in random bytes every 16 MiB, so four are asked for.)"""
    headers = (JPEG_BEGINNING + b"\xe0", JPEG_BEGINNING + b"\xdb", b"\x89PNG\r\n", b"ftypisom")
    return any(header in content for header in headers[2:]) or any(
        content[at : at + 4] in headers[:2] for at in range(0, len(content), 512)
    )
