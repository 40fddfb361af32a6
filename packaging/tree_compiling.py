"""Python source into what an interpreter loads without looking at the source again.

Each `x.py` becomes `x.pyc` in its place: smaller, quicker to start, and nothing is ever written beside
it. The header says "unchecked" and holds a hash of the source instead of a time, and the code names its
file by its path below the tree, so that the bytes are the same wherever and whenever it is built.
"""

from __future__ import annotations

import py_compile
from pathlib import Path


def compile_in_place(folder: Path, named: str = "") -> int:
    """Every source below `folder` is replaced by its compiled form; how many. In tracebacks they are
    called `named`/…

    Raises:
        py_compile.PyCompileError: one that is no Python.
    """
    sources = sorted(folder.rglob("*.py"))
    for source in sources:
        shown = Path(named) / source.relative_to(folder)
        py_compile.compile(
            str(source),
            cfile=str(source.with_suffix(".pyc")),
            dfile=shown.as_posix(),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        source.unlink()
    return len(sources)
