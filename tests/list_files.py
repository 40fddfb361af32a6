"""Files of random digests in every form that lists have: each maker gives the bytes of a file that lists
the same known files.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ICSE_HEAD: Final = [
    "MD5",
    "SHA1",
    "PhotoDNA",
    "Image ID",
    "Is distributed",
    "Victim identified",
    "Offender identified",
    "Series name",
    "Number of submissions",
    "File Available",
    "Media Type",
    "Baseline",
]
RDS2_HEAD: Final = [
    "SHA-1",
    "MD5",
    "CRC32",
    "FileName",
    "FileSize",
    "ProductCode",
    "OpSystemCode",
    "SpecialCode",
]
HASHKEEPER_HEAD: Final = [
    "file_id",
    "hashset_id",
    "file_name",
    "directory",
    "hash",
    "file_size",
    "date_modified",
    "time_modified",
    "time_zone",
    "comments",
    "date_accessed",
    "time_accessed",
]
CONTEXT_13: Final = "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media"
CONTEXT_20: Final = (
    "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/{region}/$metadata#{what}"
)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """Digests in hexadecimal, lower case."""

    md5: str
    sha1: str
    sha256: str
    pdq: str
    name: str


def known_files(count: int, *, seed: int = 1) -> list[KnownFile]:
    dice = random.Random(seed)
    return [
        KnownFile(
            dice.randbytes(16).hex(),
            dice.randbytes(20).hex(),
            dice.randbytes(32).hex(),
            dice.randbytes(32).hex(),
            f"shape-{number}.png",
        )
        for number in range(count)
    ]


def vics13(files: Sequence[KnownFile]) -> bytes:
    media = [
        {
            "odata.id": f'Media("{file.md5.upper()}")',
            "MediaFiles": [{"MD5": file.md5.upper(), "FileName": file.name, "FilePath": "y"}],
            "AlternativeHashes@odata.navigationLinkUrl": "AlternativeHashes(HashName='SHA1')",
            "AlternativeHashes": [{"HashName": "SHA1", "HashValue": file.sha1.upper()}],
            "MediaID": number,
            "Category": number % 3,
            "MD5": file.md5.upper(),
            "MediaSize": "18",
        }
        for number, file in enumerate(files, 1)
    ]
    return json.dumps({"odata.metadata": CONTEXT_13, "value": media}, indent=1).encode()


def vics20(files: Sequence[KnownFile], *, region: str = "US", is_case: bool = False) -> bytes:
    media = [
        {
            "MediaID": number,
            "Category": None if number % 2 else 2,
            "MD5": file.md5.upper(),
            "SHA1": file.sha1.upper(),
            "MediaSize": 18,
            "RelativeFilePath": f"VIC_Files\\{file.name}",
            "VictimIdentified": "false",
            "Series": None,
            "Tags": "synthetic",
            "AlternativeHashes": [
                {"HashName": "SHA256", "HashValue": file.sha256.upper()},
                {"HashName": "PDQ", "HashValue": file.pdq},
            ],
        }
        for number, file in enumerate(files, 1)
    ]
    context = CONTEXT_20.format(region=region, what="Cases" if is_case else "Media")
    value: object = [{"CaseID": "0-1", "TotalMediaFiles": 2, "Media": media}] if is_case else media
    return json.dumps({"@odata.context": context, "value": value}).encode()


def table(head: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL).writerows(
        [head, *rows] if head else rows
    )
    return out.getvalue().encode()


def icse(files: Sequence[KnownFile]) -> bytes:
    rows = [
        [
            file.md5,
            file.sha1,
            "",
            str(at),
            "true",
            "false",
            "false",
            "series a",
            "3",
            "true",
            "Image",
            "Yes" if at % 2 else "No",
        ]
        for at, file in enumerate(files)
    ]
    return table(ICSE_HEAD, rows, ";")


def rds2(files: Sequence[KnownFile]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(RDS2_HEAD)
    for file in files:
        writer.writerow([file.sha1.upper(), file.md5.upper(), "0A", file.name, "18", "1", "2", ""])
    return out.getvalue().encode()


def hashkeeper(files: Sequence[KnownFile]) -> bytes:
    rows = [
        [str(at), "1", file.name, "C:\\", file.md5.upper(), "18", "", "", "", "", "", ""]
        for at, file in enumerate(files)
    ]
    return table(HASHKEEPER_HEAD, rows)


def plain_csv(files: Sequence[KnownFile]) -> bytes:
    head = ["Name", "SHA-256", "md5", "Category", "pdq", "quality", "size"]
    rows = [[f.name, f.sha256, f.md5, "A", f.pdq, "90", "18"] for f in files]
    return table(head, rows, ";")


def encase(files: Sequence[KnownFile]) -> bytes:
    name = "Synthetic shapes".encode("utf-16-le")
    head = b"HASH\r\n\xff\x00".ljust(1032, b"\0") + name
    records = b"".join(bytes.fromhex(file.md5) + b"\0\0" for file in files)
    return head.ljust(1152, b"\0") + records


def stix(files: Sequence[KnownFile]) -> bytes:
    objects = [
        {
            "type": "file",
            "spec_version": "2.1",
            "id": f"file--00000000-0000-4000-8000-{at:012}",
            "hashes": {"MD5": f.md5, "SHA-1": f.sha1, "SHA-256": f.sha256, "x_pdq": f.pdq},
            "name": f.name,
        }
        for at, f in enumerate(files)
    ]
    bundle = "bundle--00000000-0000-4000-8000-000000000000"
    return json.dumps({"type": "bundle", "id": bundle, "objects": objects}).encode()


def misp(files: Sequence[KnownFile]) -> bytes:
    objects = [
        {
            "name": "file",
            "Attribute": [
                {"type": "filename", "object_relation": "filename", "value": f.name},
                {"type": "md5", "object_relation": "md5", "value": f.md5},
                {"type": "sha256", "object_relation": "sha256", "value": f.sha256},
                {"type": "other", "comment": "pdq", "value": f.pdq},
            ],
        }
        for f in files
    ]
    event = {"info": "synthetic", "Attribute": [], "Object": objects}
    return json.dumps({"Event": event}).encode()


def pdq(files: Sequence[KnownFile]) -> bytes:
    return "".join(f"{file.pdq},{80 + at % 21}\n" for at, file in enumerate(files)).encode()


def signals(files: Sequence[KnownFile]) -> bytes:
    return "".join(f"pdq {file.pdq}\nvideo_md5 {file.md5}\n" for file in files).encode()


def md5sum(files: Sequence[KnownFile]) -> bytes:
    return "".join(f"{file.md5}  {file.name}\n" for file in files).encode()


def nsrl_rds3(path: Path, files: Sequence[KnownFile]) -> None:
    """As the minimal sets are: FILE is a table."""
    with sqlite3.connect(path) as made:
        made.execute(
            "CREATE TABLE FILE (sha256 VARCHAR NOT NULL, sha1 VARCHAR NOT NULL, md5 VARCHAR NOT"
            " NULL, crc32 VARCHAR, file_name VARCHAR, file_size INTEGER, package_id INTEGER)"
        )
        made.execute("CREATE TABLE VERSION (version VARCHAR, release_date TIMESTAMP)")
        made.executemany(
            "INSERT INTO FILE VALUES (?, ?, ?, '0A', ?, 18, 1)",
            [(f.sha256.upper(), f.sha1.upper(), f.md5.upper(), f.name) for f in files],
        )
    made.close()


def nsrl_rds3_full(path: Path, files: Sequence[KnownFile]) -> None:
    """As the whole sets are: FILE is a view, what is in it lies in METADATA."""
    with sqlite3.connect(path) as made:
        made.execute(
            "CREATE TABLE METADATA (metadata_id INTEGER PRIMARY KEY, bytes INTEGER, crc32 VARCHAR,"
            " md5 VARCHAR, sha1 VARCHAR, sha256 VARCHAR)"
        )
        made.execute("CREATE VIEW FILE AS SELECT sha256, sha1, md5 FROM METADATA")
        made.executemany(
            "INSERT INTO METADATA VALUES (NULL, 18, '0A', ?, ?, ?)",
            [(f.md5.upper(), f.sha1.upper(), f.sha256.upper()) for f in files],
        )
    made.close()


def kdb(path: Path, files: Sequence[KnownFile]) -> None:
    with sqlite3.connect(path) as made:
        made.executescript(
            "CREATE TABLE db_properties (name TEXT NOT NULL, value TEXT);"
            "INSERT INTO db_properties VALUES ('Schema Version', '1');"
            "CREATE TABLE hashes (id INTEGER PRIMARY KEY AUTOINCREMENT, md5 BINARY(16) UNIQUE,"
            " sha1 BINARY(20), sha2_256 BINARY(32));"
            "CREATE TABLE file_names (name TEXT NOT NULL, hash_id INTEGER NOT NULL,"
            " PRIMARY KEY(name, hash_id));"
            "CREATE TABLE comments (comment TEXT NOT NULL, hash_id INTEGER NOT NULL);"
        )
        for number, file in enumerate(files, 1):
            digests = [bytes.fromhex(each) for each in (file.md5, file.sha1, file.sha256)]
            made.execute("INSERT INTO hashes VALUES (?, ?, ?, ?)", (number, *digests))
            made.execute("INSERT INTO file_names VALUES (?, ?)", (file.name, number))
    made.close()


TEXTS: Final[Mapping[str, Callable[[Sequence[KnownFile]], bytes]]] = {
    "icse": icse,
    "nsrl-rds2": rds2,
    "hashkeeper": hashkeeper,
    "csv": plain_csv,
    "stix": stix,
    "misp": misp,
    "pdq": pdq,
    "threatexchange": signals,
    "md5sum": md5sum,
    "vics": vics20,
}
BYTES: Final[Mapping[str, Callable[[Sequence[KnownFile]], bytes]]] = {**TEXTS, "encase": encase}
DATABASES: Final[Mapping[str, Callable[[Path, Sequence[KnownFile]], None]]] = {
    "nsrl-rds3": nsrl_rds3,
    "kdb": kdb,
}


def write(kind: str, path: Path, files: Sequence[KnownFile]) -> Path:
    """A list of `files` at `path`."""
    if kind in DATABASES:
        DATABASES[kind](path, files)
    else:
        path.write_bytes(BYTES[kind](files))
    return path
