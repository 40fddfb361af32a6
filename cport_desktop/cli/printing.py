"""How answers look on a terminal: tables, facts, a progress bar. Foreign text is made safe."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from typing import TextIO

from cport_desktop.cli.answer import Answer
from cport_desktop.domain.progress import Announce, Progress
from cport_desktop.words import labels
from cport_desktop.words.errors import Sentence

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories that move a cursor, hide or reorder text on a terminal."""

WIDEST_CELL = 48


def safe(text: str) -> str:
    """`text` with every control and bidirectional character shown as its code point."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(mark):04X}>" if unicodedata.category(mark) in _UNSAFE else mark for mark in text
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under headings, each as wide as it needs, long cells cut with an ellipsis."""
    if not rows:
        return "Nothing found."
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [
        max([len(heading), *(len(row[column]) for row in cells)])
        for column, heading in enumerate(headings)
    ]
    lines = [_line(headings, widths), _line(["─" * width for width in widths], widths)]
    lines += [_line(row, widths) for row in cells]
    return "\n".join(lines)


def facts(pairs: Sequence[tuple[str, object]]) -> str:
    """One line a pair, values in a column."""
    width = max((len(name) for name, _ in pairs), default=0)
    return "\n".join(f"{name:<{width}}  {safe(_plain(value))}" for name, value in pairs)


def print_answer(answer: Answer, *, as_json: bool, is_quiet: bool, out: TextIO) -> None:
    """The answer on `out`; with `--json` exactly one object and nothing else."""
    if answer.is_said:
        return
    if as_json:
        print(json.dumps(answer.fields, ensure_ascii=False), file=out)
    elif answer.text and not is_quiet:
        print(answer.text, file=out)


def print_failure(sentence: Sentence, exit_status: int, *, as_json: bool) -> None:
    """Where an answer would have stood: the error, what to do, and its stable code."""
    if as_json:
        error = {
            "code": sentence.code,
            "exit": exit_status,
            "message": sentence.message,
            "hint": sentence.hint,
        }
        print(json.dumps({"error": error}, ensure_ascii=False))
    else:
        print(
            f"{safe(sentence.message)}\n{safe(sentence.hint)}  [{sentence.code}]", file=sys.stderr
        )


def progress_on(stream: TextIO, *, mode: str) -> Announce:
    """Announce on `stream`: a bar if it is a terminal, JSON lines if `mode` is `json`."""
    if mode == "json":
        return _json_lines(stream)
    if mode == "none" or not stream.isatty():
        return _nothing
    return _bar(stream)


def end_progress(stream: TextIO) -> None:
    """Clear the bar's line."""
    if stream.isatty():
        stream.write("\r\x1b[K")
        stream.flush()


def _nothing(progress: Progress) -> None:
    del progress


def _json_lines(stream: TextIO) -> Announce:
    def announce(progress: Progress) -> None:
        line = {"phase": progress.phase.value, "done": progress.done, "total": progress.total}
        print(json.dumps(line), file=stream, flush=True)

    return announce


def _bar(stream: TextIO) -> Announce:
    last: list[str] = [""]

    def announce(progress: Progress) -> None:
        line = _bar_line(progress, shutil.get_terminal_size().columns)
        if line != last[0]:
            last[0] = line
            stream.write(f"\r\x1b[K{line}")
            stream.flush()

    return announce


def _bar_line(progress: Progress, columns: int) -> str:
    name = f"{labels.phase(progress.phase.value):<20}"
    if not progress.total:
        return f"{name} {progress.done:,}" if progress.done else name
    count = f" {progress.done:,} / {progress.total:,}"
    width = max(10, min(40, columns - len(name) - len(count) - 4))
    filled = round(width * progress.done / progress.total)
    return f"{name} {'█' * filled}{'░' * (width - filled)}{count}"


def _cell(value: str) -> str:
    text = safe(value)
    return text if len(text) <= WIDEST_CELL else f"{text[: WIDEST_CELL - 1]}…"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(padded).rstrip()


def _plain(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value)) or "–"
    return str(value)
