"""What was written, and what reading it back from the medium showed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.package import ComposedPackage, StepState, VerificationStep
from cport_desktop.ui import figures
from cport_desktop.ui.desk import Departure
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import composing as words
from cport_desktop.words import composing_page
from cport_desktop.words import window as say

_TONES = {"passed": "lightest", "failed": "gravest"}


class PackageProof(QWidget):
    """The first package with all steps of its check, and the others of the same act."""

    def __init__(self, departure: Departure, copy: Callable[[str], None]) -> None:
        """`copy` takes the digest."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        composed, verification = departure.composed, departure.verification
        is_good = not any(step.state is StepState.FAILED for step in verification.steps)
        told = say.PACKAGE_WRITTEN if is_good else say.PACKAGE_NOT_VERIFIED
        if verification.is_verified:
            told = say.PACKAGE_VERIFIED
        tone = "lightest" if is_good else "gravest"
        self._column.addWidget(PlainLabel(told, role="heading", tone=tone, wraps=True))
        self._add_file(composed)
        self._column.addWidget(section(say.PACKAGE_DIGEST))
        self._add_digest(composed)
        copying = button(say.PACKAGE_COPY_DIGEST, lambda: copy(composed.sha256), kind="small")
        self._column.addWidget(copying, 0, Qt.AlignmentFlag.AlignLeft)
        if departure.others:
            self._column.addWidget(section(composing_page.ALSO_WRITTEN))
        for other in departure.others:
            self._add_file(other)
            self._add_digest(other)
        self._column.addWidget(section(say.PACKAGE_STEPS))
        for step in verification.steps:
            self._add_step(step)

    def _add_file(self, composed: ComposedPackage) -> None:
        size = figures.size(composed.size)
        words_of = say.package_written(size, composed.items, composed.media)
        self._column.addWidget(PlainLabel(words_of, role="muted"))
        if composed.path.name:
            told = words.file_for(composed.path.name, composed.recipients)
            self._column.addWidget(PlainLabel(one_line(told), wraps=True))

    def _add_digest(self, composed: ComposedPackage) -> None:
        label = PlainLabel(composed.sha256, role="mono", wraps=True, can_be_copied=True)
        self._column.addWidget(label)

    def _add_step(self, step: VerificationStep) -> None:
        tone = _TONES.get(step.state.value, "muted")
        told = say.step(step.number, one_line(step.name), step.state.value)
        self._column.addWidget(PlainLabel(told, tone=tone, wraps=True))
        if step.detail:
            self._column.addWidget(PlainLabel(step.detail, role="caption", wraps=True))
