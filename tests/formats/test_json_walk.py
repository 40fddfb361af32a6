"""JSON is walked in constant memory, whatever is in it and wherever a piece of the file ends."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.lists import json_walk
from cport_desktop.formats.lists.json_walk import EACH, LARGEST_VALUE, Beginning, walk
from cport_desktop.formats.lists.json_walk import Path as Way
from cport_desktop.words import list_files as words

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class Dripping(io.RawIOBase):
    """A file that gives a few bytes at a time."""

    def __init__(self, content: bytes, step: int) -> None:
        super().__init__()
        self._left = content
        self._step = step

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        given, self._left = self._left[: self._step], self._left[self._step :]
        return given


def walked(content: bytes, *wanted: Way, step: int = 1 << 20) -> list[tuple[Way, bytes]]:
    return list(walk(Dripping(content, step), wanted))  # type: ignore[arg-type]  # as a file reads


@given(st.lists(_VALUES), _VALUES, st.integers(1, 40), st.sampled_from([None, 1]))
def test_what_is_wanted_is_found_as_it_was_written(
    values: list[object], other: object, step: int, indent: int | None
) -> None:
    told = {"other": other, "value": values, "more": [other]}
    content = json.dumps(told, indent=indent).encode()
    found = walked(content, ("value", EACH), step=step)
    assert {path for path, _ in found} <= {("value", EACH)}
    assert [json.loads(value) for _, value in found] == values


@given(st.binary(max_size=300) | st.text('{}[]",:\\ 1tn', max_size=60).map(str.encode))
def test_no_bytes_break_the_walk(content: bytes) -> None:
    try:
        assert isinstance(walked(content, ("value", EACH), step=7), list)
    except HashListUnreadable as refused:
        assert refused.facts["cause"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b'{"value": [1, 2', words.CUT_OFF),
        (b'{"value": [{"a": "b', words.CUT_OFF),
        (b'{"value": [1 2]}', words.NO_JSON),
        (b'{"value" [1]}', words.NO_JSON),
        (b"{1: 2}", words.NO_JSON),
        (b"[" * 100 + b"]" * 100, words.TOO_DEEP),
        (b'{"value": [' + b"[" * 100 + b"]" * 100 + b"]}", words.TOO_DEEP),
        (b'{"other": "' + b"x" * (3 * LARGEST_VALUE) + b'"}', words.TOO_LONG_TEXT),
        (b'{"value": [' + b"1" * 500 + b"]}", words.NO_JSON),
    ],
)
def test_what_is_no_json_is_refused_with_why(content: bytes, cause: str) -> None:
    with pytest.raises(HashListUnreadable) as refused:
        walked(content, ("value", EACH), step=1 << 16)
    assert refused.value.facts["cause"] == cause


def test_a_value_that_is_too_long_is_passed_over() -> None:
    long = json.dumps({"a": ["x" * 1_000] * 2_000})
    content = f'{{"value": [{long}, 7]}}'.encode()
    (_, beginning), (_, after) = walked(content, ("value", EACH), step=1 << 16)
    assert isinstance(beginning, Beginning)
    assert beginning == long[:2_000].encode()
    assert (type(after), after) == (bytes, b"7")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    element = json.dumps({"MD5": "0" * 32, "Tags": "x" * 4_000})
    with path.open("w") as out:
        out.write('{"other": [' + ",".join([element] * 3_000) + '], "value": [')
        out.write(",".join([element] * 3_000) + "]}")
    with path.open("rb") as file:
        tracemalloc.start()
        count = sum(1 for _ in walk(file, [("value", EACH)]))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 3_000
    assert most < 6 * json_walk.LARGEST_VALUE < path.stat().st_size
