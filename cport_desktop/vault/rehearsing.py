"""What was done in the past year that an agreement has to allow: for rehearsing another one.

Counted by what was done and for whom, never by the person who did it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.agreement import Function, PackageMedia
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.transaction import Reader

A_YEAR: Final = timedelta(days=365)

_BY_DISCLOSURE: Final[Mapping[str, Function]] = {
    "package": Function.PACKAGE_COMPOSE,
    "table": Function.TABLE_EXPORT,
    "hash_list": Function.HASHLIST_EXPORT,
    "provider_notice": Function.PROVIDER_NOTIFY,
}
"""By the words of `domain.disclosure.DisclosureKind`. Operations are counted one by one."""

_BY_OPERATION: Final[Mapping[str, Function]] = {
    "assessment": Function.ASSESSMENT_GIVE,
    "feedback": Function.FEEDBACK_GIVE,
    "takedownHold": Function.TAKEDOWN_HOLD,
    "takedownLift": Function.TAKEDOWN_HOLD,
    "informationRequest": Function.INFORMATION_REQUEST,
    "domainSuggestion": Function.IWOL_SUGGEST,
    "domainRemoval": Function.IWOL_SUGGEST,
    "hashContribution": Function.HASHLIST_CONTRIBUTE,
    "caseHandOver": Function.CASE_HAND_OVER,
    "falsePositive": Function.FALSE_POSITIVE_NOTIFY,
}
"""By the words of `formats.operation_body`."""


@dataclass(frozen=True, slots=True)
class PastAct:
    """One thing that was done under the agreement. `what`: the title of what left, or the kind of an
    operation. `countries`: of the hotlines whose reports it was about.
    """

    function: Function
    what: str
    recipient: str | None = None
    recipient_key: str | None = None
    level: str | None = None
    countries: tuple[str, ...] = ()
    reason: str | None = None


def acts_since(reader: Reader, since: datetime) -> tuple[PastAct, ...]:
    """What left and what was said to the portal from `since` on, one act for each recipient."""
    return (*_disclosures(reader, since), *_operations(reader, since))


def _disclosures(reader: Reader, since: datetime) -> Iterator[PastAct]:
    countries = _countries_of_disclosures(reader, since)
    found = reader.connection.execute(
        "SELECT d.number, d.kind, d.title, d.reason, r.name, r.key,"
        " EXISTS (SELECT 1 FROM disclosed_item AS i"
        "         WHERE i.disclosure = d.number AND i.kind = 'media')"
        " FROM disclosure AS d JOIN disclosure_recipient AS r ON r.disclosure = d.number"
        " WHERE d.at_us >= ? AND d.outcome <> 'not_left' ORDER BY d.number, r.name",
        (microseconds(since),),
    )
    for number, kind, title, reason, name, key, has_media in found.fetchall():
        function = _BY_DISCLOSURE.get(kind)
        if function is None:
            continue
        level = PackageMedia.ORIGINAL if has_media else PackageMedia.NONE
        yield PastAct(
            function=function,
            what=title,
            recipient=name,
            recipient_key=key,
            level=level.value if function is Function.PACKAGE_COMPOSE else None,
            countries=tuple(countries.get(number, ())),
            reason=reason,
        )


def _countries_of_disclosures(reader: Reader, since: datetime) -> Mapping[int, list[str]]:
    found = reader.connection.execute(
        "SELECT DISTINCT d.number, coalesce(h.country, 'unknown') FROM disclosure AS d"
        " JOIN disclosed_item AS i ON i.disclosure = d.number AND i.kind = 'report'"
        " JOIN report AS r ON r.report_id = CAST(substr(i.reference, 4) AS INTEGER)"
        " LEFT JOIN hotline AS h ON h.hotline_id = r.hotline WHERE d.at_us >= ? ORDER BY 1, 2",
        (microseconds(since),),
    )
    countries = defaultdict[int, list[str]](list)
    for number, country in found:
        countries[number].append(country)
    return countries


def _operations(reader: Reader, since: datetime) -> Iterator[PastAct]:
    found = reader.connection.execute(
        "SELECT o.kind, CASE o.kind WHEN 'caseHandOver'"
        " THEN json_extract(CAST(o.body AS TEXT), '$.recipient') END, h.country"
        " FROM operation AS o LEFT JOIN report AS r ON r.report_id = o.report_id"
        " LEFT JOIN hotline AS h ON h.hotline_id = r.hotline"
        " WHERE o.made_at >= ? AND o.state <> 'set_aside' ORDER BY o.sequence",
        (microseconds(since),),
    )
    for kind, recipient, country in found:
        function = _BY_OPERATION.get(kind)
        if function is not None:
            countries = () if country is None else (country,)
            yield PastAct(function, kind, recipient=recipient, countries=countries)
