"""A hash list comes in, gets its next version, leaves signed, loses an entry, and is withdrawn.

At every moment one list of that name stands, in one version, or none; of a file that was read half, nothing.
Under the name of a list that left lies a whole one with its manifest and a signature, or nothing.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.signing import FileKeySigner, check_integrity
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.progress import never, silent
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.update_hash_list import update_hash_list
from cport_desktop.usecases.withdraw_hash_list import take_back
from cport_desktop.vault import list_listing
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, hold_media
from tests.exports.synthetic import authority, key_of
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen
from tests.usecases.agreeing import bind

_SHAPES = [f"shape {number}".encode() for number in range(40)]
_NAME, _FILE = "Shapes", "shapes.csv"
_TAKEN_BACK = _SHAPES[5]
_FIRST, _SECOND = _SHAPES[:30], _SHAPES[3:]


class Listing:
    name = "lists"

    def prepare(self, place: Place) -> None:
        (place.root / "out").mkdir(parents=True)
        place.beside.mkdir(exist_ok=True)
        vaults.create(place.vault)
        for version, contents in (("1", _FIRST), ("2", _SECOND)):
            (place.beside / version).write_text(
                "".join(f"{_md5(each)}  {each.decode()}.png\n" for each in contents)
            )
        for name, content in zip(("key", "certificate"), key_of(authority()), strict=True):
            (place.beside / name).write_bytes(content)
        with vaults.opened(place.vault) as vault:
            bind(vault)
            for number in (1, 4):
                hold_media(vault, number, _SHAPES[number])

    def run(self, place: Place, promise: Promise) -> None:
        with vaults.opened(place.vault) as vault:
            if _standing(vault) is None and not _withdrawn(vault):
                order = ListOrder(place.beside / "1", name=_NAME, version="1")
                import_hash_list(vault, order, announce=silent, is_cancelled=never)
            promise("read")
            known = _standing(vault)
            if known is not None and known.version == "1":
                order = ListOrder(place.beside / "2", version="2")
                update_hash_list(vault, known.list_id, order, announce=silent, is_cancelled=never)
            promise("updated")
            self._leave(place, vault)
            promise("left")
            known = _standing(vault)
            if known is not None:
                if not known.entries_withdrawn:
                    take_back(vault, known.list_id, reason="synthetic", entries=[_md5(_TAKEN_BACK)])
                promise("entry withdrawn")
                take_back(vault, known.list_id, reason="synthetic")
            promise("withdrawn")

    def _leave(self, place: Place, vault: Vault) -> None:
        known = _standing(vault)
        out = place.root / "out" / _FILE
        if known is None or out.exists():
            return
        key, certificate = ((place.beside / name).read_bytes() for name in ("key", "certificate"))
        signer = FileKeySigner(key, certificate, clock=SteppingClock(NOON))
        order = ListExportOrder(known.list_id, "csv", out, signer=signer, reason="synthetic")
        export_hash_list(vault, order, announce=silent, is_cancelled=never)

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            facts = _facts(vault)
            if (place.root / "out" / _FILE).exists():
                _require_whole(place.root / "out", vault)
                facts |= {"left"}
            return vaults.seen(vault, *facts)

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        facts = self.look(place).facts
        assert {"read", "updated", "left", "entry withdrawn", "withdrawn"} <= facts
        out = place.root / "out"
        wanted = {_FILE, f"{_FILE}.manifest.json", f"{_FILE}.manifest.p7s"}
        # A second name of one of them may have outlived a power cut.
        assert {path.name.removesuffix(".part") for path in out.iterdir()} == wanted
        with vaults.opened(place.vault) as vault:
            # Emptying that was cut off goes on before the next file is read.
            order = ListOrder(place.beside / "1", is_rehearsal=True)
            import_hash_list(vault, order, announce=silent, is_cancelled=never)
            for table in ("list_staging", "list_digest"):
                assert vaults.rows(vault, f"SELECT count(*) FROM {table}") == [(0,)], table


def _md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def _lists(vault: Vault) -> list[KnownList]:
    with vault.reader() as reader:
        return list(list_listing.page(reader, limit=9).rows)


def _standing(vault: Vault) -> KnownList | None:
    found = [known for known in _lists(vault) if known.is_standing]
    assert len(found) <= 1, "two versions of a list stand"
    return found[0] if found else None


def _withdrawn(vault: Vault) -> bool:
    """It stood here once, and stands no more."""
    return bool(_lists(vault)) and _standing(vault) is None


def _facts(vault: Vault) -> set[str]:
    known = _standing(vault)
    facts = {"read"} if _lists(vault) else set()
    facts |= {"updated", "entry withdrawn", "withdrawn"} if _withdrawn(vault) else set()
    if known is not None:
        wanted = {"1": _FIRST, "2": _SECOND}[known.version]
        gone = known.entries_withdrawn
        assert known.entries + gone == len(wanted), "half a list"
        facts |= {"updated"} if known.version == "2" else set()
        facts |= {"entry withdrawn"} if gone else set()
    return facts


def _require_whole(out: Path, vault: Vault) -> None:
    """The list, its manifest and its signature agree; the register knows of it."""
    manifest = (out / f"{_FILE}.manifest.json").read_bytes()
    told = json.loads(manifest)["file"]
    content = (out / _FILE).read_bytes()
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    check_integrity((out / f"{_FILE}.manifest.p7s").read_bytes(), manifest)
    entered = vaults.rows(vault, "SELECT count(*) FROM disclosure")
    assert entered[0][0] >= 1, "a list that is on no record"
