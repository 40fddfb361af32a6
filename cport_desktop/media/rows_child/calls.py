"""The system calls that reading a database takes, beside those of every confined child.

SQLite reads by place (`pread64`) and asks how long its file is. The C library asks that of a descriptor with
a call that could ask it of a path (`newfstatat`): what can be learned by it, that a file is there and how
long it is, can be told to nobody but the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cport_desktop.media.child.call_filter import AARCH64, X86_64, Numbers

_MORE: Final[Mapping[str, Mapping[str, int]]] = {
    "x86_64": {"pread64": 17, "fstat": 5, "newfstatat": 262},
    "aarch64": {"pread64": 67, "fstat": 80, "newfstatat": 79},
}


def _with(numbers: Numbers, more: Mapping[str, int]) -> Numbers:
    return replace(
        numbers,
        allowed=MappingProxyType({**numbers.allowed, **more}),
        denied=MappingProxyType(
            {name: number for name, number in numbers.denied.items() if name not in more}
        ),
    )


DATABASE_CALLS: Final[Mapping[str, Numbers]] = MappingProxyType(
    {
        "x86_64": _with(X86_64, _MORE["x86_64"]),
        "aarch64": _with(AARCH64, _MORE["aarch64"]),
    }
)
"""By what `os.uname().machine` says."""
