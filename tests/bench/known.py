"""P6: exact matching of digests against a long list, against `hfind -f` of The Sleuth Kit on the same
list and the same questions.

The list (random digests) and the vault that it was read into are made once and kept; `hfind` sorts an
index of its own beside the list. What is timed of ours is what matching does with digests of contents
that it is given as text: from hexadecimal to the numbers of the entries. The filter is loaded before,
as a session does once; that is a figure of its own.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cport_desktop.domain.known import Algorithm
from cport_desktop.domain.progress import Progress, never
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.list_screen import ListScreen
from cport_desktop.usecases.match_known import looked_up
from cport_desktop.vault import matching_due
from cport_desktop.vault.vault import Vault
from tests.bench.harness import Figure, seconds
from tests.builders import make_vault, reopened

LEAST_RATIO: Final = 10
ASKED: Final = 1_000_000
ASKED_OF_PEER: Final = 200_000
HITS_IN: Final = 100
"""One question in so many is on the list."""
_TOGETHER: Final = 50_000
_LINES_AT_ONCE: Final = 100_000
NO_PEER: Final = "P6 is left out: no hfind (Debian and its kin: apt-get install sleuthkit)"


def measure(kept: Path, entries: int) -> Iterator[Figure]:
    """Questions a second: ours, and those of `hfind`; and what the filter costs."""
    hfind = shutil.which("hfind")
    if hfind is None:
        print(NO_PEER, file=sys.stderr)
        return
    known = kept / f"known-{entries}.md5"
    if not known.exists():
        _write_list(known, entries)
    folder = kept / f"known-{entries}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        yield _read_in(folder, known, entries)
        (folder / "done").touch()
    asked = _questions(known, entries, ASKED)
    with reopened(folder / "vault") as vault:
        screen = ListScreen(vault)
        yield _loading(vault, screen, entries)
        found = _ask(vault, screen, asked)
        # Once before, as for the peer: both have the pages that they need in memory.
        took = seconds(lambda: _ask(vault, screen, asked))
    expected = ASKED // HITS_IN
    if len(found) != expected:
        raise RuntimeError(f"{len(found)} hits, and {expected} were asked for")
    ours = ASKED / took
    peer = _hfind(hfind, known, asked[:ASKED_OF_PEER])
    yield Figure(
        id="P6",
        what=f"{ASKED:,} MD5 against {entries:,} entries, 1 % hits (hfind -f)",
        unit="digests/s",
        value=ours,
        reference=peer,
        ratio=ours / peer,
        goal=f"≥ {LEAST_RATIO}",
        is_reached=ours / peer >= LEAST_RATIO,
    )


def _ask(vault: Vault, screen: ListScreen, asked: list[str]) -> list[int]:
    found: list[int] = []
    with vault.reader() as reader:
        for at in range(0, len(asked), _TOGETHER):
            digests = [bytes.fromhex(digest) for digest in asked[at : at + _TOGETHER]]
            found += [entry for _, entry in looked_up(reader, screen, Algorithm.MD5, digests)]
    return found


def _loading(vault: Vault, screen: ListScreen, entries: int) -> Figure:
    def load() -> None:
        with vault.reader() as reader:
            matching_due.due(reader, limit=1)
            screen.bring_up_to(reader, [])

    took = seconds(load)
    kept = vault.derivatives.kept_filter()
    size = 0 if kept is None else screen.memory
    return Figure(
        id="P6",
        what=f"loading the filter once; {size / entries:.2f} bytes of memory an entry",
        unit="s",
        value=took,
        reference=took,
        ratio=1.0,
        goal="",
        is_reached=True,
    )


def _read_in(folder: Path, known: Path, entries: int) -> Figure:
    make_vault(folder / "vault")
    with reopened(folder / "vault") as vault:
        took = seconds(
            lambda: import_hash_list(vault, ListOrder(known), announce=_tell, is_cancelled=never)
        )
    print("\r", end="", file=sys.stderr)
    return Figure(
        id="P6",
        what=f"reading {entries:,} lines in, with their matching",
        unit="lines/s",
        value=entries / took,
        reference=entries / took,
        ratio=1.0,
        goal="",
        is_reached=True,
    )


def _tell(progress: Progress) -> None:
    if progress.total:
        part = 100 * progress.done // progress.total
        print(f"\rreading the list: {part} %", end="", file=sys.stderr, flush=True)


def _write_list(path: Path, entries: int) -> None:
    """Random digests with neutral names, as md5sum writes them."""
    dice = random.Random(1)
    unfinished = path.with_suffix(".part")
    with unfinished.open("w") as out:
        for at in range(0, entries, _LINES_AT_ONCE):
            count = min(_LINES_AT_ONCE, entries - at)
            digits = dice.randbytes(16 * count).hex()
            out.writelines(
                f"{digits[32 * line : 32 * line + 32]}  shape-{at + line}.png\n"
                for line in range(count)
            )
    unfinished.rename(path)


def _questions(known: Path, entries: int, count: int) -> list[str]:
    """So many digests, of which one in `HITS_IN` is on the list, spread over it."""
    dice = random.Random(2)
    wanted = set(dice.sample(range(entries), count // HITS_IN))
    with known.open() as lines:
        listed = [line[:32] for number, line in enumerate(lines) if number in wanted]
    others = dice.randbytes(16 * (count - len(listed))).hex()
    asked = [*listed, *(others[at : at + 32] for at in range(0, len(others), 32))]
    dice.shuffle(asked)
    return asked


def _hfind(hfind: str, known: Path, asked: list[str]) -> float:
    """Questions a second of the peer, without the making of its index."""
    index = known.with_name(f"{known.name}-md5.idx")
    if not index.exists():
        subprocess.run([hfind, "-i", "md5sum", known], check=True, stdout=subprocess.DEVNULL)
    questions = known.with_name("asked.txt")
    questions.write_text("".join(f"{digest}\n" for digest in asked))

    def ask() -> None:
        subprocess.run([hfind, "-f", questions, known], check=True, stdout=subprocess.DEVNULL)

    ask()
    return len(asked) / seconds(ask)
