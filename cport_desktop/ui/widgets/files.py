"""Choosing a file by path, leaving no trace of the choice behind.

Qt's own dialog, never the desktop's (which would add to its list of recent files), opened
without a loop of its own. Qt writes the places visited into its settings when the dialog
goes; `forget_places` sends these to nowhere.

Every part of it has a name for those who hear it, and all words are ours: Qt's are not there in every
language. What offers no choice here (the one filter of names, the column of types) is not shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QToolButton,
    QTreeView,
    QWidget,
)

from cport_desktop.ui.fitting import fitted
from cport_desktop.ui.widgets.plain_label import keep_plain, set_plain_tip
from cport_desktop.words import files as say

FileDialog = QFileDialog

_SIZE: Final = QSize(760, 460)
_SMALLEST: Final = (385, 240)
_TYPES: Final = 2
"""The column that the system's words for kinds of files stand in."""
_PARTS: Final[Mapping[str, str]] = {
    "lookInCombo": say.LOOK_IN_NAME,
    "backButton": say.BACK,
    "forwardButton": say.FORWARD,
    "toParentButton": say.ABOVE,
    "newFolderButton": say.NEW_FOLDER,
    "listModeButton": say.AS_LIST,
    "detailModeButton": say.WITH_DETAILS,
    "treeView": say.FILES,
    "listView": say.FILES,
    "sidebar": say.PLACES,
}
"""Parts by the names that Qt gives them (`qfiledialog.ui`), and what they are called."""
_LEFT_OUT: Final = ("fileTypeLabel", "fileTypeCombo")
_ARROWS: Final[Mapping[str, Qt.ArrowType]] = {
    "backButton": Qt.ArrowType.LeftArrow,
    "forwardButton": Qt.ArrowType.RightArrow,
    "toParentButton": Qt.ArrowType.UpArrow,
}
"""Drawn in the colour of the theme, which pictures of the style do not know."""


class Choosing(Enum):
    """What a path is wanted for."""

    NEW_FILE = auto()
    FILE = auto()
    FOLDER = auto()


def forget_places() -> None:
    """Keep Qt from writing down which folders a file dialog visited. Called once at start."""
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, os.devnull)


def open_file_dialog(
    parent: QWidget,
    title: str,
    *,
    is_for_writing: bool = False,
    choosing: Choosing | None = None,
) -> QFileDialog:
    """A dialog over `parent` that is already open; its `fileSelected(str)` gives the path."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOptions(
        QFileDialog.Option.DontUseNativeDialog
        | QFileDialog.Option.DontUseCustomDirectoryIcons
        | QFileDialog.Option.DontConfirmOverwrite
    )
    dialog.setHistory([])
    wanted = choosing or (Choosing.NEW_FILE if is_for_writing else Choosing.FILE)
    if wanted is Choosing.FOLDER:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
    elif wanted is Choosing.NEW_FILE:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _speak(dialog, wanted)
    keep_plain(dialog)
    _fit(dialog)
    dialog.open()
    return dialog


def _speak(dialog: QFileDialog, wanted: Choosing) -> None:
    """Our words, seen and heard."""
    label = QFileDialog.DialogLabel
    name = say.FOLDER_NAME if wanted is Choosing.FOLDER else say.FILE_NAME
    for place, words in (
        (label.LookIn, say.LOOK_IN),
        (label.FileName, name),
        (label.Accept, say.CHOOSE),
        (label.Reject, say.CANCEL),
    ):
        dialog.setLabelText(place, words)
    for part in dialog.findChildren(QWidget):
        if words := _PARTS.get(part.objectName(), ""):
            part.setAccessibleName(words)
            part.setAccessibleDescription("")
            if not isinstance(part, QTreeView):
                set_plain_tip(part, words)
        if isinstance(part, QLineEdit):
            part.setAccessibleName(name.rstrip(": \N{NO-BREAK SPACE}"))
        if isinstance(part, QToolButton) and part.objectName() in _ARROWS:
            part.setArrowType(_ARROWS[part.objectName()])
        if part.objectName() in _LEFT_OUT:
            part.hide()


def _fit(dialog: QFileDialog) -> None:
    """As large as one needs it, where the screen has room; names get what the other columns leave."""
    room = dialog.screen().availableGeometry().size()
    dialog.resize(fitted(_SIZE, smallest=QSize(*_SMALLEST), screen=room))
    tree = dialog.findChild(QTreeView)
    if tree is None:
        return
    tree.hideColumn(_TYPES)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
