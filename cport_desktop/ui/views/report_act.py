"""One thing that can be done about the report that is shown, as its foot offers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.rows import Dossier


def _always(_dossier: Dossier) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ReportAct:
    """`function`: what the agreement calls it. `needs`: its word in `domain.roles.ROLE_FOR`, without
    which it is not there at all. `is_bound`: the foot binds the key; otherwise the window does.
    `is_rare`: it stands behind «More…». `suits`: whether it makes sense for the report.
    """

    function: Function
    label: str
    key: str
    needs: str
    do: Callable[[], None]
    is_bound: bool = True
    is_rare: bool = False
    suits: Callable[[Dossier], bool] = _always
