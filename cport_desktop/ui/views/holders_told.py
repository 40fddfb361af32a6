"""Who has an item, in place of the question: each copy on a line, and who handed it to us."""

from __future__ import annotations

from cport_desktop.domain.disclosure import Holding
from cport_desktop.domain.imported import ImportRecord
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.usecases.who_has import Holders
from cport_desktop.words import disclosures as words
from cport_desktop.words import imports_page as say
from cport_desktop.words import known_acts as acts

_MOST = 40
"""Copies that are told one by one; more are read in the register."""


def tell_holders(dialog: AskingDialog, holders: Holders) -> None:
    """The question is answered."""
    told = say.people_have(len(holders.recipients)) if holders.copies else say.NOBODY
    lines = [*map(_copy_line, holders.copies[:_MOST])]
    if len(holders.copies) > _MOST:
        lines.append(acts.more_copies(len(holders.copies) - _MOST))
    if holders.senders:
        lines += [*([""] if lines else []), acts.senders(len(holders.senders))]
        lines += map(_sender_line, holders.senders)
    dialog.conclude(told, tone=None, more="\n".join(lines))


def _copy_line(copy: Holding) -> str:
    line = say.copy_of(
        copy.recipient.name,
        words.KINDS[copy.kind.value],
        copy.title,
        figures.moment_in_prose(copy.at),
    )
    for one in copy.received[:1]:
        when = figures.day(one.received_at)
        line = say.copy_received(line, one.received_by, when)
    return one_line(line)


def _sender_line(one: ImportRecord) -> str:
    when = figures.moment_in_prose(one.at)
    return one_line(acts.sender(one.agency, one.title, one.signer, when))
