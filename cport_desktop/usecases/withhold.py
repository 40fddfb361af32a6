"""What people get to see of a report, and may ask about: without what the agreement withholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.query import Between, Field, FieldContains, FieldIs, Query, leaves
from cport_desktop.domain.rows import Dossier, Facet, ReportSort
from cport_desktop.domain.withholding import (
    Withheld,
    media_without,
    report_without,
    row_without,
)
from cport_desktop.errors import AgreementForbids
from cport_desktop.formats.withheld_document import document_without
from cport_desktop.usecases.allowance import Allowed
from cport_desktop.words import agreement as words

_MEMBERS: Final[Mapping[Field | Facet | ReportSort, str]] = {
    Field.IP: "hostingIpAddress",
    Field.ASN: "hostingOrganization",
    Field.PROVIDER: "hostingIsp",
    Field.SITE: "sourceUrlSiteType",
    Field.COMMERCIAL: "sourceUrlCommerciality",
    Field.PAYMENT: "sourceUrlPaymentMethods",
    Field.AGE: "ageCategorization",
    Field.GENDER: "genderCategorization",
    Facet.SITE_TYPE: "sourceUrlSiteType",
    Facet.PROVIDER: "hostingIsp",
    ReportSort.PROVIDER: "hostingIsp",
}
"""What can be asked, counted and sorted by, and the members of a report that it tells of."""


def dossier_without(dossier: Dossier, withheld: Withheld) -> Dossier:
    """`dossier` with nothing in it of what is `withheld`, in no form."""
    if not withheld:
        return dossier
    return replace(
        dossier,
        row=row_without(dossier.row, withheld.fields),
        report=report_without(dossier.report, withheld.fields),
        document=document_without(dossier.document, withheld),
        media=tuple(media_without(item, withheld.fields) for item in dossier.media),
        kept_versions=tuple(
            replace(version, document=document_without(version.document, withheld))
            for version in dossier.kept_versions
        ),
    )


def without_asking(
    query: Query,
    allowed: Allowed,
    sort: ReportSort | None = None,
    *,
    function: Function = Function.REPORTS_READ,
) -> Query:
    """`query`, which asks for nothing that is withheld from `function`: its answer would tell it. Words
    and phrases are looked for in all that is here; see ADR 21.

    Raises:
        AgreementForbids: it does, or its answer is to be sorted by it.
    """
    asked = {_MEMBERS.get(field) for field in _fields_of(query)}
    asked.add(None if sort is None else _MEMBERS.get(sort))
    for name in sorted(each for each in asked if each is not None):
        if name in allowed.withheld.fields:
            clause = allowed.withheld.fields[name]
            raise AgreementForbids(
                action=words.ACTIONS[function.value],
                function=function.value,
                reference=allowed.reference,
                clause=clause,
                cause=words.field_withheld(name, clause),
                who=allowed.contact,
            )
    return query


def is_askable(field: Field, allowed: Allowed) -> bool:
    """Whether naming values of `field` tells nothing that is withheld."""
    return _MEMBERS.get(field) not in allowed.withheld.fields


def is_countable(facet: Facet, allowed: Allowed) -> bool:
    """Whether counting by `facet` tells nothing that is withheld."""
    return _MEMBERS.get(facet) not in allowed.withheld.fields


def _fields_of(query: Query) -> Iterator[Field]:
    for leaf in leaves(query):
        if isinstance(leaf, FieldIs | FieldContains | Between):
            yield leaf.field
