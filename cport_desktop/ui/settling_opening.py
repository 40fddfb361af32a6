"""Fills `ui.settling.Settling`: what is kept on this machine, as intentions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from cport_desktop.domain.preferences import Bounds
from cport_desktop.errors import OutputUnwritable
from cport_desktop.settings import (
    Settings,
    keep_language,
    keep_scale,
    kept_language,
    scale,
    state_folder,
)
from cport_desktop.ui.settling import OfMachine, Settling
from cport_desktop.ui.updating import Updating


def settling_of(
    settings: Settings,
    environment: Mapping[str, str] | None,
    *,
    look_for: Callable[[float], None],
    updating: Updating | None = None,
) -> Settling:
    """`environment` says where this machine keeps its settings; None: nowhere."""
    bounds = Bounds(settings.lock_after_seconds, settings.reveal_seconds)
    of_machine = None if environment is None else _of_machine(environment)
    return Settling(bounds, look_for, of_machine, updating)


def _of_machine(environment: Mapping[str, str]) -> OfMachine:
    def keep(put: Callable[[], None]) -> None:
        folder = state_folder(environment)
        try:
            put()
        except OSError as error:
            raise OutputUnwritable(path=str(folder), cause=error.strerror or "unknown") from error

    return OfMachine(
        language=partial(kept_language, environment),
        keep_language=lambda code: keep(partial(keep_language, environment, code)),
        scale=partial(scale, environment),
        keep_scale=lambda percent: keep(partial(keep_scale, environment, percent)),
    )
