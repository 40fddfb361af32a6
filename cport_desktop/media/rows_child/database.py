"""A foreign SQLite file: opened to be read only, asked one question, with a bound on everything.

Read are tables, by their names; never a view (it is a statement of whoever made the file), never a virtual
table. What SQLite would do beside that, it may not: the authorizer refuses all but reading and choosing,
and the file's own schema is not trusted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from cport_desktop.formats.lists.foreign_rows import (
    LONGEST_CELL,
    ROWS_TOGETHER,
    DatabaseList,
    Failure,
    ForeignRow,
    Opened,
)

_LIMITS: Final = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 1 << 20),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1 << 18),
    (sqlite3.SQLITE_LIMIT_COLUMN, 200),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 3),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 10_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 8),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
)
_PRAGMAS: Final = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA query_only = ON",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -8192",
)
_STEPS: Final = 100_000
_MOST_STEPS: Final = 3_000
"""So many times `_STEPS` steps of SQLite's machine without a row: some ten seconds."""
_MOST_NAMES: Final = 1_000_000
"""Names of a Sleuth Kit database that are brought together in memory; of more, none is told."""
_FUNCTIONS: Final = frozenset({"max", "min"})
_DIGEST_COLUMNS: Final = ("md5", "sha1", "sha256")

_KDB: Final = "SELECT h.md5, h.sha1, h.sha2_256, NULL FROM main.hashes AS h NOT INDEXED"
_KDB_NAMED: Final = (
    "SELECT h.md5, h.sha1, h.sha2_256, n.name FROM main.hashes AS h NOT INDEXED LEFT JOIN"
    " (SELECT hash_id, min(name) AS name FROM main.file_names GROUP BY hash_id) AS n"
    " ON n.hash_id = h.id"
)


class Unfit(Exception):
    """The database cannot be read, and why."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why)
        self.why: Failure = why


class ForeignDatabase:
    """Opened by its name before this process is confined; asked only afterwards."""

    def __init__(self, uri: str) -> None:
        try:
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise Unfit("damaged") from error
        self._steps = 0

    def opened(self) -> Opened:
        """Which list it is.

        Raises:
            Unfit: none, or it cannot be read.
        """
        with _told():
            self._bind()
            kind, table = self._kind()
            return Opened(kind, self._most(table))

    def rows(self) -> Iterator[list[ForeignRow]]:
        """Its rows, some together.

        Raises:
            Unfit: it cannot be read on.
        """
        with _told():
            cursor = self._connection.execute(self._question())
            while rows := cursor.fetchmany(ROWS_TOGETHER):
                self._steps = 0
                yield [_row(row) for row in rows]

    def _bind(self) -> None:
        for limit, most in _LIMITS:
            self._connection.setlimit(limit, most)
        for pragma in _PRAGMAS:
            self._connection.execute(pragma)
        self._connection.text_factory = lambda text: text[:LONGEST_CELL].decode("utf-8", "replace")
        self._connection.set_progress_handler(self._step, _STEPS)
        self._connection.set_authorizer(_allowed)

    def _step(self) -> int:
        self._steps += 1
        return int(self._steps > _MOST_STEPS)

    def _tables(self) -> frozenset[str]:
        """Tables that are nothing else: a virtual one has no page, a view is of another type."""
        found = self._connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0 LIMIT 1000"
        )
        return frozenset(str(name).casefold() for (name,) in found)

    def _kind(self) -> tuple[DatabaseList, str]:
        tables = self._tables()
        if {"db_properties", "hashes"} <= tables:
            return "kdb", "hashes"
        for table in ("file", "metadata"):
            if table in tables and set(_DIGEST_COLUMNS) <= self._columns(table):
                return "nsrl-rds3", table
        raise Unfit("other_tables")

    def _columns(self, table: str) -> frozenset[str]:
        described = self._connection.execute(f"SELECT * FROM main.{table} LIMIT 0").description  # noqa: S608 - our own words
        return frozenset(str(column[0]).casefold() for column in described)

    def _most(self, table: str) -> int:
        """How many rows there may be; 0 where the table has no numbers."""
        with suppress(sqlite3.OperationalError):
            ((most,),) = self._connection.execute(f"SELECT max(rowid) FROM main.{table}")  # noqa: S608 - our own words
            return max(0, most) if isinstance(most, int) else 0
        return 0

    def _question(self) -> str:
        kind, table = self._kind()
        if kind == "kdb":
            has_names = {"hash_id", "name"} <= self._columns_if_there("file_names")
            is_few = has_names and 0 < self._most("file_names") <= _MOST_NAMES
            return _KDB_NAMED if is_few else _KDB
        name = "file_name" if "file_name" in self._columns(table) else "NULL"
        return f"SELECT md5, sha1, sha256, {name} FROM main.{table} NOT INDEXED"  # noqa: S608 - our own words

    def _columns_if_there(self, table: str) -> frozenset[str]:
        return self._columns(table) if table in self._tables() else frozenset()


class _told:  # noqa: N801 - used as a function is
    """What SQLite says against a file is `Unfit`."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            is_endless = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
            raise Unfit("endless" if is_endless else "damaged") from error
        if isinstance(error, MemoryError | UnicodeError | OverflowError | RecursionError):
            raise Unfit("damaged") from error


def _allowed(action: int, _first: str | None, second: str | None, *_where: object) -> int:
    if action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _row(row: tuple[object, ...]) -> ForeignRow:
    md5, sha1, sha256, name = map(_cell, row)
    return md5, sha1, sha256, name


def _cell(value: object) -> str | None:
    if value is None:
        return None
    text = value.hex() if isinstance(value, bytes) else str(value)
    return text[:LONGEST_CELL]
