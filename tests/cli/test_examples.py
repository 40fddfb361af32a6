"""What is written for people to type can be typed: examples of the help, and commands of the README."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cport_desktop.cli.grammar import Options, parse, parser
from cport_desktop.cli.verb import Verb
from cport_desktop.cli.verbs import GROUPS, VERBS
from cport_desktop.domain.query_language import parse as parse_query
from tests.report_builders import the_taxonomy

README = Path(__file__).parents[2] / "README.md"
NOW = datetime(2026, 5, 17, 12, tzinfo=UTC)
OF_REPORTS = ("reports", "media list", "media stacks", "contents", "searches save", "export reports",
              "figures reports", "triage next")  # fmt: skip
"""Verbs whose words are a query over reports."""
QUOTED = re.compile(r'eval "\$\((?P<command>.*)\)"')


def said(line: str) -> Options:
    """What a line that a person types says to the program."""
    evaluated = QUOTED.match(line)
    program, *words = shlex.split(evaluated["command"] if evaluated else line, comments=True)
    assert program == "cport"
    return parse([word for word in words if word != "&"])


def commands_of(document: Path) -> list[str]:
    """Every call of the program in the shell blocks of a document."""
    blocks = re.findall(r"```sh\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("cport ") or QUOTED.match(line)]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_the_example_of_a_verb_can_be_typed(verb: Verb) -> None:
    for line in verb.example.splitlines():
        options = said(line.strip())
        assert options.verb == verb.name
        if verb.name in OF_REPORTS:
            text = " ".join(options.texts("query"))
            parse_query(text, taxonomy=the_taxonomy(), now=NOW)


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_the_help_of_a_group_has_an_example_of_one_of_its_verbs(
    group: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parser().parse_args([*group.split(), "-h"], namespace=Options())
    assert caught.value.code == 0
    _, _, example = capsys.readouterr().out.partition("example:\n")
    assert said(example.strip().splitlines()[0]).verb.startswith(f"{group} ")


@pytest.mark.parametrize("line", commands_of(README))
def test_a_command_of_the_readme_can_be_typed(line: str) -> None:
    assert said(line).verb in {verb.name for verb in VERBS}


def test_there_are_commands_in_the_readme() -> None:
    assert len(commands_of(README)) > 50
