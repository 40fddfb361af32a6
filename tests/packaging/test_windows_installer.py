"""What the installer for Windows promises, held by reading it: nobody has run it yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "packaging" / "windows"
SCRIPT = (FOLDER / "cport-desktop.iss").read_text(encoding="ascii")
LAUNCHER = (FOLDER / "cport.cmd").read_bytes()
USERS_OWN = ("{app}", "{localappdata}", "{userprograms}", "{userdocs}", "{cmd}")


def section(name: str) -> list[str]:
    found = re.search(rf"^\[{name}\]\n(.*?)(?=^\[|\Z)", SCRIPT, re.MULTILINE | re.DOTALL)
    lines = [] if found is None else found[1].splitlines()
    return [line for line in lines if line.strip() and not line.startswith((";", "#"))]


def setup() -> dict[str, str]:
    return dict(line.split("=", 1) for line in section("Setup"))


def test_no_administrator_is_asked_for_and_none_is_offered():
    assert setup()["PrivilegesRequired"] == "lowest"
    assert setup()["PrivilegesRequiredOverridesAllowed"] == ""
    assert setup()["DefaultDirName"] == r"{localappdata}\Programs\CPORT Desktop"


def test_it_writes_nowhere_but_in_the_users_own_folders():
    places = set(re.findall(r"\{(?!#)\w+\}", "\n".join(section("Files") + section("Icons"))))
    assert places
    assert places <= set(USERS_OWN)
    assert not re.search(r"HKLM|HKCR|\{(commonpf|autopf|win|commonappdata)\}", SCRIPT)


def test_all_it_runs_opens_its_own_folders_to_the_containers_of_the_decoders():
    """Read and run, for `ALL RESTRICTED APPLICATION PACKAGES` and nobody else."""
    for line, folder in zip(section("Run"), ("runtime", "app"), strict=True):
        assert line == (
            'Filename: "{sys}\\icacls.exe"; Parameters: """{app}\\'
            f'{folder}"" /grant *S-1-15-2-2:(OI)(CI)(RX)"; Flags: runhidden'
        )


@pytest.mark.parametrize("name", ["Registry", "UninstallRun", "UninstallDelete", "Code"])
def test_it_starts_nothing_registers_nothing_and_deletes_nothing_of_the_user(name: str):
    assert section(name) == []


def test_before_an_update_the_old_code_goes_and_nothing_else():
    gone = re.findall(r'Name: "\{app\}\\(\w+)"', "\n".join(section("InstallDelete")))
    assert sorted(gone) == ["app", "bin", "licences", "runtime"]


def test_nothing_is_fetched():
    assert not re.search(r"https?:|Download", SCRIPT, re.IGNORECASE)


def test_it_speaks_the_languages_of_the_program():
    catalogues = FOLDER.parents[1] / "resources" / "translations"
    languages = {folder.name for folder in catalogues.iterdir() if folder.is_dir()}
    assert len(section("Languages")) == len(languages | {"en"})


def test_the_launcher_starts_an_isolated_interpreter_that_hears_no_foreign_code():
    text = LAUNCHER.decode("ascii")
    assert '"%root%\\runtime\\cport-runtime.exe" -I -B -m cport_desktop %*' in text
    for name in ("QT_PLUGIN_PATH", "OPENSSL_CONF"):
        assert f'set "{name}="' in text
    assert text.count("\r\n") == text.count("\n"), "a batch file has the line ends of Windows"
