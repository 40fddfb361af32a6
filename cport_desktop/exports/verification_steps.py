"""The numbered steps of a verification, as they come out one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cport_desktop.domain.package import StepState, Verification, VerificationStep
from cport_desktop.errors import PackageMalformed, SignatureInvalid
from cport_desktop.words import packages as words

ONLY_CLAIMED = "claimed"
"""The cause of a step that nobody but the package itself speaks for."""


class Steps:
    """Collects the outcome of each step, in order; what was never reached is skipped."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._made: list[VerificationStep] = []
        self._failed: str | None = None
        self._reason: str | None = None

    def passed(self, detail: str) -> None:
        self._add(StepState.PASSED, detail)

    def failed(self, cause: str, name: str | None = None) -> None:
        """`name`: the file or person that it is about."""
        self._failed = self._failed or self._names[len(self._made)]
        self._add(StepState.FAILED, words.failed(cause, name), cause)

    def skipped(self, detail: str) -> None:
        self._add(StepState.SKIPPED, detail)

    def claimed(self, detail: str) -> None:
        self._add(StepState.CLAIMED, detail, ONLY_CLAIMED)

    def rest_skipped(self, reason: str) -> None:
        """All that follow are skipped for this reason."""
        self._reason = reason

    def attempt(self, check: Callable[[], str]) -> bool:
        """Whether `check` ran without finding a fault; it answers the sentence of success."""
        try:
            detail = check()
        except PackageMalformed as error:
            name = error.facts.get("name")
            self.failed(str(error.facts["cause"]), None if name is None else str(name))
            return False
        except SignatureInvalid as error:
            self.failed(str(error.facts["what"]))
            return False
        self.passed(detail)
        return True

    def verification(self, *, is_expired: bool = False) -> Verification:
        title = words.STEP_TITLES[self._failed] if self._failed else ""
        reason = self._reason or words.skipped_before(title)
        while len(self._made) < len(self._names):
            self.skipped(reason)
        return Verification(tuple(self._made), is_expired)

    def _add(self, state: StepState, detail: str, cause: str | None = None) -> None:
        number = len(self._made) + 1
        name = self._names[number - 1]
        self._made.append(VerificationStep(number, name, state, detail, cause))
