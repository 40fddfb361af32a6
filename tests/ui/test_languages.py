"""The window in each of its languages: nothing is left in English, and nothing is cut off.

Each language is spoken by a process of its own (`speaking_session`).
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import zstandard
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from cport_desktop.clock import SystemClock
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import open_vault
from tests.ui.cut_words import Cut

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
ACCENTS = str.maketrans("aeiouAEIOUncyNC", "àéîöüÀÉÎÖÜñçÿÑÇ")

SPOKEN = re.compile(r"⟦[^⟦⟧]*⟧")
HALF_SPOKEN = re.compile(r"^[^⟦⟧]*⟧|⟦[^⟦⟧]*$")
"""A sentence around a picture of a key: one label says what stands before it, one the rest."""
KEYS = re.compile(
    r"\b((Ctrl|Alt|Shift|ALT|CTRL|SHIFT)\+)+(\w+|\W)|\b(Esc|Enter|Space|Tab|F\d+|Return|Home)\b"
)
MARKUP = re.compile(r"</?span>|&[a-z]+;")
ADDRESS = re.compile(
    r"(?<!\w)/\S+|\bhxxps?://\S+|\b[\w-]+\[?\.\]?(example|invalid|test)\S*|\b[0-9a-f]{8}\b"
)
MONTHS = frozenset(
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec", "UTC"]
)
NAMES = frozenset(
    [
        "CPORT",
        "Desktop",
        "SHA",
        "MD5",
        "PDQ",
        "pHash",
        "jpeg",
        "png",
        "webp",
        "MB",
        "kB",
        "GB",
        "WebM",
        "HEIC",
        "JPEG",
    ]
)


TOOLKITS = frozenset(("QHeaderView", text) for text in ("Name", "Size", "Date Modified"))
"""Said by the toolkit where files are chosen, in each language by its own catalogue."""


@cache
def translations() -> ModuleType:
    found = importlib.util.spec_from_file_location(
        "translations", ROOT / "packaging" / "translations.py"
    )
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("languages") / "demo"
    command = ("demo", "--headless", "--reports", "40", "--keep", str(made), "--quiet")
    _run("-m", "cport_desktop", *command)
    return made


def _run(*arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def session_in(language: str, folder: Path, demo: Path) -> str:
    return _run("-m", "tests.ui.speaking_session", language, str(folder), str(demo))


def spoken(language: str, folder: Path, demo: Path) -> Iterator[tuple[str, str, str]]:
    for line in session_in(language, folder, demo).splitlines():
        where, kind, *told = json.loads(line)
        if kind != "cut":
            yield where, kind, told[0]


def cut_off(language: str, folder: Path, demo: Path) -> Iterator[dict[str, object]]:
    """What the window shows in less room than it needs in this language, in pixels."""
    for line in session_in(language, folder, demo).splitlines():
        where, kind, *told = json.loads(line)
        if kind == "cut":
            yield {"where": where, **dict(zip(Cut._fields, told, strict=True))}


# -- a language that nobody speaks: every sentence in brackets, accented, a third longer


def accented(message: str) -> str:
    parts = []
    for plain, name, _, _ in string.Formatter().parse(message):
        parts.append(plain.translate(ACCENTS).replace("{", "{{").replace("}", "}}"))
        parts.append("" if name is None else f"{{{name}}}")
    return f"⟦{''.join(parts)}{'·' * (len(message) * 3 // 10)}⟧"


@pytest.fixture(scope="module")
def nobodys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    made = Catalog(locale="de")
    for one in translations().sentences():
        if isinstance(one.id, tuple | list):
            made.add(one.id, tuple(map(accented, one.id)), context=one.context)
        elif one.id:
            made.add(one.id, accented(one.id), context=one.context)
    place = folder / "qps" / "LC_MESSAGES" / "cport.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, made)
    return folder


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text))


def plain(value: object) -> str:
    """What the vault holds as text, or as the portal's own JSON, packed or not."""
    if isinstance(value, bytes):
        with contextlib.suppress(zstandard.ZstdError):
            value = zstandard.decompress(value)
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else ""


@pytest.fixture(scope="module")
def data(demo: Path) -> set[str]:
    """Every word of the vault: what others wrote is shown as they wrote it."""
    secret = Passphrase((demo / "passphrase.txt").read_bytes().strip())
    vault = open_vault(demo / "vault", secret=secret, clock=SystemClock(), program="tests")
    found: set[str] = set()
    with vault, vault.reader() as reader:
        connection = reader.connection
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables.fetchall():
            if table.startswith("sqlite_"):
                continue
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                found |= words_in(" ".join(map(plain, row)))
    return found


def left_over(text: str) -> str:
    """What of `text` is no sentence, no key, no address."""
    while (less := SPOKEN.sub(" ", text)) != text:
        text = less
    for pattern in (HALF_SPOKEN, MARKUP, ADDRESS, KEYS):
        text = pattern.sub(" ", text)
    return text


def test_every_word_of_the_window_is_translated_or_belongs_to_somebody(
    demo: Path, nobodys: Path, data: set[str]
) -> None:
    known = data | MONTHS | NAMES | {"vault"}
    told = list(spoken("qps", nobodys, demo))
    strange = {
        f"{where} | {kind} | {text}"
        for where, kind, text in told
        if words_in(left_over(text)) - known and (kind, text) not in TOOLKITS
    }
    assert sorted(strange) == []
    assert len({where for where, _, _ in told}) >= 30
    assert sum(text.startswith("⟦") for _, _, text in told) >= 600


@pytest.mark.parametrize("language", ["qps", *translations().LANGUAGES])
def test_no_word_of_the_window_is_cut_off_on_the_usual_screen(
    demo: Path, nobodys: Path, language: str
) -> None:
    folder = nobodys if language == "qps" else ROOT / "resources" / "translations"
    assert list(cut_off(language, folder, demo)) == []


@pytest.mark.parametrize("language", translations().LANGUAGES)
def test_the_toolkit_speaks_the_language_where_files_are_chosen(demo: Path, language: str) -> None:
    told = spoken(language, ROOT / "resources" / "translations", demo)
    days = {text for _, kind, text in told if kind == "QHeaderView"}
    assert days
    assert "Date Modified" not in days


@pytest.mark.parametrize("language", translations().LANGUAGES)
def test_every_sentence_is_translated_with_its_placeholders(language: str) -> None:
    module = translations()
    assert list(module.faults_of(module.read(language))) == []
    there = {(one.context, str(one.id)) for one in module.read(language) if one.id}
    wanted = {(one.context, str(one.id)) for one in module.sentences() if one.id}
    assert wanted - there == set(), "new sentences: make translations"
