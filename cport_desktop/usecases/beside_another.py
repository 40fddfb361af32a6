"""Whether an assessment may be queued where another of the same content item waits already.

1. What a colleague found and a second reader has yet to confirm is answered by a word about that one,
   and not by an assessment beside it.
2. What says the same stands already; what is on its way is awaited.
3. Anything else that waits is revised: its place is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.operation import CAN_BE_TAKEN_UP, GiveAssessment, OperationRow
from cport_desktop.domain.operation_reason import Reason
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ReadingUnfit
from cport_desktop.usecases.permission import require
from cport_desktop.vault.vault import Vault
from cport_desktop.words import second_reading as second_words
from cport_desktop.words import triage as words

_SECOND: Final = (Reason.SECOND_READER.value, Reason.SECOND_READER_CONTRADICTS.value)


@dataclass(frozen=True, slots=True)
class Beside:
    """`revises`: whose place it takes. `stays`: why it is not queued, in a sentence; `code` of the error,
    where it is one. `is_same`: what waits says the same.
    """

    revises: OperationId | None = None
    stays: str | None = None
    code: str = ""
    is_same: bool = False


def beside(vault: Vault, body: GiveAssessment, row: OperationRow | None) -> Beside:
    """What becomes of `body`, which the analyst wants to queue, where `row` waits (None: nothing does).

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    if row is None:
        return Beside()
    if row.reason in _SECOND and row.operation.actor != vault.actor:
        return Beside(stays=second_words.STANDS_FOR_A_SECOND, code=ReadingUnfit.code)
    if row.operation.body == body:
        return Beside(stays=words.STANDS_ALREADY, is_same=True)
    if row.state not in CAN_BE_TAKEN_UP:
        return Beside(stays=words.ON_ITS_WAY)
    return Beside(revises=row.operation.operation_id)
