"""Erasing the particulars of one entry of the log: what goes is shown, and why is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cport_desktop.domain.audit import AuditEntry
from cport_desktop.domain.changes import Changes
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import vault_page as say
from cport_desktop.words import window as words

_LONGEST_PARTICULAR = 300
"""Characters of each: enough to know it by."""


def ask_silence(
    dialog: AskingDialog, seat: Seat, entry: AuditEntry, changed: Callable[[Changes], None]
) -> None:
    """Fill `dialog` with what goes and a field for the reason, and open it."""
    act = f"{words.AUDIT_ACTIONS[entry.draft.action.value]}, {entry.draft.verb}"
    when = figures.moment_in_prose(entry.at)
    told = say.silence_entry(entry.sequence, one_line(act), when)
    dialog.add(PlainLabel(told, role="strong", wraps=True))
    dialog.add(section(say.SILENCE_WHAT))
    dialog.add(PlainLabel(say.particulars(_shown(entry)), role="mono", wraps=True))
    reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
    dialog.add_field(say.REASON, reason)

    def done(changes: Changes) -> None:
        dialog.conclude(say.silenced(entry.sequence))
        changed(changes)

    def give() -> None:
        if not reason.text().strip():
            dialog.complain(say.NEEDS_REASON, reason)
            return
        erase = seat.session.keeping.erase_particulars
        work = partial(erase, entry.sequence, reason.text().strip())
        dialog.work(seat.lanes.acting, work, then=done)

    dialog.on_give(give)
    dialog.open()
    dialog.focus(reason)


def _shown(entry: AuditEntry) -> list[tuple[str, str]]:
    return [
        (one_line(name), one_line(shortened(text, longest=_LONGEST_PARTICULAR)))
        for name, text in entry.draft.payload
    ]
