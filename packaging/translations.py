"""The catalogues of sentences: collect them, compile them, check them (GNU gettext, by Babel).

python packaging/translations.py collect    take new sentences into every catalogue, drop gone ones
python packaging/translations.py compile    make what the program reads (.mo); the set-up does it
python packaging/translations.py check      say what is missing or does not fit its sentence
"""

from __future__ import annotations

import io
import json
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
WORDS: Final = ROOT / "cport_desktop" / "words"
TRANSLATIONS: Final = ROOT / "resources" / "translations"
LANGUAGES: Final = ("fr", "de", "nl")
KEYWORDS: Final = {"tr": None, "tr_in": ((1, "c"), 2), "tr_many": (1, 2)}
"""Which arguments of `words.tongue` are sentences, as Babel writes it."""
HEADER: Final = "# Sentences of CPORT Desktop. Licence: EUPL-1.2, as the whole."
UNSTABLE: Final = tuple(
    f'"{name}:'
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
"""Lines of a header that say who and when; the history of the repository says it better."""


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["collect"]:
            found = sentences()
            for language in LANGUAGES:
                merge(found, language)
            return 0
        case ["compile"]:
            for language in LANGUAGES:
                compile_catalogue(language)
            return 0
        case ["check"]:
            faults = [f"{one}: {fault}" for one in LANGUAGES for fault in faults_of(read(one))]
            print("\n".join(faults) or f"{len(LANGUAGES)} catalogues are complete.")
            return 1 if faults else 0
        case _:
            print(__doc__)
            return 2


def sentences() -> Catalog:
    """Every sentence of `cport_desktop/words`, with the files it stands in, and the labels of code lists."""
    found = Catalog(project="CPORT Desktop", charset="utf-8")
    taken = extract_from_dir(
        WORDS, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("For translators:",)
    )
    for name, _line, message, comments, context in sorted(taken, key=lambda one: (one[0], one[1])):
        found.add(message, locations=[(name, 0)], auto_comments=list(comments), context=context)
    taken_labels: set[str] = set()
    for name in sorted((ROOT / "resources" / "taxonomies").glob("*.json")):
        for codes in json.loads(name.read_text("utf-8"))["lists"].values():
            taken_labels |= {label for _, _, label in codes}
    for label in sorted(taken_labels):
        found.add(label, locations=[("code lists", 0)], context="code list")
    return found


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "cport.po"


def read(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, domain="cport")


def merge(found: Catalog, language: str) -> None:
    """The catalogue of `language` holds what was `found`, with the translations that it had. Nothing is
    guessed: a sentence that changed is to be translated anew.
    """
    kept: dict[tuple[str | None, object], Message] = {}
    if path_of(language).exists():
        kept = {(one.context, _key(one)): one for one in read(language) if one.id}
    made = Catalog(locale=language, header_comment=HEADER, charset="utf-8", fuzzy=False)
    for one in found:
        if not one.id:
            continue
        known = kept.get((one.context, _key(one)))
        made.add(
            one.id,
            known.string if known is not None else None,
            locations=one.locations,
            auto_comments=one.auto_comments,
            context=one.context,
        )
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, made, width=0, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    stable = [line for line in lines if not line.startswith(UNSTABLE)]
    beside = path_of(language).with_suffix(".po.part")
    beside.write_text("".join(stable), "utf-8")
    beside.replace(path_of(language))


def _key(one: Message) -> object:
    return tuple(one.id) if isinstance(one.id, list | tuple) else one.id


def compile_catalogue(language: str) -> None:
    beside = path_of(language).with_suffix(".mo.part")
    with beside.open("wb") as file:
        write_mo(file, read(language))
    beside.replace(path_of(language).with_suffix(".mo"))


def faults_of(catalogue: Catalog) -> Iterator[str]:
    """What is untranslated, and whose placeholders are not those of its sentence."""
    for one in catalogue:
        if not one.id:
            continue
        ids = one.id if isinstance(one.id, list | tuple) else (one.id,)
        said = one.string if isinstance(one.string, list | tuple) else (one.string,)
        if not all(said):
            yield f"not translated: {ids[0]!r}"
            continue
        allowed = set().union(*(names_in(each) for each in ids))
        for place, each in enumerate(said):
            names = names_in(each)
            # A form of a plural needs what its own sentence has, but for the number: «one report».
            needed = names_in(ids[min(place, len(ids) - 1)]) - (
                {"count"} if len(ids) > 1 else set()
            )
            if not needed <= names <= allowed:
                yield f"placeholders differ: {ids[0]!r} | {each!r}"
            elif each.strip() != each and ids[0].strip() == ids[0]:
                yield f"blanks at its ends: {each!r}"


def names_in(template: str) -> set[str]:
    """The names of the placeholders of a sentence; a brace that is none makes it unfit."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError:
        return {"(a brace too many)"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
