"""What the page of hash lists asks for, over a real vault."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import HashListUnreadable
from cport_desktop.ui.knowing import ReadLine, ReadOrder
from cport_desktop.ui.knowing_opening import knowing_of
from cport_desktop.words import list_manifests
from tests.builders import a_vault, announce_media, hold_media
from tests.exports.synthetic import authority
from tests.known_builders import a_list, a_list_entry, tell, told
from tests.report_builders import the_taxonomy
from tests.ui.synthetic_list_leaving import nobody


def test_a_file_is_tried_read_in_found_and_withdrawn(tmp_path: Path) -> None:
    path = tmp_path / "own.md5"
    digest = hashlib.md5(b"circle").hexdigest()
    path.write_text(f"{digest}  circle.png\nrubbish\nmore rubbish\n{digest}\n")
    order = ReadOrder(path, "", "Unit Example", "7", False)
    with a_vault(tmp_path / "vault") as vault:
        hold_media(vault, 7, b"circle")
        knowing = knowing_of(vault, nobody, the_taxonomy())
        refused = (2, "no digest where one should be")

        first = (
            (1, f"md5:{digest} · circle.png"),
            (2, f"refused: {refused[1]}"),
            (3, f"refused: {refused[1]}"),
            (4, f"md5:{digest}"),
        )
        said = ReadLine("own", 1, 2, 1, 0, refused, kind="md5sum", first=first)
        assert knowing.attempt(order, silent, never) == said
        assert knowing.page("", 10, None).rows == ()
        assert knowing.read_in(order, silent, never) == replace(said, hits=1)
        (known,) = knowing.page("", 10, None).rows
        assert (known.name, known.source, known.version, known.contents) == (
            "own",
            "Unit Example",
            "7",
            1,
        )
        looked = knowing.leaving.foresee(known.list_id, None)
        assert (looked.entries, looked.contents, looked.known_no_more) == (1, 1, 1)
        assert knowing.leaving.withdraw(known.list_id, None, "a newer one came").hits == 1

        tell(vault, told(a_list()), told(a_list_entry(md5=digest)))
        announce_media(vault, 8, b"square")
        assert knowing.match(silent, never) == 1


def test_a_manifest_beside_the_file_is_told_before_and_holds(tmp_path: Path) -> None:
    path, anchor = tmp_path / "given.md5", tmp_path / "authority.pem"
    path.write_text(f"{hashlib.md5(b'circle').hexdigest()}  circle.png\n")
    anchor.write_bytes(authority().pem)
    manifest = {
        "kind": "cport-hash-list-manifest/1",
        "synthetic": True,
        "file": {
            "format": "md5sum",
            "size": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "list": {"id": "_1", "name": "Cards", "version": "4", "source": "", "negative": True},
        "extent": {"whole": True, "entries": 1},
    }
    (tmp_path / "given.md5.manifest.json").write_text(json.dumps(manifest))
    order = ReadOrder(path, "", "", "", False)
    with a_vault(tmp_path / "vault") as vault:
        knowing = knowing_of(vault, nobody, the_taxonomy())
        told = knowing.attempt(order, silent, never)
        assert told.standing == list_manifests.standing(
            has_manifest=True, signer=None, authority=None, is_harmless=True
        )
        with pytest.raises(HashListUnreadable) as refused:
            knowing.attempt(replace(order, trust=anchor), silent, never)
        assert refused.value.facts["cause"] == list_manifests.NOT_SIGNED
        knowing.read_in(order, silent, never)
        (known,) = knowing.page("", 10, None).rows
        assert (known.name, known.version, known.is_negative) == ("Cards", "4", True)
