"""Compare a list of blocked domains that was received as a file with what the portal told of the list.

Nothing of the file is kept. The comparison is on record with the digest of the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.dossier import LISTED, standing
from cport_desktop.domain.list_difference import Difference, ListCompared, Side
from cport_desktop.domain.roles import Role
from cport_desktop.domain.worst_of import Tally
from cport_desktop.errors import InputUnreadable
from cport_desktop.formats.domain_lines import LARGEST, parse_domain_lines
from cport_desktop.usecases.check_domain import decision_on
from cport_desktop.usecases.permission import require
from cport_desktop.vault import domain_rules, dossiers, worst_of
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import list_differences as words


def compare_with_file(vault: Vault, path: Path, *, limit: int) -> ListCompared:
    """How many domains stand on either side, and up to `limit` of them, those that differ first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        InputUnreadable, DomainListUnreadable: the file.
    """
    require(vault, Role.ANALYST)
    content = _read(path)
    sha256 = hashlib.sha256(content).hexdigest()
    with vault.reader() as reader:
        lines = parse_domain_lines(content, domain_rules.suffixes(reader.connection))
        told = {
            name
            for name in worst_of.decided_names(reader)
            if (word := decision_on(reader, name)) is not None and word.state == LISTED
        }
        sides = [
            *((name, Side.ONLY_THERE) for name in sorted(lines.domains - told)),
            *((name, Side.ONLY_HERE) for name in sorted(told - lines.domains)),
            *((name, Side.BOTH) for name in sorted(lines.domains & told)),
        ]
        chosen = sides[:limit]
        tallies = worst_of.tallies(reader, [name for name, _ in chosen])
        rows = tuple(
            _difference(reader, name, side, tallies.get(name), vault) for name, side in chosen
        )
    _record(vault, sha256)
    return ListCompared(
        sha256=sha256,
        lines=lines,
        only_there=_count(sides, Side.ONLY_THERE),
        only_here=_count(sides, Side.ONLY_HERE),
        both=_count(sides, Side.BOTH),
        rows=rows,
    )


def _difference(
    reader: Reader, name: str, side: Side, tally: Tally | None, vault: Vault
) -> Difference:
    decision, kept = decision_on(reader, name), dossiers.on_domain(reader, name)
    return Difference(
        domain=name,
        side=side,
        decided=None if decision is None else decision.state,
        dossier=None if kept is None else standing(kept, decision, now=vault.now()),
        reports=0 if tally is None else tally.reports,
    )


def _count(sides: Sequence[tuple[str, Side]], side: Side) -> int:
    return sum(each is side for _, each in sides)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error


def _record(vault: Vault, sha256: str) -> None:
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="compare_list",
                object_kind=ObjectKind.SEARCH,
                object_reference=words.COMPARING,
                payload=(("sha256", sha256),),
            )
        )
