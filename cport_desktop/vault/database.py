"""Connections to SQLCipher files, and the names of what can go wrong with them.

Every connection is opened with a raw key, checks that the cipher is really at work, keeps
temporary tables in memory and writes through a WAL with `synchronous=FULL`: with NORMAL,
or with a rollback journal, rows that had been acknowledged were lost on power cuts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from sqlcipher3 import dbapi2

from cport_desktop.domain.name_order import compare_names
from cport_desktop.domain.progress import Announce, Phase, Progress
from cport_desktop.errors import Cancelled, StorageFull, StorageUnwritable, VaultDamaged
from cport_desktop.vault.durable_files import make_private_file, naming_disk_faults, sync_file
from cport_desktop.vault.search import plain

Row = tuple[Any, ...]
Parameters = Sequence[Any] | dict[str, Any]

_PLAIN_MAGIC = b"SQLite format 3\x00"
_FULL = 13
_SHARED_MEMORY = 64 * 1024
"""Bytes that must be free at least where a database is opened; SQLite makes 32 KiB of it."""
_DAMAGED = (10, 11, 26)
"""Primary result codes of SQLite: IOERR, CORRUPT, NOTADB."""
_NOT_ALLOWED = (3, 8, 14)
"""PERM, READONLY, CANTOPEN."""
_INTERRUPTED = 9
_CODE_BY_WORDS = {
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "file is not a database": 26,
    "interrupted": 9,
    "unable to open database file": 14,
    "attempt to write a readonly database": 8,
}
"""What sqlite3_errstr says for those codes."""
_PAGES_AT_ONCE = 2048
"""8 MiB in one step of a copy: often enough to show progress and to be interrupted."""
_BUSY_MS = 10_000
"""Longest wait for the other connection of this process (a checkpoint): far above any measured."""


class Cursor(Protocol):
    """What a statement gives back."""

    @property
    def rowcount(self) -> int: ...
    @property
    def lastrowid(self) -> int: ...
    def fetchone(self) -> Row | None: ...
    def fetchmany(self, size: int = ...) -> list[Row]: ...
    def fetchall(self) -> list[Row]: ...
    def __iter__(self) -> Iterator[Row]: ...
    def close(self) -> None: ...


class Connection(Protocol):
    """The part of DB-API that this room uses. Rows are tuples."""

    @property
    def total_changes(self) -> int: ...
    @property
    def in_transaction(self) -> bool: ...
    def create_collation(self, name: str, compare: Callable[[str, str], int], /) -> None: ...
    def create_function(
        self, name: str, arguments: int, function: Callable[[str], str], /, *, deterministic: bool
    ) -> None: ...
    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor: ...
    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Cursor: ...
    def interrupt(self) -> None: ...
    def set_progress_handler(self, handler: Callable[[], int] | None, steps: int, /) -> None: ...
    def backup(
        self, target: Any, *, pages: int, progress: Callable[[int, int, int], None]
    ) -> None: ...
    def close(self) -> None: ...


BY_NAME: Final = "by_name"
"""The collation of names that people read (`domain.name_order`), which every connection has. It
stands behind ORDER BY alone: were it part of a column or an index, no other program could read the file.
"""

PLAIN: Final = "plain"
"""The function `vault.search.plain`, for texts that people wrote; likewise in no table and no index."""

READER_CACHE = 16 * 1024
WRITER_CACHE = 32 * 1024
"""KiB of decrypted pages that a connection keeps at most; taken as they are needed. SQLite's own
8 MiB made counting facets over 100,000 reports up to twice as slow: each page that falls out is
read and decrypted again."""


@contextmanager
def naming_faults(where: str) -> Iterator[None]:
    """What SQLite raises inside becomes an error of our tree.

    A constraint that does not hold or a statement that does not parse is a bug and stays
    as it is.

    Raises:
        StorageFull, StorageUnwritable, VaultDamaged, Cancelled: as the code says; `where` names
            the file.
    """
    try:
        yield
    except dbapi2.DatabaseError as error:
        primary = _primary_code(error)
        if primary == _FULL:
            raise StorageFull(where=where) from error
        if primary == _INTERRUPTED:
            raise Cancelled from error
        if primary in _DAMAGED:
            raise VaultDamaged(where=where) from error
        if primary in _NOT_ALLOWED:
            raise StorageUnwritable(where=where, cause=str(error)) from error
        raise


def _primary_code(error: dbapi2.DatabaseError) -> int | None:
    """SQLite's primary result code. A copy that fails tells it by its words alone."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & 0xFF
    return _CODE_BY_WORDS.get(str(error))


