"""Code lists in the language that is spoken. What is asked, stored and handed on keeps the portal's words."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from cport_desktop.domain.taxonomy import CodeList, Taxonomy
from cport_desktop.words.tongue import tr_in
from cport_desktop.words.window import UNKNOWN_CODE


def spoken(taxonomy: Taxonomy) -> Taxonomy:
    """`taxonomy` with labels for the eye; keys and numbers stay. A label without a translation, as
    lists that the portal sends may have, stays as well.
    """
    return Taxonomy(
        taxonomy.version,
        MappingProxyType({name: _spoken(found) for name, found in taxonomy.lists.items()}),
    )


def _spoken(found: CodeList) -> CodeList:
    codes = tuple(replace(code, label=tr_in("code list", code.label)) for code in found.codes)
    return replace(found, codes=codes, unknown=UNKNOWN_CODE)
