"""What the page of hash lists asks for, over a real vault."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from cport_desktop.domain.progress import never, silent
from cport_desktop.ui.knowing import ReadLine, ReadOrder
from cport_desktop.ui.knowing_opening import knowing_of
from tests.builders import a_vault, announce_media, hold_media
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
