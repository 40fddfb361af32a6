"""What can be set, as one frozen value that is handed down; nobody else reads the environment."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "nl": "Nederlands",
}
"""What the window can speak: each language in its own name, by its code (ISO 639-1)."""

_BESIDE_THE_PACKAGE = Path(__file__).resolve().parent.parent / "resources"

SCALES: Final = (100, 125, 150, 175, 200)
"""Percent: what text may be enlarged to without loss (WCAG 2.2, 1.4.4), in steps that one can tell apart."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`reveal_seconds`: after so long a reveal veils itself again; `viewing_seconds`: the same for what
    moves or sounds, of which nothing can be seen in six. `decoders`: confined
    children that work at the same time while media arrive; `confinement`: the least level
    (`media.sandbox`) at which one is used. `lock_after_seconds`: how long a window that nobody
    uses stays open. `marks`: where this machine keeps the high-water marks of its vaults.
    `ageing_after`, `old_after`: from which age on it is said plainly how old the portal's word is. A
    week is how long its signed time vouches for a clock (`domain.retention`), and the rhythm in which
    a courier can be expected; behind a month lists and agreements have gone through a cycle unseen.
    `region_profile`: this machine's own table of categories for the lists that other tools read.
    `updates`: where this account keeps updates; `updated`: a folder of files that came by one and take the
    place of those of the program; `floor`: the installed release, where it gave way to one of an update.
    """

    resources: Path = _BESIDE_THE_PACKAGE
    reveal_seconds: float = 6.0
    viewing_seconds: float = 30.0
    decoders: int = 2
    confinement: str = "filtered"
    changes_per_batch: int = 200
    theme: str = "dark"
    marks: Path | None = None
    lock_after_seconds: float = 240.0
    ageing_after: timedelta = timedelta(days=7)
    old_after: timedelta = timedelta(days=31)
    region_profile: Path | None = None
    updates: Path | None = None
    updated: Path | None = None
    floor: Path | None = None

    @property
    def as_installed(self) -> Settings:
        """The same without updates."""
        return replace(self, updated=None)

    @property
    def taxonomy(self) -> Path:
        return self._latest("taxonomy.json", self.resources / "taxonomies" / "iccam-v3.json")

    @property
    def update_root(self) -> Path:
        """The root of trust of updates (docs/formats/update_bundle.md)."""
        return self.resources / "updates" / "root.json"

    @property
    def domain_rules(self) -> tuple[Path, Path, Path]:
        """Public suffixes, legitimate services, texts of the criteria of the Worst-of list."""
        listed = self.resources / "worst_of"
        suffixes = self.resources / "suffixes" / "public_suffix_list.dat"
        return (
            self._latest("public_suffix_list.dat", suffixes),
            self._latest("services.json", listed / "services.json"),
            self._latest("criteria.json", listed / "criteria.json"),
        )

    @property
    def xarf_codes(self) -> Path:
        """The table from classifications of the network to those of XARF."""
        return self.resources / "xarf" / "classifications.json"

    @property
    def manual(self) -> Path:
        """Pages of the manual as the build leaves them; from sources they are there after `make manual`."""
        return self.resources / "manual"

    @property
    def translations(self) -> Path:
        return self.resources / "translations"

    @property
    def categories(self) -> Path | None:
        """This machine's own region profile, or the one that an update brought; None if there is none."""
        brought = None if self.updated is None else self.updated / "region-profile.json"
        if self.region_profile is None and brought is not None and brought.is_file():
            return brought
        return self.region_profile

    def _latest(self, name: str, usual: Path) -> Path:
        """The file of this name that came by an update, if one did."""
        brought = None if self.updated is None else self.updated / name
        return brought if brought is not None and brought.is_file() else usual


