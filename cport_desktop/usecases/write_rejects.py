"""What was refused of a file of digests, in a file that a person asked for by path, on record.

One line each: number, reason, how the line began, with tabs between them. The file is there when all
of it is; nothing is left of one that was cut off.

No clause of the agreement is asked: it governs what the portal shared, and nothing of that can be in the
file. Its lines are those of a file that the analyst brought and that the vault did not take; they come
from its reader alone, and never from a list, a report or a digest that is kept here. They do leave in
the clear, so that it takes the role, is in the log before the first of them is written, and is said.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.roles import Role
from cport_desktop.exports.output_files import growing_file
from cport_desktop.formats.hash_list_file import Refused
from cport_desktop.usecases.permission import require
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words

_HEAD: Final = "line\treason\ttext\n"


@contextmanager
def rejects_file(vault: Vault, path: Path | None) -> Iterator[Callable[[Refused], None]]:
    """What takes refused lines while the block lasts; with a path they are in a new file after it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        OutputExists, OutputUnwritable, StorageFull: the file; nothing is left of it.
    """
    require(vault, Role.ANALYST)
    if path is None:
        yield lambda _: None
        return
    with (
        growing_file(path, begins_with=_HEAD.encode()) as (_, descriptor),
        os.fdopen(os.dup(descriptor), "w", encoding="utf-8", newline="") as out,
    ):
        with vault.transaction() as tx:
            tx.record(
                AuditDraft(
                    action=AuditAction.DISCLOSURE,
                    verb="write_rejects",
                    object_kind=ObjectKind.HASH_LIST,
                    object_reference=path.name,
                )
            )
        out.write(_HEAD)
        yield lambda refused: _write(out.write, refused)
        out.flush()
        os.fsync(descriptor)


def _write(write: Callable[[str], int], refused: Refused) -> None:
    # Nothing in a line may look like the end of one, or like another column.
    text = refused.text.translate(
        {ord(mark): " " for mark in "\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
    )
    write(f"{refused.line}\t{words.refused(refused.refusal.value)}\t{text}\n")
