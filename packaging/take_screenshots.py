"""Pictures of every view for the documentation: `make pictures`.

    python packaging/take_screenshots.py FOLDER                      a demo vault is made for it
    python packaging/take_screenshots.py FOLDER --of DEMO [SCENE …]  of one that `prepare` made

Writes `<view>-<theme>-<language>.png` into FOLDER: each view in every theme, in English and German,
1366×768 points, 256 colours, and the list of them in its README. A demo vault only: nothing else is ever
pictured. What `prepare` makes:

    python packaging/take_screenshots.py --prepare DEMO
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from picture_index import write_index

from cport_desktop.settings import Settings
from cport_desktop.words import tongue

LANGUAGES: Final = ("en", "de")
SCREEN: Final = {"name": "1", "x": 0, "y": 0, "width": 1366, "height": 768}
"""No display is needed, and none has a say: a notebook's screen (Qt's offscreen platform plugin)."""


def take_all(pictures: Path, made: Path, wanted: list[str]) -> None:
    """Of the demo in `made`, each language by a process of its own and on a vault of its own, so that
    all see the same.
    """
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory(prefix="cport-pictures-") as folder:
            shutil.copytree(made, Path(folder) / "made")
            command = [sys.executable, __file__, "--speak", language, str(pictures)]
            command += [str(Path(folder) / "made"), *wanted]
            screen = Path(folder) / "screen.json"
            screen.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
            platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
            subprocess.run(command, env={**os.environ, **platform}, check=True)
    write_index(pictures)


def prepare(made: Path) -> None:
    """A demo vault in `made`, and a day's work in it."""
    import picture_story  # noqa: PLC0415 - what speaks is loaded where no language is chosen any more

    command = [sys.executable, "-m", "cport_desktop", "--json", "demo", "--headless"]
    command += ["--reports", str(picture_story.REPORTS), "--keep", str(made / "demo")]
    environment = {**os.environ, "XDG_STATE_HOME": str(made / "state")}
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    picture_story.tell(made / "demo", json.loads(said)["url"])


def speak_and_take(language: str, pictures: Path, made: Path, wanted: list[str]) -> None:
    """In this process, which speaks nothing else."""
    tongue.speak(language, Settings().translations)
    import picture_session  # noqa: PLC0415 - what speaks is loaded once a language is chosen

    picture_session.take(made, pictures, language, wanted)


def main(arguments: list[str]) -> None:
    match arguments:
        case ["--speak", language, pictures, made, *wanted]:
            speak_and_take(language, Path(pictures), Path(made), wanted)
        case ["--prepare", made]:
            prepare(Path(made))
        case [pictures, "--of", made, *wanted]:
            Path(pictures).mkdir(parents=True, exist_ok=True)
            take_all(Path(pictures), Path(made), wanted)
        case [pictures]:
            with tempfile.TemporaryDirectory(prefix="cport-pictures-") as folder:
                prepare(Path(folder))
                main([pictures, "--of", folder])
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
