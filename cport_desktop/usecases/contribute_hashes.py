"""Contribute digests to a hash list that hotlines and agencies share."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.operation import ContributeHashes, HashEntry, Operation
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as words


def contribute_hashes(
    vault: Vault,
    list_id: str,
    entries: Iterable[HashEntry],
    *,
    operation_id: UUID,
    note: str = "",
    reason: str | None = None,
) -> tuple[Operation, Changes]:
    """Queue the entries, each once, in the order given.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        PurposeMissing: no reason in a vault with real content.
        EntriesUnfit: no entry, or more than one contribution takes.
        ValueUnknown: no name of a list, or the digest of an empty file.
        TextUnfit: too long a note.
    """
    require(vault, Role.ANALYST)
    purpose = require_purpose(vault, reason, what=words.A_CONTRIBUTION)
    body = ContributeHashes(list_id, tuple(dict.fromkeys(entries)), note.strip())
    return queue_act(vault, Act(body, reason=purpose), operation_id=operation_id)
