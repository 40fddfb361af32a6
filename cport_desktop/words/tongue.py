"""The language that is spoken: every sentence of `words` passes through here once.

Sentences are written in English where they are used and translated by gettext catalogues
(`resources/translations`, GNU gettext manual). Most are made when their module is loaded, so the
language is chosen first, by `speak`, and holds for the life of the process.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

DOMAIN: Final = "cport"
"""Name of the catalogues."""

_GROUPS: Final[Mapping[str, str]] = {"en": ",", "fr": "\u202f", "de": ".", "nl": "."}
"""What stands between thousands (Unicode CLDR 48, `group`)."""

_POINTS: Final[Mapping[str, str]] = {"fr": ",", "de": ",", "nl": ","}
"""What stands before decimals (Unicode CLDR 48, `decimal`)."""

_DAYS: Final[Mapping[str, str]] = {"fr": "%d/%m/%Y", "de": "%d.%m.%Y", "nl": "%d-%m-%Y"}
"""A day in figures (Unicode CLDR 48, `yMd`, both parts in two digits). English readers would read
one form in two ways: they get ISO 8601.
"""

_MONTHS: Final[Mapping[str, str]] = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
}
"""Months in prose, English as in Britain (Unicode CLDR 48, `MMM`)."""


class _Spoken:
    """The catalogue and the habits of one language."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self.catalogue = catalogue


_spoken = _Spoken("en", gettext.NullTranslations())


def speak(language: str, translations: Path) -> None:
    """From now on `language` is spoken; modules of `words` that are loaded already stay as they are.

    Raises:
        FileNotFoundError: no catalogue of that language lies under `translations`; what was
            spoken before goes on.
    """
    global _spoken  # noqa: PLW0603 - one process speaks one language
    if language == "en":
        _spoken = _Spoken("en", gettext.NullTranslations())
        return
    _spoken = _Spoken(language, gettext.translation(DOMAIN, translations, [language]))


def language() -> str:
    """The code of the language that is spoken."""
    return _spoken.language


def tr(message: str, /, **values: object) -> str:
    """`message` in the language that is spoken, its `{names}` replaced by `values`."""
    said = _spoken.catalogue.gettext(message)
    return said.format_map(values) if values else said


def tr_in(context: str, message: str, /, **values: object) -> str:
    """`tr` for a word that means one thing here and another there (`msgctxt`)."""
    said = _spoken.catalogue.pgettext(context, message)
    return said.format_map(values) if values else said


def tr_many(one: str, many: str, count: int, /, **values: object) -> str:
    """`one` or `many`, or what the language has for `count`, which is their `{count}`."""
    said = _spoken.catalogue.ngettext(one, many, count)
    return said.format_map({"count": amount(count), **values})


def amount(number: float, places: int = 0) -> str:
    """A number with the marks of the language: 1,234.5 or 1.234,5."""
    plain = f"{number:,.{places}f}"
    whole, _, rest = plain.partition(".")
    whole = whole.replace(",", _GROUPS.get(_spoken.language, ","))
    return f"{whole}{_POINTS.get(_spoken.language, '.')}{rest}" if rest else whole


def day(at: date) -> str:
    """A day in figures: 2026-03-01 or 01.03.2026."""
    return format(at, _DAYS.get(_spoken.language, "%Y-%m-%d"))


def day_in_words(at: date) -> str:
    """A day in prose: 20 Nov 2026 or 20. Nov. 2026 (Unicode CLDR 48, `yMMMd`)."""
    months = _MONTHS.get(_spoken.language, _MONTHS["en"]).split()
    point = "." if _spoken.language == "de" else ""
    return f"{at.day}{point} {months[at.month - 1]} {at.year}"


def minute(at: datetime) -> str:
    """A day and its time, as it stands: whoever asks has chosen the zone."""
    return f"{day(at)} {at:%H:%M}"
