"""The question whether something is known against what a release brings along, asked of a real server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.workshop import script

BOM = {
    "components": [
        {"name": "one", "purl": "pkg:pypi/one@1.0"},
        {
            "name": "two",
            "purl": "pkg:pypi/two@2.0",
            "components": [{"name": "crate", "purl": "pkg:cargo/crate@0.3"}],
        },
        {"name": "lib", "purl": "pkg:deb/debian/lib@3-1?arch=amd64"},
        {"name": "thing", "purl": "pkg:generic/thing@4"},
    ]
}


class Database(ThreadingHTTPServer):
    """Answers as OSV does; `known` by package URL; `raw` in the place of an answer."""

    known: dict[str, list[str]]
    raw: bytes | None = None
    asked: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Database

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        urls = [query["package"]["purl"] for query in body["queries"]]
        self.server.asked += urls
        results = [
            {"vulns": [{"id": each} for each in self.server.known.get(url, [])]}
            if url in self.server.known
            else {}
            for url in urls
        ]
        answer = self.server.raw or json.dumps({"results": results}).encode()
        self.send_response(200 if self.path == "/v1/querybatch" else 404)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def database() -> Iterator[Database]:
    with Database(("127.0.0.1", 0), Answering) as server:
        server.known, server.asked = {}, []
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "sbom.cdx.json").write_text(json.dumps(BOM))
    (tmp_path / "accepted.toml").write_text("")
    return tmp_path


def run(tree: Path, *words: str) -> int:
    status: int = script("known_vulnerabilities").main(
        [
            str(tree),
            "--note",
            str(tree / "note.json"),
            "--accepted",
            str(tree / "accepted.toml"),
            *words,
        ]
    )
    return status


def note(tree: Path) -> Any:
    return json.loads((tree / "note.json").read_text())


def test_everything_that_can_be_asked_for_is_asked_and_the_rest_is_named(
    tree: Path, database: Database, capsys: pytest.CaptureFixture[str]
):
    assert run(tree, "--database", database.url) == 0
    assert sorted(database.asked) == [
        "pkg:cargo/crate@0.3",
        "pkg:deb/debian/lib@3-1",
        "pkg:pypi/one@1.0",
        "pkg:pypi/two@2.0",
    ]
    assert note(tree)["not_asked"] == ["pkg:generic/thing@4"]
    assert "nothing is known against the 4 packages" in capsys.readouterr().out


def test_what_is_known_ends_the_build(
    tree: Path, database: Database, capsys: pytest.CaptureFixture[str]
):
    database.known = {"pkg:cargo/crate@0.3": ["RUSTSEC-0"]}
    assert run(tree, "--database", database.url) == 1
    assert "RUSTSEC-0 in pkg:cargo/crate@0.3" in capsys.readouterr().out
    assert note(tree)["found"] == [{"package": "pkg:cargo/crate@0.3", "vulnerability": "RUSTSEC-0"}]


@pytest.mark.parametrize(("until", "status"), [("9999-01-01", 0), ("2020-01-01", 1)])
def test_what_does_no_harm_here_is_accepted_until_its_day(
    tree: Path, database: Database, until: str, status: int
):
    database.known = {"pkg:pypi/one@1.0": ["PYSEC-0"]}
    told = f'[[accepted]]\nid = "PYSEC-0"\nbecause = "not called"\nuntil = {until}\n'
    (tree / "accepted.toml").write_text(told)
    assert run(tree, "--database", database.url) == status
    assert note(tree)["found"], "it is in the note all the same"


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b'{"results": []}', b'{"results": 4}'])
def test_what_is_no_such_database_is_not_believed_and_the_build_goes_on(
    tree: Path, database: Database, raw: bytes, capsys: pytest.CaptureFixture[str]
):
    database.raw = raw
    assert run(tree, "--database", database.url) == 0
    assert "were NOT looked up on 2" in capsys.readouterr().out
    assert note(tree)["answered"] is False


@pytest.mark.parametrize(
    "words", [[], ["--database", "http://127.0.0.1:1"], ["--database", "file:///etc"]]
)
def test_without_a_network_the_build_says_so_with_the_day_and_goes_on(
    tree: Path,
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.delenv("CPORT_VULNERABILITIES", raising=False)
    assert run(tree, *words) == 0
    assert "were NOT looked up on 2" in capsys.readouterr().out
    assert note(tree)["why_not"]
