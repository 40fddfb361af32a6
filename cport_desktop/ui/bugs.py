"""What may be said of a bug."""

from __future__ import annotations


def bug_reference(error: Exception) -> str:
    """Kind and place of a bug, without its message, which could hold content."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
    return f"bug {type(error).__name__} {where}".strip()
