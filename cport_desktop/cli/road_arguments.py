"""What the verbs of the HTTPS road take: links, transfers, a proxy on the way."""

from __future__ import annotations

import argparse
from pathlib import Path


def proxy(verb: argparse.ArgumentParser) -> None:
    """Its address; with a password it stands in a file."""
    named = verb.add_mutually_exclusive_group()
    named.add_argument("--proxy", metavar="URL", help="through this proxy: http://host:port")
    named.add_argument(
        "--proxy-file", type=Path, metavar="FILE", help="the same from FILE, with name:password@"
    )


def link(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help="`any` stands for none of them")


def set_link(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME")
    verb.add_argument(
        "--media", choices=("all", "asked", "none"), help="which media files it carries"
    )
    verb.add_argument("--cap", metavar="N", help="bytes a second at most, or none")
    verb.add_argument("--largest-file", metavar="N", help="no media file with more bytes, or none")
    proxy(verb)
    verb.add_argument("--no-proxy", action="store_true", help="no proxy any more")


def items(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("items", nargs="+", metavar="ID", help="media items")


def items_or_all(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("items", nargs="*", metavar="ID", help="media items")
    verb.add_argument("--all", dest="every", action="store_true", help="all of them")
