"""The first steps with a vault, and which of them are done, as the vault itself shows.

Nothing of it is ticked off by a person: a recovery code is kept if there is a slot of its kind, a backup
is made if one was read back, and so on. What nobody can see here (where the paper lies) is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cport_desktop.domain.roles import ROLE_FOR, Role
from cport_desktop.ui.desk import Session
from cport_desktop.ui.keys import KeyKind
from cport_desktop.words import guide as say


class Step(StrEnum):
    """In the order in which they are best done."""

    VAULT = "vault"
    RECOVERY = "recovery"
    ENROLLED = "enrolled"
    AGREED = "agreed"
    EXCHANGED = "exchanged"
    BACKED_UP = "backed-up"
    DRILLED = "drilled"


WORDS: Final[Mapping[Step, tuple[str, str]]] = {
    Step.VAULT: (say.VAULT, say.VAULT_WHY),
    Step.RECOVERY: (say.RECOVERY, say.RECOVERY_WHY),
    Step.ENROLLED: (say.ENROLLED, say.ENROLLED_WHY),
    Step.AGREED: (say.AGREED, say.AGREED_WHY),
    Step.EXCHANGED: (say.EXCHANGED, say.EXCHANGED_WHY),
    Step.BACKED_UP: (say.BACKED_UP, say.BACKED_UP_WHY),
    Step.DRILLED: (say.DRILLED, say.DRILLED_WHY),
}
"""What each is called, and why it is done."""
_NEEDS: Final[Mapping[Step, Role]] = {
    Step.ENROLLED: ROLE_FOR["enrol"],
    Step.AGREED: ROLE_FOR["enrol"],
    Step.EXCHANGED: ROLE_FOR["sync"],
    Step.BACKED_UP: ROLE_FOR["backup"],
    Step.DRILLED: ROLE_FOR["backup"],
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. `is_mine`: this analyst has the role that it takes."""

    step: Step
    is_done: bool
    is_mine: bool


def first_steps(session: Session) -> tuple[StepLine, ...]:
    """Every step in its order; for a lane, since it asks the vault."""
    kept = {line.kind for line in session.keeping.kept() if line.is_sound}
    agreement = session.exchanging.agreements.shown
    is_enrolled = session.exchanging.enrolling.standing().bond is not None
    done: Mapping[Step, Callable[[], bool]] = {
        Step.VAULT: lambda: True,
        Step.RECOVERY: lambda: any(
            slot.kind is KeyKind.RECOVERY for slot in session.keeping.slots()
        ),
        Step.ENROLLED: lambda: is_enrolled,
        Step.AGREED: lambda: is_enrolled and agreement().current is not None,
        Step.EXCHANGED: lambda: session.freshness() is not None,
        Step.BACKED_UP: lambda: "backup" in kept,
        Step.DRILLED: lambda: "drill" in kept,
    }
    roles = session.keeping.roles
    return tuple(
        StepLine(step, done[step](), step not in _NEEDS or _NEEDS[step] in roles) for step in Step
    )
