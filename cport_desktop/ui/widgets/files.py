"""Choosing a file by path, leaving no trace of the choice behind.

Qt's own dialog, never the desktop's (which would add to its list of recent files), opened
without a loop of its own. Qt writes the places visited into its settings when the dialog
goes; `forget_places` sends these to nowhere.
"""

from __future__ import annotations

import os
from enum import Enum, auto

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

FileDialog = QFileDialog


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
    dialog.open()
    return dialog
