"""The contract of the command line: answers, exit codes, words."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from cport_desktop.cli.entry import VERBS
from cport_desktop.cli.grammar import Options, parse, parser
from cport_desktop.errors import ArgumentsUnclear
from tests.cli.conftest import REPORTS, Cport, Demo


@pytest.fixture
def cport(tmp_path: Path) -> Cport:
    """Without a vault."""
    return Cport(tmp_path)


class TestHelp:
    @pytest.mark.parametrize("verb", sorted(VERBS))
    def test_of_every_verb_has_an_example(self, verb: str, capsys) -> None:
        with pytest.raises(SystemExit) as caught:
            parser().parse_args([*verb.split(), "-h"], namespace=Options())
        assert caught.value.code == 0
        assert "example:" in capsys.readouterr().out

    def test_and_version_need_nothing(self, cport: Cport) -> None:
        ran = cport("--version")
        assert (ran.status, ran.out.split()[0]) == (0, "cport")


class TestLists:
    def test_have_the_one_shape(self, demo: Demo) -> None:
        for verb in (("reports",), ("media", "list"), ("hotlines",), ("operations", "list"),
                     ("audit", "list")):  # fmt: skip
            answer = demo.here("--json", *verb).json
            assert {"items", "total", "next", "elapsed_ms"} <= set(answer), verb
            assert answer["items"], verb
            assert all("id" in item for item in answer["items"]), verb

    def test_page_by_cursor_without_gap_or_repeat(self, demo: Demo) -> None:
        whole = [i["id"] for i in demo.here("--json", "reports").json["items"]]
        paged: list[str] = []
        after: list[str] = []
        for _ in range(REPORTS):
            page = demo.here("--json", "reports", "--limit", "15", *after).json
            paged += [item["id"] for item in page["items"]]
            if page["next"] is None:
                break
            after = ["--after", page["next"]]
        assert paged == whole
        assert len(set(whole)) == REPORTS

    def test_sort_filter_count_and_facet(self, demo: Demo) -> None:
        answer = demo.here(
            "--json", "reports", "class:baseline", "--sort", "-updated", "--count",
            "--facet", "class",
        ).json  # fmt: skip
        times = [item["updated_at"] for item in answer["items"]]
        assert times == sorted(times, reverse=True)
        assert {item["classification"] for item in answer["items"]} == {1}
        assert answer["total"] == len(answer["items"])
        assert answer["facets"]["class"] == [{"value": "1", "count": answer["total"]}]

    def test_that_are_short_have_pages_and_tell_how_many_there_are(self, demo: Demo) -> None:
        whole = demo.here("--json", "hotlines").json
        ids = [item["id"] for item in whole["items"]]
        assert (whole["total"], whole["next"]) == (len(ids), None)
        first = demo.here("--json", "hotlines", "--limit", "1").json
        assert (first["total"], first["next"]) == (len(ids), str(ids[0]))
        rest = demo.here("--json", "hotlines", "--after", first["next"]).json
        assert [item["id"] for item in rest["items"]] == ids[1:]

    @pytest.mark.parametrize(
        "verb",
        [
            ("media", "list"),
            ("operations", "list"),
            ("hotlines",),
            ("links", "list"),
            ("vault", "slots", "list"),
            ("vault", "analysts", "list"),
        ],
    )
    def test_with_few_orders_refuse_another_and_name_them(
        self, demo: Demo, verb: tuple[str, ...]
    ) -> None:
        ran = demo.here("--json", *verb, "--sort", "size")
        assert (ran.status, ran.json["error"]["code"]) == (2, "usage.value")
        told = ran.json["error"]["hint"].removeprefix("Accepted here: ").removesuffix(".")
        for order in told.split(", "):
            assert demo.here("--json", *verb, "--sort", order).status == 0

    @pytest.mark.parametrize(
        ("facet", "query"),
        [
            ("provider", 'provider:"={}"'),
            ("assigned", "assigned:{}"),
            ("kind", "kind:{}"),
            ("received", "received:{}"),
        ],
    )
    def test_a_facet_counts_what_a_query_for_its_value_finds(
        self, demo: Demo, facet: str, query: str
    ) -> None:
        answer = demo.here("--json", "reports", "has:media", "--facet", facet, "--limit", "1").json
        counted = [found for found in answer["facets"][facet] if found["value"]]
        assert counted
        for found in counted[:3]:
            narrowed = ("has:media", query.format(found["value"]), "--count", "--limit", "1")
            assert demo.here("--json", "reports", *narrowed).json["total"] == found["count"]


class TestAQueryOnTheCommandLine:
    @pytest.mark.parametrize(
        ("arguments", "query", "sort"),
        [
            (["orchid", "--sort", "-received", "host:NL"], ["orchid", "host:NL"], "-received"),
            (["-host:NL", "orchid"], ["-host:NL", "orchid"], None),
            (["--limit", "5", "-is:withdrawn", "-garden"], ["-is:withdrawn", "-garden"], None),
            (["one whole 'query' -is:new"], ["one whole 'query' -is:new"], None),
            ([], [], None),
        ],
    )
    def test_may_stand_anywhere(
        self, arguments: list[str], query: list[str], sort: str | None
    ) -> None:
        options = parse(["--json", "reports", *arguments])
        assert options.texts("query") == tuple(query)
        assert options.text("sort") == sort
        assert options.json

    def test_and_what_only_looks_like_one_are_kept_as_they_were_typed(self) -> None:
        assert parse(["audit", "checkpoint", "-kept"]).path("file") == Path("-kept")
        for arguments in (["reports", "--limit", "-5"], ["-reports"]):
            with pytest.raises(ArgumentsUnclear) as refusal:
                parse(arguments)
            told = str(refusal.value.facts["cause"])
            assert "f8ff" not in ascii(told)
            assert arguments[-1] in told

    @pytest.mark.parametrize(
        "arguments",
        [["vault", "status", "orchid"], ["sync", "-is:new"], ["reports", "--colour", "red"], []],
    )
    def test_is_not_taken_where_it_means_nothing(self, arguments: list[str]) -> None:
        with pytest.raises(ArgumentsUnclear):
            parse(arguments)


class TestOneReport:
    def test_carries_what_the_portal_said(self, demo: Demo) -> None:
        reference = demo.here("--json", "reports", "--limit", "1").json["items"][0]["id"]
        answer = demo.here("--json", "report", "show", reference).json
        assert answer["id"] == reference
        assert answer["portal"]["reportContents"]
        assert {"contents", "media", "operations", "hotline", "memo"} <= set(answer)

    @pytest.mark.parametrize("reference", ["HL-1", "nonsense", "M-17", "9" * 40])
    def test_that_is_not_here_is_a_clear_no(self, demo: Demo, reference: str) -> None:
        ran = demo.here("--json", "report", "show", reference)
        assert ran.status == 2
        assert ran.json["error"]["code"] == "usage.unknown_reference"
        assert reference in ran.json["error"]["message"]


class TestAVeil:
    def test_is_a_small_grey_picture_marked_synthetic(self, demo: Demo, tmp_path: Path) -> None:
        reference = demo.here("--json", "media", "list", "--limit", "1").json["items"][0]["id"]
        path = tmp_path / "veil.png"

        ran = demo.here("--json", "media", "veil", reference, "--out", path)

        assert ran.json == {"media": reference, "path": str(path)}
        with Image.open(path) as picture:
            picture.load()
            assert picture.mode == "L"
            assert max(picture.size) <= 48
            assert picture.info["Comment"] == "SYNTHETIC"
        again = demo.here("--json", "media", "veil", reference, "--out", path)
        assert (again.status, again.json["error"]["code"]) == (3, "refused.output_exists")


class TestAQueryThatDoesNotParse:
    def test_says_where_and_what_would_be_understood(self, demo: Demo) -> None:
        ran = demo.here("--json", "reports", "garden hst:NL")
        assert ran.status == 2
        error = ran.json["error"]
        assert error["code"] == "usage.query"
        assert "character 7" in error["message"]
        assert "host" in error["hint"]


class TestActs:
    def test_are_queued_with_their_changes(self, demo: Demo) -> None:
        reference = demo.here("--json", "reports", "--limit", "1").json["items"][0]["id"]
        answer = demo.here("--json", "feedback", reference, "--text", "Seen.").json
        assert answer["operation"]["state"] == "queued"
        assert answer["changes"] == ["operations"]
        listed = demo.here("--json", "operations", "list").json["items"]
        assert listed[0]["text"] == "Seen."

    def test_with_an_unknown_code_name_the_known_ones(self, demo: Demo) -> None:
        reference = demo.here("--json", "reports", "--limit", "1").json["items"][0]["id"]
        ran = demo.here("--json", "assess", reference, "purple")
        assert ran.status == 2
        assert "baseline" in ran.json["error"]["hint"]


class TestTheVault:
    def test_refuses_a_wrong_passphrase_clearly(self, demo: Demo, tmp_path: Path) -> None:
        wrong = tmp_path / "wrong.txt"
        wrong.write_text("not this one\n")
        ran = demo.here("--json", "--passphrase-file", wrong, "reports")
        assert ran.status == 4
        assert ran.json["error"] == {
            "code": "vault.wrong_passphrase",
            "exit": 4,
            "message": "No key slot of this vault opens with this secret.",
            "hint": ran.json["error"]["hint"],
        }

    def test_that_is_held_names_the_holder(self, demo: Demo) -> None:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(demo.folder / "vault"),
             demo.folder.joinpath("passphrase.txt").read_text().strip()],
            stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdin is not None
        try:
            holder.stdout.readline()
            ran = demo.here("--json", "reports")
        finally:
            holder.stdin.close()
            holder.wait(10)
            holder.stdout.close()
        assert ran.status == 4
        assert ran.json["error"]["code"] == "vault.held"
        assert str(holder.pid) in ran.json["error"]["message"]

    def test_is_sound_and_its_log_whole(self, demo: Demo) -> None:
        assert demo.here("--json", "vault", "check", "--deep").json == {"ok": True, "findings": []}
        assert demo.here("--json", "audit", "verify").json["verified"] is True

    def test_can_be_created_live(self, cport: Cport, tmp_path: Path) -> None:
        secret = tmp_path / "p.txt"
        secret.write_text("a long enough passphrase")
        made = cport(
            "--json", "--vault", tmp_path / "v", "--passphrase-file", secret, "vault", "create"
        )
        assert made.json["nature"] == "live"
        again = cport(
            "--json", "--vault", tmp_path / "v", "--passphrase-file", secret, "vault", "create"
        )
        assert (again.status, again.json["error"]["code"]) == (4, "vault.exists")

    @pytest.mark.parametrize(
        ("arguments", "status", "code"),
        [
            (["reports"], 2, "usage.vault"),
            (["--vault", "nowhere", "--passphrase-fd", "0", "reports"], 6, "untrusted.key_file"),
            (["nonsense"], 2, "usage.arguments"),
            (["package", "verify", "nowhere.age"], 6, "untrusted.package"),
            (["--vault", "x", "reports"], 2, "usage.passphrase"),
        ],
    )
    def test_or_an_argument_that_is_missing_is_a_clear_no(
        self, cport: Cport, arguments: list[str], status: int, code: str
    ) -> None:
        ran = cport("--json", *arguments)
        assert (ran.status, ran.json["error"]["code"]) == (status, code)


HOLD = """
import sys
from pathlib import Path
from cport_desktop.clock import SystemClock
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import open_vault
with open_vault(Path(sys.argv[1]), secret=Passphrase(sys.argv[2].encode()), clock=SystemClock(),
                program="holder"):
    print("held", flush=True)
    sys.stdin.read()
"""


class TestTheGateway:
    def test_stops_when_it_is_told_to(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "cport_desktop", "--json", "gateway", "serve"]
        command += ["--data", str(tmp_path / "g"), "--port", "0", "--reports", "5"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["url"].startswith("https://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        process.stdout.close()


def test_doctor_works_without_a_vault(cport: Cport) -> None:
    ran = cport("--json", "doctor")
    assert ran.status == 0, ran.out
    names = {finding["name"]: finding["verdict"] for finding in ran.json["findings"]}
    assert names["Confined decoder"] == "ok"
    assert names["Database encryption"] == "ok"


def test_generate_makes_a_vault_that_opens(cport: Cport, tmp_path: Path) -> None:
    made = cport("--json", "generate", "--reports", "120", "--pictures", "20",
                 "--out", tmp_path / "big")  # fmt: skip
    assert made.json["reports"] == 120
    assert made.json["media"] > 120
    found = cport(
        "--json", "--vault", made.json["vault"], "--passphrase-file",
        made.json["passphrase_file"], "reports", "--count",
    )  # fmt: skip
    assert found.json["total"] == 120
