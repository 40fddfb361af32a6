"""What one process does with one long list, and in how much memory: `python -m tests.bench.list_memory
KIND ENTRIES FOLDER [ACT …]`. Acts, one after another: `update` (a file of as many entries and one in a hundred more is the list's next version)
and formats in which it is exported. One JSON line for each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from cport_desktop.domain.progress import Phase, Progress, never
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.update_hash_list import update_hash_list
from cport_desktop.vault import list_listing
from cport_desktop.vault.vault import Vault
from tests.bench.harness import seconds
from tests.bench.list_writers import WRITERS
from tests.bench.memory import resident_kib
from tests.builders import a_vault
from tests.usecases.agreeing import bind

_KIB = 1024
_LOOKS_APART = 10
"""Looks at memory are as many thousandths of an act apart."""


@dataclass(frozen=True, slots=True)
class Measured:
    """`grown`: by how many MiB memory was larger at most than before the first act; `reading`: the same
    before the filter is made by which contents are matched.
    """

    act: str
    entries: int
    seconds: float
    grown: float
    reading: float


class Watch:
    """Looks at memory now and then."""

    def __init__(self, at_first: int) -> None:
        self.most = self.reading = self._at_first = at_first
        self._told = ""

    def __call__(self, progress: Progress) -> None:
        done = f"{progress.phase} {_LOOKS_APART * progress.done // (progress.total or 1_000_000)}"
        if done != self._told:
            self._told = done
            self.look()
            if progress.phase is not Phase.MATCHING:
                self.reading = max(self.reading, self.most)

    def look(self) -> None:
        self.most = max(self.most, resident_kib())

    @property
    def grown(self) -> float:
        return (self.most - self._at_first) / _KIB


def main(kind: str, entries: int, folder: Path, acts: list[str]) -> None:
    path = folder / f"{kind}.list"
    WRITERS[kind](path, entries)
    with a_vault(folder / "vault") as vault:
        bind(vault)
        at_first = resident_kib()

        def measured(name: str, act: Callable[..., object], *given: object) -> None:
            watch = Watch(at_first)
            took = seconds(lambda: act(vault, *given, watch))
            watch.look()
            print(
                json.dumps(
                    asdict(
                        Measured(
                            name, entries, took, watch.grown, (watch.reading - at_first) / _KIB
                        )
                    )
                ),
                flush=True,
            )

        measured(f"read {kind}", _read, path)
        with vault.reader() as reader:
            (known,) = list_listing.page(reader, limit=1).rows
        if "update" in acts:
            path.unlink()
            WRITERS[kind](path, entries + entries // 100)
            measured(f"update {kind}", _update, known.list_id, path)
        path.unlink()
        for form in acts:
            if form != "update":
                measured(f"write {form}", _write, known.list_id, folder / "out", form)
                (folder / "out").unlink()
                (folder / "out.manifest.json").unlink()


def _read(vault: Vault, path: Path, watch: Watch) -> None:
    import_hash_list(vault, ListOrder(path), announce=watch, is_cancelled=never)


def _update(vault: Vault, list_id: str, path: Path, watch: Watch) -> None:
    order = ListOrder(path, version="2")
    update_hash_list(vault, list_id, order, announce=watch, is_cancelled=never)


def _write(vault: Vault, list_id: str, path: Path, form: str, watch: Watch) -> None:
    order = ListExportOrder(list_id, form, path, reason="measured")
    export_hash_list(vault, order, announce=watch, is_cancelled=never)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
