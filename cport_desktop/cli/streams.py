"""What goes out has one encoding, whatever the machine's locale says.

Into a file or another program goes UTF-8, which a reader of `--json` relies on (RFC 8259, 8.1).
A terminal keeps its own encoding; what that does not know is shown as its code point. So neither a
code page of Windows nor `LANG=C` stops an answer half-way.
"""

from __future__ import annotations

import io
from collections.abc import Iterable


def settle_encoding(streams: Iterable[object]) -> None:
    """From now on none of `streams` fails on a character. Others than text streams stay as they are."""
    for stream in streams:
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
