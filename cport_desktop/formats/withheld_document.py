"""A report's document without what an agreement withholds.

Members are dropped by name, at whatever depth. What a report cannot be handled without is never
dropped; members that this version does not know are, where the agreement names what is received.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

from cport_desktop.domain.withholding import WITHHOLDABLE, Withheld
from cport_desktop.formats.report_message import (
    WireAction,
    WireAssessment,
    WireContent,
    WireMedia,
    WireOrganization,
    WireReport,
    WireUrl,
)

_KNOWN: Final = frozenset(
    name
    for wire in (
        WireReport,
        WireContent,
        WireUrl,
        WireOrganization,
        WireAssessment,
        WireAction,
        WireMedia,
    )
    for name in wire.__struct_encode_fields__
)
_KEPT: Final = _KNOWN - WITHHOLDABLE
"""What a report cannot be handled without."""


def document_without(document: bytes, withheld: Withheld) -> bytes:
    """`document` (sound JSON of a report) with nothing in it of what is `withheld`; to the byte as
    it is if nothing is.
    """
    if not withheld:
        return document
    gone = withheld.fields.keys() - _KEPT
    tree = msgspec.json.decode(document)
    return msgspec.json.encode(_without(tree, gone, only_known=withheld.is_unknown_withheld))


def _without(tree: object, gone: Collection[str], *, only_known: bool) -> object:
    if isinstance(tree, list):
        return [_without(each, gone, only_known=only_known) for each in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        name: _without(value, gone, only_known=only_known)
        for name, value in tree.items()
        if name not in gone and (name in _KNOWN or not only_known)
    }
