"""What is done about one thing that left: a time stamp beside it, a receipt for it, and all that the register
says of it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.disclosure import (
    DisclosedItem,
    DisclosureRecord,
    EnteredDisclosure,
    Received,
)
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.signing import Stamped
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.usecases.package_receipts import Noted
from cport_desktop.words import departure_papers as say
from cport_desktop.words import disclosures as words
from cport_desktop.words import package_signers, receipts

_MOST_SHOWN = 200
"""Items that are named one by one; a package may hold twenty thousand."""
_LONGEST = 200 * _MOST_SHOWN
"""Characters: a file's line has about 110."""


class DeparturePapers(QObject):
    """Its dialogs over a part of the page.

    Signals:
        noted(): the register says something else than before.
    """

    noted = Signal()

    def __init__(self, seat: Seat, part: PageSection) -> None:
        super().__init__(part)
        self._seat = seat
        self._part = part
        self._departures = seat.session.exchanging.departures

    def ask_stamp(self) -> None:
        """Ask which package, and by which way the authority is asked."""
        dialog = self._part.ask(title=say.STAMP_TITLE, intro=say.STAMP_INTRO, act=say.STAMP_NOW)
        package = PathField(say.PACKAGE, say.PACKAGE_HERE, Choosing.FILE)
        dialog.add_field(say.PACKAGE, package)
        form = _StampWay(self._seat, dialog, package)
        dialog.add_field(say.WAY, form.way)
        for field in form.fields:
            dialog.add(field)
        dialog.on_give(form.give)
        dialog.open()

    def ask_receipt(self) -> None:
        """Ask for a receipt's file and the certificate that it is checked against."""
        dialog = self._part.ask(
            title=say.RECEIPT_TITLE, intro=say.RECEIPT_INTRO, act=say.RECEIPT_NOW
        )
        file = PathField(say.RECEIPT_FILE, say.RECEIPT_HERE, Choosing.FILE)
        trust = PathField(say.TRUST, say.TRUST_HERE, Choosing.FILE)
        sender = text_field(say.FROM, say.FROM_HERE)
        for label, field in (
            (say.RECEIPT_FILE, file),
            (say.TRUST, trust),
            (say.FROM, sender),
        ):
            dialog.add_field(label, field)

        def told(noted: Noted) -> None:
            dialog.conclude(_received(noted) if noted.is_new else receipts.already_noted())
            self.noted.emit()

        def give() -> None:
            path, anchor = file.path(), trust.path()
            if path is None:
                dialog.complain(say.NEEDS_RECEIPT, file)
            elif anchor is None:
                dialog.complain(say.NEEDS_TRUST, trust)
            else:
                named = sender.text().strip() or None
                take = partial(self._departures.take_receipt, path, anchor, named)
                dialog.work(self._seat.lanes.acting, take, then=told)

        dialog.on_give(give)
        dialog.open()

    def show(self, line: EnteredDisclosure) -> None:
        """Tell all of it; that it was looked at is on record."""
        dialog = self._part.ask(title=one_line(line.title), intro=say.SHOW_INTRO, act=say.SHOW)
        dialog.set_act_visible(is_visible=False)
        dialog.open()
        load = partial(self._departures.shown, line.disclosure_id)
        dialog.work(self._seat.lanes.reading, load, then=partial(_tell, dialog))


class _StampWay:
    """By network, or in two steps by stick: the field of the way that is chosen is shown."""

    def __init__(self, seat: Seat, dialog: AskingDialog, package: PathField) -> None:
        self._seat = seat
        self._dialog = dialog
        self._package = package
        self._url = text_field(say.AUTHORITY, say.AUTHORITY_HERE, is_mono=True)
        self._question = PathField(say.QUESTION, say.QUESTION_HERE, Choosing.NEW_FILE)
        self._answer = PathField(say.ANSWER, say.ANSWER_HERE, Choosing.FILE)
        self.fields: tuple[QWidget, ...] = (self._url, self._question, self._answer)
        self.way = Choice(say.WAY)
        self.way.addItems([say.BY_NETWORK, say.WRITE_QUESTION, say.TAKE_ANSWER])
        self.way.currentIndexChanged.connect(self._show)
        self._url.returnPressed.connect(dialog.give)
        for path in (self._question, self._answer):
            path.returned.connect(dialog.give)
            path.lock_wanted.connect(dialog.lock_wanted)
        self._show(0)

    def give(self) -> None:
        """Do what was chosen, if nothing is missing."""
        package, way = self._package.path(), self.way.currentIndex()
        url, question, answer = self._url.text().strip(), self._question.path(), self._answer.path()
        signing, complain = self._seat.session.signing, self._dialog.complain
        if package is None:
            complain(say.NEEDS_PACKAGE, self._package)
        elif way == 0 and not url:
            complain(say.NEEDS_AUTHORITY, self._url)
        elif way == 0:
            self._work(partial(signing.stamp, package, url))
        elif way == 1 and question is None:
            complain(say.NEEDS_QUESTION, self._question)
        elif way == 1 and question is not None:
            written = say.question_written(one_line(question.name))
            self._dialog.work(
                self._seat.lanes.packing,
                partial(signing.write_question, package, question),
                then=lambda _done: self._dialog.conclude(written),
                waiting=say.ASKING,
            )
        elif answer is None:
            complain(say.NEEDS_ANSWER, self._answer)
        else:
            self._work(partial(signing.take_answer, package, answer))

    def _work(self, ask: partial[Stamped]) -> None:
        self._dialog.work(
            self._seat.lanes.packing, ask, then=self._tell_stamped, waiting=say.ASKING
        )

    def _tell_stamped(self, stamped: Stamped) -> None:
        at = figures.moment_in_prose(stamped.at)
        name, authority = one_line(stamped.path.name), one_line(stamped.authority)
        self._dialog.conclude(package_signers.stamped(name, authority, at))

    def _show(self, way: int) -> None:
        for place, field in enumerate(self.fields):
            field.setVisible(place == way)
        self._dialog.fit()


def _tell(dialog: AskingDialog, record: DisclosureRecord) -> None:
    entered = record.entered
    facts = [
        (say.KIND, words.KINDS[entered.kind.value]),
        (say.LEFT_ON, figures.moment_in_prose(entered.at)),
        (say.TO, ", ".join(each.name for each in entered.recipients)),
        (say.CLAUSE, entered.clause),
        (say.REASON, entered.reason),
        (say.BY, record.actor),
        (say.DIGEST, entered.sha256),
        (say.OUTCOME, words.OUTCOMES[entered.outcome.value]),
    ]
    facts += [(say.RECEIVED, _received(one)) for one in record.received]
    dialog.add(FactGrid([(name, one_line(told)) for name, told in facts if told]))
    items = [_item_line(item) for item in record.items[:_MOST_SHOWN]]
    rest = len(record.items) - _MOST_SHOWN
    items += [say.more_items(rest)] if rest > 0 else []
    dialog.add(section(say.HELD))
    told = PlainLabel("\n".join(items), wraps=True, can_be_copied=True, longest=_LONGEST)
    dialog.add(told)
    dialog.fit()


def _received(one: Noted | Received) -> str:
    day = figures.day(one.received_at)
    return one_line(receipts.noted(one.recipient, one.received_by, day))


def _item_line(item: DisclosedItem) -> str:
    if item.sha256 is not None and item.within is not None:
        return one_line(say.file_line(item.reference, item.within, item.sha256))
    if item.revision is not None:
        return one_line(say.item_line(item.reference, figures.count(item.revision)))
    return one_line(item.reference)
