"""Desktops find the entry that the window belongs to, and with it its name and icon."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cport_desktop.settings import Settings
from cport_desktop.ui import app
from cport_desktop.words import window as say

DEBIAN = Path(__file__).resolve().parents[2] / "packaging" / "debian"


def test_a_window_belongs_to_the_entry_in_the_menu(qapp: QApplication) -> None:
    app.prepare(Settings().resources)
    entry = ConfigParser(interpolation=None)
    assert entry.read(DEBIAN / f"{QGuiApplication.desktopFileName()}.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert told["Name"] == told["StartupWMClass"] == say.PRODUCT
    assert told["Icon"] == app.ENTRY
