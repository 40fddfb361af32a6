"""Which codes of ICCAM documents are on no list of this version. They are kept as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats.iccam.record import Record
from cport_desktop.formats.iccam.shapes import Document

_LISTS: Final[Mapping[str, str]] = {
    "source_url_site_type": "site_type",
    "source_url_commerciality": "commerciality",
    "source_url_payment_methods": "payment_method",
    "classification": "classification",
    "age_categorization": "age",
    "gender_categorization": "gender",
    "content_type": "content_type",
    "action_type": "action",
    "reason_id": "action_reason",
}
"""By the members of the shapes: the code list in `resources/taxonomies`."""


def unknown_codes(
    documents: Iterable[Document], taxonomy: Taxonomy
) -> Mapping[tuple[str, int], int]:
    """How often which code is met that its list does not have."""
    known = {name: {code.number for code in taxonomy[name].codes} for name in set(_LISTS.values())}
    return Counter(
        (name, number)
        for document in documents
        for name, number in _codes(document)
        if number not in known[name]
    )


def _codes(record: Record) -> Iterator[tuple[str, int]]:
    for member in record.__struct_fields__:
        value = getattr(record, member)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                yield from _codes(each)
            elif member in _LISTS and isinstance(each, int):
                yield _LISTS[member], each
