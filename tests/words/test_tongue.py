"""The language that is spoken: chosen once, its numbers and days as the Unicode consortium has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal

from cport_desktop.settings import LANGUAGES, keep_language, kept_language, language
from cport_desktop.words import tongue

CLDR = {"en": "en_GB", "fr": "fr", "de": "de", "nl": "nl"}


@pytest.fixture(autouse=True)
def english_again(tmp_path: Path) -> Iterator[None]:
    yield
    tongue.speak("en", tmp_path)


def catalogue(folder: Path, code: str, said: Mapping[str, str]) -> Path:
    made = Catalog(locale=code)
    for message, string in said.items():
        made.add(message, string)
    made.add(("{count} report", "{count} reports"), ("{count} Meldung", "{count} Meldungen"))
    made.add("Open", "Offen", context="state")
    place = folder / code / "LC_MESSAGES" / "cport.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, made)
    return folder


def test_a_sentence_is_translated_with_its_values(tmp_path: Path) -> None:
    tongue.speak("de", catalogue(tmp_path, "de", {"Case {name} is open.": "{name} ist offen."}))
    assert tongue.tr("Case {name} is open.", name="{7}") == "{7} ist offen."
    assert tongue.tr("Not in it: {name}", name="x") == "Not in it: x"
    assert tongue.tr_in("state", "Open") == "Offen"
    assert tongue.tr("Open") == "Open"
    assert tongue.tr_many("{count} report", "{count} reports", 1) == "1 Meldung"
    assert tongue.tr_many("{count} report", "{count} reports", 12_345) == "12.345 Meldungen"


def test_a_missing_catalogue_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tongue.speak("fr", tmp_path)
    assert tongue.language() == "en"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("number", [0, 7, 999, 1_000, 12_345, 1_234_567])
def test_numbers_are_those_of_cldr(tmp_path: Path, code: str, number: int) -> None:
    tongue.speak(code, catalogue(tmp_path, code, {}))
    assert tongue.amount(number) == format_decimal(number, locale=CLDR[code])
    assert tongue.amount(number + 0.5, 1) == format_decimal(number + 0.5, "#,##0.0", CLDR[code])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_days_are_those_of_cldr(tmp_path: Path, code: str, month: int) -> None:
    tongue.speak(code, catalogue(tmp_path, code, {}))
    at = date(2026, month, 9)
    patterns = {"en": "yyyy-MM-dd", "fr": "dd/MM/yyyy", "de": "dd.MM.yyyy", "nl": "dd-MM-yyyy"}
    assert tongue.day(at) == format_date(at, patterns[code], CLDR[code])
    prose = "d. MMM yyyy" if code == "de" else "d MMM yyyy"
    assert tongue.day_in_words(at) == format_date(at, prose, CLDR[code])
    noon = datetime(2026, month, 9, 12, 5, tzinfo=UTC)
    assert tongue.minute(noon) == f"{tongue.day(at)} 12:05"


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "nl_NL"}, "nl"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "pl:fr"}, "fr"),
        ({"LANG": "de_DE.UTF-8", "CPORT_LANGUAGE": "en"}, "en"),
        ({"CPORT_LANGUAGE": "xx"}, "en"),
    ],
)
def test_the_system_says_unless_somebody_chose(
    tmp_path: Path, environment: dict[str, str], spoken: str
) -> None:
    assert language({"HOME": str(tmp_path), **environment}) == spoken


def test_what_was_chosen_is_kept_until_the_system_decides_again(tmp_path: Path) -> None:
    here = {"HOME": str(tmp_path), "LANG": "de_DE.UTF-8"}
    keep_language(here, "fr")
    assert (kept_language(here), language(here)) == ("fr", "fr")
    with pytest.raises(ValueError, match="tlh"):
        keep_language(here, "tlh")
    assert language(here) == "fr"
    keep_language(here, None)
    assert (kept_language(here), language(here)) == (None, "de")
    keep_language(here, None)


def test_a_file_that_was_tampered_with_counts_as_none(tmp_path: Path) -> None:
    here = {"XDG_STATE_HOME": str(tmp_path)}
    keep_language(here, "nl")
    (tmp_path / "cport-desktop" / "language").write_bytes(b"\xff../../etc\n")
    assert kept_language(here) is None
