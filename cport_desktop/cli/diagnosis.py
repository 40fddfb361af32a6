"""A local record of a bug: where in the program it happened, and nothing of what it worked on.

Messages of exceptions and values of variables may hold case content, so only types, files,
functions and line numbers are written.
"""

from __future__ import annotations

import hashlib
import os
import platform
import traceback
from collections.abc import Mapping
from pathlib import Path

from cport_desktop import __version__
from cport_desktop.settings import state_folder


def write_record(error: BaseException, environment: Mapping[str, str]) -> str:
    """Write the record of `error`; its reference: the file's path, or a short digest of the
    record where no file can be written.
    """
    text = _record(error)
    name = f"cport-{hashlib.sha256(text.encode()).hexdigest()[:12]}.txt"
    folder = state_folder(environment)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError:
        return name.removesuffix(".txt")
    return str(folder / name)


def _record(error: BaseException) -> str:
    lines = [f"cport {__version__}, Python {platform.python_version()}, {platform.system()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__qualname__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"
