"""Whether an ICCAM document is made of reserved names, addresses and numbers, as a demo portal demands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from cport_desktop.domain.synthetic import SYSTEMS, is_reserved_address, is_reserved_url
from cport_desktop.formats.iccam.files import print_document
from cport_desktop.formats.iccam.shapes import Document

_URLS: Final = frozenset({"urlString", "referrerUrl", "sourceUrlReferrer"})
_ADDRESS: Final = "hostingIpAddress"
_SYSTEM: Final = "autonomousSystemNumber"
_BEHIND_SCHEME: Final = re.compile(r"(://[^\s<>\"']*)")
"""What follows a scheme, whichever it is: found in one pass, however long the text is."""


def unreserved(document: Document) -> str | None:
    """The JSON path of the first member that points to the world outside; None if none does.

    Every member is looked at, known or not: its URLs, and links within texts.
    """
    tree = msgspec.json.decode(print_document(document))
    return next(
        (path for path, name, value in _leaves(tree) if not _is_reserved(name, value)), None
    )


def _is_reserved(name: str, value: object) -> bool:
    if name == _SYSTEM:
        return value is None or value in SYSTEMS
    if not isinstance(value, str) or not value:
        return name != "urlString"
    if name in _URLS:
        return is_reserved_url(value)
    if name == _ADDRESS:
        return is_reserved_address(value)
    return all(is_reserved_url(f"x{link}") for link in _BEHIND_SCHEME.findall(value))


def _leaves(tree: object, path: str = "$", name: str = "") -> Iterator[tuple[str, str, object]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            # A name that nobody knows could be anything: it is not repeated.
            step = f".{key}" if key.isidentifier() and key.isascii() and len(key) < 64 else "[…]"
            yield from _leaves(value, path + step, key)
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _leaves(value, f"{path}[{index}]", name)
    else:
        yield path, name, tree
