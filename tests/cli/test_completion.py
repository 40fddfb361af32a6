"""Completion: the script of each shell knows the grammar, and the shell itself takes what it says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cport_desktop.cli.command_tree import Command, Option, commands
from cport_desktop.cli.completion import SHELLS, bash, fish
from cport_desktop.cli.grammar import parser
from cport_desktop.cli.verbs import GROUPS, VERBS
from tests.cli.in_process import CportHere

TREE = tuple(commands(parser()))
BASH = shutil.which("bash")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "cport.bash"
    file.write_text(bash(TREE))
    return file


def offered(script: Path, *words: str) -> list[str]:
    """What bash offers for the last of these words, asked as it asks when Tab is pressed."""
    assert BASH is not None
    asked = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cport; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        [BASH, "--norc", "-c", asked, str(script), *words],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


def test_the_tree_is_the_whole_grammar() -> None:
    names = {each.name for each in TREE}
    assert names == {"", *GROUPS, *(verb.name for verb in VERBS)}


def test_it_is_printed_without_a_vault(cport: CportHere) -> None:
    for shell in SHELLS:
        told = cport("completion", shell, "--json")
        assert told.status == 0
        assert told.json == {"shell": shell, "script": SHELLS[shell](TREE)}


@pytest.mark.skipif(BASH is None, reason="there is no bash here")
class TestBash:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (("ca",), ["case"]),
            (("vault", "slots", "re"), ["rename", "remove"]),
            (("--vault", "case", "--json", "vault", "sl"), ["slots"]),
            (("case", "list", "--sta"), ["--state"]),
            (("case", "list", "--state", ""), ["open", "closed"]),
            (("case", "list", "--state", "open", "--tit"), ["--titled"]),
            (("completion", "b"), ["bash"]),
            (("portal", "agreement", "exp"), ["explain", "export"]),
            (("portal", "agreement", "--js"), ["--json"]),
            (("vault", "--js"), []),
            (("note", "add", "--text", "case", "--te"), ["--text"]),
            (("no such verb", "cas"), ["case"]),
        ],
    )
    def test_offers_what_may_stand_there(
        self, script: Path, words: tuple[str, ...], found: list[str]
    ) -> None:
        assert offered(script, "cport", *words) == found

    def test_offers_options_only_to_who_begins_one(self, script: Path) -> None:
        assert not [word for word in offered(script, "cport", "case", "") if word[0] == "-"]
        assert {"--vault", "--json"} < set(offered(script, "cport", "case", "list", "--"))

    def test_offers_files_where_a_path_is_wanted(self, script: Path, tmp_path: Path) -> None:
        (tmp_path / "a vault").mkdir()
        begun = str(tmp_path / "a va")
        assert offered(script, "cport", "--vault", begun) == f"{tmp_path}/a vault".split()
        assert offered(script, "cport", "case", "list", begun) == []

    def test_takes_any_help_and_any_word_as_text(self, tmp_path: Path) -> None:
        odd = "$(touch broken) `x` 'y' \"z\" \\"
        inner = Command(("a'b",), (), (Option(("--x",), odd, takes_value=True, choices=(odd,)),))
        top = Command((), (("a'b", odd),), ())
        script = tmp_path / "cport.bash"
        script.write_text(bash((top, inner)))
        assert offered(script, "cport", "a") == ["a'b"]
        assert offered(script, "cport", "a'b", "--x", "") == odd.split()
        assert not Path("broken").exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_read_theirs(shell: str, tmp_path: Path) -> None:
    script = tmp_path / f"cport.{shell}"
    script.write_text(SHELLS[shell](TREE))
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here")
    subprocess.run([program, "-n", str(script)], check=True)


def test_fish_is_told_what_each_command_does() -> None:
    lines = fish(TREE).splitlines()
    assert any("'list'" in line and "cases, the newest first" in line for line in lines)
    assert sum("-l json" in line for line in lines) == 1, "what every verb takes stands once"