def connect(path: Path, key: bytes, *, durable: bool = True) -> Connection:
    """A connection in autocommit mode that may write; the file is made if there is none.

    `durable`: a committed transaction survives a power cut. Without it (for what can be
    rebuilt) the file still stays whole, but the last commits may be missing.

    Raises:
        VaultDamaged: the file is not ciphertext under `key`.
        StorageFull: no room.
    """
    return _unlocked(
        path,
        key,
        "PRAGMA journal_mode = WAL",
        f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}",
        "PRAGMA foreign_keys = ON",
        # What is deleted or replaced is overwritten with zeros in the file, not merely forgotten.
        "PRAGMA secure_delete = ON",
        # INSERT OR REPLACE asks the triggers on deletion, too.
        "PRAGMA recursive_triggers = ON",
        f"PRAGMA cache_size = -{WRITER_CACHE}",
        # After a crash in the middle of a merge, pages in the file may be torn whose whole copies
        # are in the log. SQLCipher's check of all pages looks at the file alone.
        "PRAGMA wal_checkpoint(PASSIVE)",
    )


def connect_reader(path: Path, key: bytes) -> Connection:
    """A connection that cannot write. Raises as `connect`."""
    return _unlocked(path, key, "PRAGMA query_only = ON", f"PRAGMA cache_size = -{READER_CACHE}")


def _unlocked(path: Path, key: bytes, *settings: str) -> Connection:
    with _naming_want_of_room(path), naming_faults(path.name):
        connection: Connection = dbapi2.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            _unlock(connection, key)
            connection.create_collation(BY_NAME, compare_names)
            connection.create_function(PLAIN, 1, plain, deterministic=True)
            for setting in settings:
                connection.execute(setting)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def _naming_want_of_room(path: Path) -> Iterator[None]:
    """SQLite calls it an I/O error when there is no room for the file of its shared memory, and
    the driver does not hand on the code that would tell the one from the other.
    """
    try:
        yield
    except VaultDamaged as error:
        if path.exists() and shutil.disk_usage(path.parent).free < _SHARED_MEMORY:
            raise StorageFull(where=path.name) from error
        raise


def _unlock(connection: Connection, key: bytes) -> None:
    # Else SQLCipher writes its diagnostics to stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    # Measured: wiping and locking each allocation makes applying a batch 13 times slower, and
    # the keys themselves are wiped without it (docs/adr/0008-no-cipher-memory-security.md).
    connection.execute("PRAGMA cipher_memory_security = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise VaultDamaged(where="cipher")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def copy_pages(source: Connection, path: Path, key: bytes, announce: Announce) -> None:
    """`path`, a new file, holds every page of `source` under `key`, durably; one state of it.

    What `source` writes meanwhile is carried along; other connections must not write.

    Raises:
        StorageFull, VaultDamaged: the disk, or a page that fails its check.
    """
    with naming_disk_faults(path.name):
        make_private_file(path)
    with naming_faults(path.name):
        target: Connection = dbapi2.connect(str(path), isolation_level=None)
        try:
            _unlock(target, key)
            source.backup(target, pages=_PAGES_AT_ONCE, progress=_announcing(announce))
        finally:
            target.close()
    with naming_disk_faults(path.name):
        sync_file(path)


def _announcing(announce: Announce) -> Callable[[int, int, int], None]:
    def tell(_status: int, remaining: int, total: int) -> None:
        announce(Progress(Phase.COPYING, total - remaining, total))

    return tell


def faults_of(connection: Connection) -> tuple[str, ...]:
    """What the checks of SQLCipher (every page) and of SQLite (structure, references) find."""
    with naming_faults("database"):
        pages = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        structure = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        references = [str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")]
    return (*pages, *(fault for fault in structure if fault != "ok"), *references)


def remove_database(path: Path) -> None:
    """`path` and what SQLite keeps beside it are gone.

    Raises:
        StorageFull, StorageUnwritable, VaultDamaged: the disk.
    """
    with naming_disk_faults(path.name):
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def require_ciphertext(path: Path) -> None:
    """Nothing, if the file does not begin like a plain database.

    Raises:
        VaultDamaged: if it lies there in the clear.
    """
    with naming_disk_faults(path.name), path.open("rb") as file:
        if file.read(len(_PLAIN_MAGIC)) == _PLAIN_MAGIC:
            raise VaultDamaged(where=f"{path.name} (not encrypted)")


def cipher_version() -> str | None:
    """The version of the library that encrypts, or None if this SQLite does not."""
    connection: Connection = dbapi2.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return None if row is None else str(row[0])
