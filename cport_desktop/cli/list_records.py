"""What reading a hash list in came to, for people and as a record; and what is said of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.grammar import Options
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.errors import ValueUnknown
from cport_desktop.formats.hash_list_file import Column, Refused, Row
from cport_desktop.formats.lists.columns import Meaning
from cport_desktop.usecases.import_hash_list import Imported
from cport_desktop.usecases.list_manifest import Beside
from cport_desktop.words import known as words
from cport_desktop.words import list_files, list_manifests

_NONE: Final = "–"


def columns_said(said: Sequence[str]) -> dict[str, str]:
    """A column by what it has; `md5=3` or `md5=Hash value`, several with commas between them.

    Raises:
        ValueUnknown: no such thing is in any column.
    """
    found: dict[str, str] = {}
    for part in (part for each in said for part in each.split(",")):
        word, is_there, column = part.partition("=")
        meaning = word.strip().casefold()
        if not is_there or meaning not in list(Meaning):
            accepted = ", ".join(f"{each}=…" for each in Meaning)
            raise ValueUnknown(what=list_files.A_MEANING, value=part, accepted=accepted)
        found[meaning] = column
    return found


def imported(done: Imported) -> Answer:
    """What became of the rows of a file, and how the first of them were understood."""
    fields: dict[str, Json] = {
        "id": done.list_id,
        "name": done.name,
        "format": done.format,
        "profile": done.profile,
        "negative": done.is_negative,
        "file_sha256": done.file_sha256,
        "accepted": done.accepted,
        "rejected": done.rejected,
        "duplicates": done.duplicates,
        "hits_new": done.hits.new,
        "dry_run": done.list_id is None,
    }
    shown = {**fields, "manifest": manifest_told(done.beside)}
    told = facts([(name.replace("_", " "), value) for name, value in shown.items()])
    heads = ("Line", "Digest", "Category", "Name or reason")
    rows = table(heads, [_first_line(row) for row in done.first])
    columns: list[Json] = [
        {"number": column.number, "heading": column.heading, "meaning": column.meaning}
        for column in done.columns
    ]
    first: list[Json] = [_first(row) for row in done.first]
    parts = [told, *([_columns(done.columns)] if columns else []), rows]
    beside = manifest_record(done.beside)
    return Answer(
        {**fields, "manifest": beside, "columns": columns, "first": first}, "\n\n".join(parts)
    )


def trusted(options: Options) -> bytes | None:
    """The certificates that `--trust` names."""
    path = options.path("trust")
    return None if path is None else read_key_file(path)


def manifest_record(beside: Beside | None) -> Json:
    """The manifest beside a file, and who signed it."""
    if beside is None:
        return None
    told = beside.manifest
    return {
        "list": told.list_id,
        "version": told.version,
        "negative": told.is_negative,
        "signer": beside.signer,
        "authority": beside.authority,
    }


def manifest_told(beside: Beside | None) -> str:
    """The same for people."""
    return _NONE if beside is None else list_manifests.signed_by(beside.signer, beside.authority)


def _columns(columns: Sequence[Column]) -> str:
    lines = [
        (str(column.number), column.heading or _NONE, list_files.meaning(column.meaning))
        for column in columns
    ]
    return table(("Column", "Heading", "Has"), lines)


def _first(row: Row) -> Json:
    if isinstance(row, Refused):
        return {"line": row.line, "refused": row.refusal.value, "text": row.text}
    line, listed = row
    algorithm, digest = listed.digests[0]
    return {
        "line": line,
        "algorithm": algorithm.word,
        "digest": digest.hex(),
        "digests": {kind.word: each.hex() for kind, each in listed.digests},
        "category": listed.category,
        "quality": listed.quality,
        "name": listed.name,
    }


def _first_line(row: Row) -> tuple[str, ...]:
    if isinstance(row, Refused):
        return str(row.line), _NONE, _NONE, words.refused(row.refusal.value)
    line, listed = row
    algorithm, digest = listed.digests[0]
    more = f" +{len(listed.digests) - 1}" if len(listed.digests) > 1 else ""
    told = f"{algorithm.word}:{digest.hex()}{more}"
    return str(line), told, listed.category or _NONE, listed.name or ""
