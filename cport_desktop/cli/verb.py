"""A verb of the command line, as the grammar knows it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

Add = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """`name` is one word, or a group and its verb. `add` adds its own options to a parser."""

    name: str
    help: str
    add: Add
    example: str
