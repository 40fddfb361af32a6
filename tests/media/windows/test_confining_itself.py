"""What a child on Windows takes upon itself before it sees a foreign byte, and when it serves nobody."""

from __future__ import annotations

import pytest

from cport_desktop.media.child.on_windows import confine
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.windows.numbers import UNTRUSTED_INTEGRITY, Policy
from cport_desktop.media.windows.plan import AFTER_IMPORTS


class Process:
    """One that notes what it gave up."""

    def __init__(
        self, *, in_job: bool = True, container: bool = True, refuses: Policy | None = None
    ) -> None:
        self._in_job, self._container, self._refuses = in_job, container, refuses
        self.taken: list[tuple[Policy, int]] = []
        self.lowered: list[str] = []

    def take_upon_itself(self, policy: Policy, flags: int) -> None:
        if policy is self._refuses:
            raise OSError(5, "refused here")
        self.taken.append((policy, flags))

    def is_in_job(self) -> bool:
        return self._in_job

    def is_container(self) -> bool:
        return self._container

    def lower_to(self, integrity: str) -> None:
        self.lowered.append(integrity)


def test_in_a_container_it_gives_up_code_libraries_and_windows_and_is_walled():
    process = Process()
    assert confine(process) is SandboxLevel.WALLED
    assert process.taken == [(each.policy, each.flags) for each in AFTER_IMPORTS]
    assert {Policy.DYNAMIC_CODE, Policy.SIGNATURE, Policy.IMAGE_LOAD} <= {
        policy for policy, _ in process.taken
    }
    assert process.lowered == []


def test_with_a_restricted_token_it_lowers_itself_and_is_a_process_only():
    process = Process(container=False)
    assert confine(process) is SandboxLevel.PROCESS
    assert process.lowered == [UNTRUSTED_INTEGRITY]


def test_outside_of_a_job_it_serves_nobody():
    with pytest.raises(OSError, match="no job"):
        confine(Process(in_job=False))


@pytest.mark.parametrize("own", AFTER_IMPORTS, ids=lambda own: own.policy.name)
def test_a_refusal_ends_it_unless_the_system_may_refuse_that(own):
    process = Process(refuses=own.policy)
    if own.is_needed:
        with pytest.raises(OSError, match="refused"):
            confine(process)
    else:
        assert confine(process) is SandboxLevel.WALLED


def test_all_but_the_desktops_calls_are_needed():
    assert [each.policy for each in AFTER_IMPORTS if not each.is_needed] == [Policy.SYSTEM_CALLS]
