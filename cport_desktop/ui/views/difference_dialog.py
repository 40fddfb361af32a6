"""A received list of domains beside what the portal told of the list: asked for and told in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cport_desktop.domain.list_difference import ListCompared, Side
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import list_differences as say
from cport_desktop.words import operations

_TEXT_HEIGHT = 240


def ask_difference(
    dialog: AskingDialog, compare: Callable[[Path], ListCompared], lane: Lane
) -> None:
    """Which file; what differs is told beneath, and another may be compared."""
    path = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.FILE)
    dialog.add_field(say.FILE, path)
    shown: list[QWidget] = []

    def tell(found: ListCompared) -> None:
        for before in shown:
            before.hide()
            before.deleteLater()
        counted = say.counted(found.only_there, found.only_here, found.both)
        text = QPlainTextEdit("\n".join(lines_of(found)))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(say.DIFFERENCES)
        text.setFixedHeight(_TEXT_HEIGHT)
        shown[:] = [
            PlainLabel(counted, role="strong", wraps=True),
            section(say.DIFFERENCES),
            text,
        ]
        for part in shown:
            dialog.add(part)
        dialog.fit()

    def give() -> None:
        chosen = path.path()
        if chosen is None:
            dialog.complain(say.NEEDS_FILE, path)
            return
        dialog.work(lane, partial(compare, chosen), then=tell)

    dialog.on_give(give)
    dialog.open()


def lines_of(found: ListCompared) -> Iterator[str]:
    """Each domain that differs, how many more do, and lines of the file that name none."""
    differing = [row for row in found.rows if row.side is not Side.BOTH]
    for row in differing:
        name = row.domain.replace(".", "[.]")
        yield say.row(name, say.SIDES[row.side.value], row.reports)
    more = found.only_there + found.only_here - len(differing)
    if more:
        yield say.more(more)
    if not differing:
        yield say.NO_DIFFERENCE
    if found.lines.doubled:
        yield say.doubled(found.lines.doubled)
    if found.lines.unlisted_count:
        yield say.unlisted(found.lines.unlisted_count)
    for one in found.lines.unlisted:
        yield say.unlisted_line(one.line, operations.DOMAIN_RULES[one.rule.value])
