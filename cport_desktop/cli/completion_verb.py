"""`cport completion SHELL`: what makes a shell complete this command line."""

from __future__ import annotations

from cport_desktop.cli.answer import Answer
from cport_desktop.cli.command_tree import commands
from cport_desktop.cli.completion import SHELLS
from cport_desktop.cli.grammar import parser
from cport_desktop.cli.session import Session


def completion(session: Session) -> Answer:
    """`cport completion bash|zsh|fish`. Needs no vault."""
    shell = session.options.required("shell")
    script = SHELLS[shell](tuple(commands(parser())))
    return Answer({"shell": shell, "script": script}, script.rstrip("\n"))
