"""Long lists of random digests in each kind of file, written a line at a time."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.list_files import CONTEXT_20, HASHKEEPER_HEAD


def _digests(entries: int) -> Iterator[tuple[str, str, str]]:
    """MD5, SHA-1 and SHA-256 of files that are nowhere."""
    dice = random.Random(1)
    for _ in range(entries):
        digits = dice.randbytes(68).hex()
        yield digits[:32], digits[32:72], digits[72:]


def _md5sum(path: Path, entries: int) -> None:
    with path.open("w") as out:
        out.writelines(
            f"{md5}  shape-{at}.png\n" for at, (md5, _, _) in enumerate(_digests(entries))
        )


def _csv(path: Path, entries: int) -> None:
    with path.open("w") as out:
        out.write("md5;sha1;sha256;name;category\n")
        out.writelines(
            f"{md5};{sha1};{sha256};shape-{at}.png;2\n"
            for at, (md5, sha1, sha256) in enumerate(_digests(entries))
        )


def _vics(path: Path, entries: int) -> None:
    context = CONTEXT_20.format(region="Default", what="Media")
    with path.open("w") as out:
        out.write(f'{{"@odata.context": "{context}", "value": [')
        for at, (md5, sha1, _) in enumerate(_digests(entries)):
            out.write(
                f'{"," if at else ""}{{"MediaID": {at}, "Category": 2, "MD5": "{md5.upper()}",'
                f' "SHA1": "{sha1.upper()}", "MediaSize": 18, "VictimIdentified": "false",'
                ' "OffenderIdentified": "false", "IsDistributed": "false", "Series": null,'
                ' "DateUpdated": "2026-01-02T03:04:05.000Z", "Tags": "synthetic"}\n'
            )
        out.write("]}")


def _nsrl(path: Path, entries: int) -> None:
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE FILE (sha256, sha1, md5, crc32, file_name, file_size, package_id)")
    made.executemany(
        "INSERT INTO FILE VALUES (?3, ?2, ?1, '0A', 'shape.png', 18, 1)", _digests(entries)
    )
    made.commit()
    made.close()


def _kdb(path: Path, entries: int) -> None:
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE db_properties (name TEXT NOT NULL, value TEXT)")
    made.execute("INSERT INTO db_properties VALUES ('Schema Version', '1')")
    made.execute(
        "CREATE TABLE hashes (id INTEGER PRIMARY KEY, md5 BINARY(16), sha1 BINARY(20),"
        " sha2_256 BINARY(32))"
    )
    made.execute("CREATE TABLE file_names (name TEXT NOT NULL, hash_id INTEGER NOT NULL)")
    made.executemany(
        "INSERT INTO hashes (md5, sha1, sha2_256) VALUES (?, ?, ?)",
        (tuple(map(bytes.fromhex, digests)) for digests in _digests(entries)),
    )
    made.execute("INSERT INTO file_names SELECT 'shape-' || id || '.png', id FROM hashes")
    made.commit()
    made.close()


def _stix(path: Path, entries: int) -> None:
    with path.open("w") as out:
        out.write('{"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000",')
        out.write(' "objects": [')
        for at, (md5, sha1, sha256) in enumerate(_digests(entries)):
            out.write(
                f'{"," if at else ""}{{"type": "file", "spec_version": "2.1", "id":'
                f' "file--00000000-0000-4000-8000-{at:012}", "hashes": {{"MD5": "{md5}",'
                f' "SHA-1": "{sha1}", "SHA-256": "{sha256}"}}, "name": "shape-{at}.png"}}\n'
            )
        out.write("]}")


def _misp(path: Path, entries: int) -> None:
    with path.open("w") as out:
        out.write('{"Event": {"info": "synthetic", "Attribute": [], "Object": [')
        for at, (md5, _, sha256) in enumerate(_digests(entries)):
            out.write(
                f'{"," if at else ""}{{"name": "file", "Attribute": [{{"type": "filename",'
                f' "object_relation": "filename", "value": "shape-{at}.png"}}, {{"type": "md5",'
                f' "object_relation": "md5", "value": "{md5}"}}, {{"type": "sha256",'
                f' "object_relation": "sha256", "value": "{sha256}"}}]}}\n'
            )
        out.write("]}}")


def _encase(path: Path, entries: int) -> None:
    with path.open("wb") as out:
        out.write(b"HASH\r\n\xff\x00".ljust(1_032, b"\0").ljust(1_152, b"\0"))
        out.writelines(bytes.fromhex(md5) + b"\0\0" for md5, _, _ in _digests(entries))


def _hashkeeper(path: Path, entries: int) -> None:
    with path.open("w") as out:
        out.write(",".join(HASHKEEPER_HEAD) + "\n")
        out.writelines(
            f'{at},1,"shape-{at}.png","C:\\",{md5.upper()},18,,,,,,\n'
            for at, (md5, _, _) in enumerate(_digests(entries))
        )


WRITERS: Final[Mapping[str, Callable[[Path, int], None]]] = {
    "md5sum": _md5sum,
    "csv": _csv,
    "vics": _vics,
    "nsrl-rds3": _nsrl,
    "kdb": _kdb,
    "stix": _stix,
    "misp": _misp,
    "encase": _encase,
    "hashkeeper": _hashkeeper,
}
"""Each makes a file of so many entries at a path."""