def state_folder(environment: Mapping[str, str]) -> Path:
    """Where this program keeps what belongs to this machine and holds no content: diagnostic
    records, high-water marks (XDG Base Directory Specification).
    """
    home = Path(environment["HOME"]) if environment.get("HOME") else Path.home()
    state = environment.get("XDG_STATE_HOME") or str(home / ".local" / "state")
    return Path(state) / "cport-desktop"


def updates_folder(environment: Mapping[str, str]) -> Path:
    """Where this account keeps updates: beside what the launcher reads (XDG Base Directory Specification)."""
    home = Path(environment["HOME"]) if environment.get("HOME") else Path.home()
    data = environment.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    return Path(data) / "cport-desktop"


def floor_folder(environment: Mapping[str, str]) -> Path | None:
    """The installed release, as its launcher says when it starts another one in its place."""
    return Path(environment["CPORT_FLOOR"]) if environment.get("CPORT_FLOOR") else None


def region_profile_file(environment: Mapping[str, str]) -> Path | None:
    """The table of categories that somebody put on this machine; None if there is none. A unit chooses
    its region once for each of its machines, as with other tools. One in a folder that this person may not
    look into is none of theirs.
    """
    put_there = state_folder(environment) / "region-profile.json"
    with suppress(PermissionError):
        return put_there if put_there.exists() else None
    return None


def marks_folder(environment: Mapping[str, str]) -> Path:
    """Where the high-water marks of vaults lie."""
    return state_folder(environment) / "marks"


def language(environment: Mapping[str, str]) -> str:
    """The code of the language to speak: `CPORT_LANGUAGE`, what was kept on this machine, or what the
    system says (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`: GNU gettext manual, “Setting the locale”). English
    where none of them names one that the window can speak.
    """
    kept = kept_language(environment)
    named = [environment.get("CPORT_LANGUAGE", ""), kept or ""]
    if not any(named):
        named += environment.get("LANGUAGE", "").split(":")
        locales = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        named.append(next(filter(None, locales), ""))
    codes = (name[:2].lower() for name in named if name)
    return next((code for code in codes if code in LANGUAGES), "en")


def kept_language(environment: Mapping[str, str]) -> str | None:
    """The code that was chosen on this machine, or None while the system decides. A file that holds
    anything else counts as none.
    """
    try:
        code = _language_file(environment).read_text("ascii", "replace").strip()
    except OSError:
        return None
    return code if code in LANGUAGES else None


def keep_language(environment: Mapping[str, str], code: str | None) -> None:
    """From the next start on `code` is spoken, or, with None, what the system says. It is asked for
    before any vault is open, so it is kept beside them; it says nothing about them.

    Raises:
        ValueError: no such language.
        OSError: it could not be written; what was kept stays.
    """
    kept = _language_file(environment)
    if code is None:
        kept.unlink(missing_ok=True)
        return
    if code not in LANGUAGES:
        raise ValueError(code)
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    fresh.write_text(f"{code}\n", "ascii")
    fresh.replace(kept)


def scale(environment: Mapping[str, str]) -> int:
    """How large the window is drawn on this machine, in percent; 100 where nothing was chosen, or a file
    holds anything else.
    """
    try:
        kept = _scale_file(environment).read_text("ascii", "replace").strip()
    except OSError:
        return 100
    percent = int(kept) if kept.isdecimal() and len(kept) <= len("200") else 100
    return percent if percent in SCALES else 100


def keep_scale(environment: Mapping[str, str], percent: int) -> None:
    """From the next start on the window is drawn at `percent`. As with the language, that is asked for
    before any vault is open.

    Raises:
        ValueError: it is none of `SCALES`.
        OSError: it could not be written; what was kept stays.
    """
    if percent not in SCALES:
        raise ValueError(percent)
    kept = _scale_file(environment)
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    fresh.write_text(f"{percent}\n", "ascii")
    fresh.replace(kept)


def _scale_file(environment: Mapping[str, str]) -> Path:
    return state_folder(environment) / "scale"


def _language_file(environment: Mapping[str, str]) -> Path:
    return state_folder(environment) / "language"
