"""Analysts and their roles by the command line, as an administrator and as somebody refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cport
from tests.cli.in_process import CportHere

BERT = "Bert Example"


@pytest.fixture
def ada(tmp_path: Path) -> CportHere:
    secret = tmp_path / "ada.txt"
    secret.write_text("a passphrase for a test\n")
    (tmp_path / "bert.txt").write_text("another one for a test\n")
    cport = CportHere(tmp_path, tmp_path / "vault", secret)
    assert cport("vault", "create", "--demo", "--analyst", "Ada Example").status == 0
    return cport


def test_somebody_comes_gets_roles_and_leaves(ada: CportHere, tmp_path: Path) -> None:
    theirs = tmp_path / "bert.txt"
    bert = CportHere(tmp_path, ada.vault, theirs)
    added = ada(
        "--json", "vault", "analysts", "add", BERT, "--roles", "auditor,exporter",
        "--new-passphrase-file", theirs,
    )  # fmt: skip
    assert added.status == 0, added.out + added.err
    assert added.json["roles"] == ["auditor", "exporter"]

    refused = bert("--json", "reports")
    assert refused.status == 3
    assert refused.json["error"]["code"] == "refused.role"
    assert "Ada Example" in refused.json["error"]["hint"]
    assert bert("--json", "vault", "analysts", "role", BERT, "--add", "analyst").status == 3

    changed = ada("--json", "vault", "analysts", "role", BERT, "--add", "analyst")
    assert changed.json["roles"] == ["analyst", "auditor", "exporter"]
    assert bert("--json", "reports").status == 0

    listed = bert("--json", "vault", "analysts", "list").json["items"]
    assert [(item["name"], item["is_present"]) for item in listed] == [
        ("Ada Example", False),
        (BERT, True),
    ]
    assert [slot["kind"] for slot in listed[1]["slots"]] == ["passphrase"]
    by_name = bert("--json", "vault", "analysts", "list", "--sort", "-name").json["items"]
    assert [item["name"] for item in by_name] == [BERT, "Ada Example"]
    unknown = bert("--json", "vault", "analysts", "list", "--sort", "roles")
    assert (unknown.status, "-name" in unknown.json["error"]["hint"]) == (2, True)

    assert ada("--json", "vault", "analysts", "retire", BERT).status == 0
    gone = bert("--json", "vault", "status")
    assert (gone.status, gone.json["error"]["code"]) == (4, "vault.wrong_passphrase")


def test_the_last_administrator_stays_and_an_unknown_role_is_explained(ada: CportHere) -> None:
    for arguments in (
        ("role", "Ada Example", "--remove", "administrator"),
        ("retire", "Ada Example"),
    ):
        ran = ada("--json", "vault", "analysts", *arguments)
        assert (ran.status, ran.json["error"]["code"]) == (3, "refused.last_administrator")
    ran = ada("--json", "vault", "analysts", "role", "Ada Example", "--add", "king")
    assert ran.status == 2
    assert "supervisor" in ran.json["error"]["hint"]


def test_a_group_within_a_group_has_its_help(tmp_path: Path) -> None:
    ran = Cport(tmp_path)("vault", "analysts", "-h")
    assert ran.status == 0
    assert "retire" in ran.out
