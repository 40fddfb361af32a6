"""The manual: from Markdown in `docs/manual` to what the window shows, and to a PDF.

    python packaging/manual.py check          say what is wrong with it
    python packaging/manual.py html FOLDER    what the window reads (`make manual` puts it into resources/manual)
    python packaging/manual.py pdf FILE       one file to print or to hand over

The same source gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from manual_blocks import ManualFault
from manual_book import read_book

from cport_desktop import __version__


def main(arguments: Sequence[str]) -> int:
    try:
        book = read_book()
    except ManualFault as fault:
        print(f"The manual: {fault}", file=sys.stderr)
        return 1
    match arguments:
        case ["check"]:
            print(f"{len(book.chapters)} chapters, {len(book.pictures())} pictures.")
        case ["html", folder]:
            from manual_html import write_html  # noqa: PLC0415 - a check needs no pictures

            write_html(book, Path(folder))
        case ["pdf", file]:
            from manual_pdf import write_pdf  # noqa: PLC0415 - only a PDF needs what sets it

            write_pdf(book, Path(file), version=__version__)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
