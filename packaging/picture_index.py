"""The list of all views in the README beside the pictures, made anew from the pictures that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_ENDING: Final = "-dark-en.png"
_ENGLISH: Final = (("dark", "dark"), ("light", "light"), ("contrast", "contrast"))
_GERMAN: Final = (("dunkel", "dark"), ("hell", "light"), ("Kontrast", "contrast"))


def write_index(pictures: Path) -> None:
    """What stands above the list stays; a folder without a README gets none."""
    readme = pictures / "README.md"
    if not readme.is_file():
        return
    kept = [
        line
        for line in readme.read_text(encoding="utf-8").splitlines()
        if not line.startswith("- ")
    ]
    views = sorted(path.name.removesuffix(_ENDING) for path in pictures.glob(f"*{_ENDING}"))
    lines = (
        f"- {view}: {_links(view, _ENGLISH, 'en')} · Deutsch: {_links(view, _GERMAN, 'de')}"
        for view in views
    )
    readme.write_text("\n".join([*kept, *lines, ""]), encoding="utf-8")


def _links(view: str, themes: tuple[tuple[str, str], ...], language: str) -> str:
    return " · ".join(f"[{word}]({view}-{theme}-{language}.png)" for word, theme in themes)
