"""Which kind of file a list is, by its beginning: the first kind that recognises it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.hash_list_file import ListKind
from cport_desktop.formats.lists.csv_tables import CSV, HASHKEEPER, ICSE, RDS2
from cport_desktop.formats.lists.encase import ENCASE
from cport_desktop.formats.lists.misp import MISP
from cport_desktop.formats.lists.perceptual_lines import PDQ, SIGNALS
from cport_desktop.formats.lists.stix import STIX
from cport_desktop.formats.lists.vics import VICS
from cport_desktop.formats.md5sum_lines import MD5SUM
from cport_desktop.words import list_files as words

KINDS: Final = (ENCASE, VICS, MISP, STIX, ICSE, RDS2, HASHKEEPER, PDQ, SIGNALS, CSV, MD5SUM)
"""In the order in which they are tried."""


def recognised(beginning: bytes, kinds: Sequence[ListKind]) -> ListKind:
    """The first of `kinds` that recognises `beginning`.

    Raises:
        HashListUnreadable: none does.
    """
    if not beginning.strip():
        raise HashListUnreadable(cause=words.EMPTY)
    for kind in kinds:
        if (b"\0" not in beginning or kind.is_binary) and kind.recognises(beginning):
            return kind
    if b"\0" in beginning:
        raise HashListUnreadable(cause=words.BINARY)
    is_json = beginning.lstrip()[:1] in (b"{", b"[")
    raise HashListUnreadable(cause=words.NO_CONTEXT if is_json else words.NO_TEXT)
