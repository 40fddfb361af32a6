"""What is done where lists know an item, over a real vault: the word stands on the card, and the register
leads to what a withdrawal changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.progress import never, silent
from cport_desktop.ui.list_leaving import ListWish
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.departures_section import AffectedSection, DeparturesSection
from cport_desktop.ui.views.provenance_card import ProvenanceCard
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.vault.vault import Vault
from cport_desktop.words import hash_lists_leaving as say
from cport_desktop.words import known, known_page
from cport_desktop.words import known_acts as acts
from tests.builders import hold_media
from tests.ui.real_seat import a_real_seat
from tests.ui.test_known_acts import button_in
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import words_on
from tests.usecases.agreeing import bind


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """A circle is here, and on a list of the unit’s own."""
    path = tmp_path / "shapes.md5"
    path.write_text(f"{hashlib.md5(b'circle').hexdigest()}  circle.png\n")

    def arrange(vault: Vault) -> None:
        bind(vault)
        hold_media(vault, 7, b"circle")
        import_hash_list(vault, ListOrder(path, name="Shapes"), announce=silent, is_cancelled=never)

    with a_real_seat(tmp_path, arrange) as seat:
        yield seat


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_one_says_of_an_entry_stands_on_the_card_of_its_hit(
    seat: Seat, over: QWidget, qtbot: QtBot
) -> None:
    card = ProvenanceCard(seat, over=over, lock=over.hide)
    qtbot.addWidget(card)
    card.show()
    card.ask(MediaId(7))
    qtbot.waitUntil(lambda: known_page.SEEN in words_on(card))
    assert acts.OF_KNOWN in words_on(card)
    button_in(card, acts.say_of("circle.png", "Shapes")).click()
    dialog = dialog_of(over)
    (word,) = dialog.findChildren(Choice)
    word.setCurrentIndex(1)
    field_named(say.NOTE, dialog).setText("A test card.")
    dialog.give()
    qtbot.waitUntil(lambda: say.said(0, 1) in words_on(dialog))
    qtbot.waitUntil(lambda: known_page.feedback("disputed here", 1) in words_on(card))
    assert ": A test card." in words_on(card)


def test_a_list_that_left_is_withdrawn_from_the_register_and_its_recipient_is_to_be_told(
    seat: Seat, tmp_path: Path, qtbot: QtBot
) -> None:
    leaving = seat.session.knowing.leaving
    (shapes,) = seat.session.knowing.page("", 10, None).rows
    wish = ListWish(shapes.list_id, "csv", tmp_path / "out.csv", "", ("Unit Example",), False, "x")
    leaving.export(wish, silent, never)
    part = DeparturesSection(seat)
    qtbot.addWidget(part)
    part.show()
    part.refresh()
    qtbot.waitUntil(lambda: not part.list.is_empty)
    part.list.table.selectRow(0)
    button_in(part, acts.WITHDRAWAL).click()
    dialog = opened(part, qtbot)
    qtbot.waitUntil(lambda: say.ONCE_MORE in dialog.told())
    assert "1 file was found by it." in dialog.told()
    assert "Unit Example" in dialog.told()
    field_named(say.REASON, dialog).setText("It was a test card.")
    dialog.give()
    qtbot.waitUntil(lambda: "1 hit stands no more." in words_on(dialog))
    told = AffectedSection(seat)
    qtbot.addWidget(told)
    told.show()
    told.refresh()
    qtbot.waitUntil(lambda: not told.list.is_empty)
    assert told.list.model.row(0).recipient == "Unit Example"

    dialog.reject()
    qtbot.waitUntil(lambda: not part.findChildren(AskingDialog))
    part.list.table.selectRow(0)
    part.ask_withdrawal()
    again = opened(part, qtbot)
    qtbot.waitUntil(lambda: known.WITHDRAWN_ALREADY in words_on(again))


def opened(part: QWidget, qtbot: QtBot) -> AskingDialog:
    """The dialog that opens once what it is about is known."""
    qtbot.waitUntil(lambda: bool(part.findChildren(AskingDialog)))
    return dialog_of(part)
