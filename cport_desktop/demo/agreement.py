"""The demo agreement: what the synthetic national hotline allows an agency.

It grants every function that this product has, so that each can be tried, and it limits some, so
that each kind of refusal can be seen.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.agreement import (
    Agreement,
    Clause,
    Condition,
    Function,
    Grant,
    Limit,
    Party,
)
from cport_desktop.domain.ids import PortalId
from cport_desktop.domain.in_hand import SharedAs
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.retention import RetentionPeriod, Scope

_VALID: Final = timedelta(days=730)
_BEFORE: Final = timedelta(days=1)
"""It is valid from the day before: two clocks need not agree to the second."""

HOTLINE: Final = "Synthetic National Hotline"
CONTACT: Final = "the agreements desk of the Synthetic National Hotline, agreements@hotline.example"

RECIPIENTS: Final = (
    Party("Example Prosecution Service", ("prosecution",)),
    Party("Example Regional Court", ("court",)),
    Party("Partner Agency Example", ("agency",)),
    Party("Synthetic National Hotline", ("hotline",)),
    Party("Example Access Provider", ("provider",)),
    Party("Example Press Office", ("press",)),
)
"""Whom the agreement names; anybody else is of the class `unlisted`."""


def _grants(
    *functions: Function,
    recipients: tuple[str, ...] | None = None,
    conditions: tuple[str, ...] = (),
    levels: tuple[str, ...] | None = None,
) -> tuple[Grant, ...]:
    words = tuple(function.value for function in functions)
    return (Grant(words, recipients=recipients, conditions=conditions, levels=levels),)


_CLAUSES: Final = (
    Clause(
        "2.1",
        "The agency receives the reports of its jurisdiction.",
        _grants(Function.REPORTS_READ),
    ),
    Clause(
        "2.2",
        "The agency receives the media captured with these reports and may look at them.",
        _grants(Function.MEDIA_RECEIVE, Function.MEDIA_REVEAL),
    ),
    Clause(
        "3.1",
        "The agency may assess content assigned to its country.",
        _grants(Function.ASSESSMENT_GIVE),
    ),
    Clause(
        "3.2",
        "The agency may answer the hotline that made a report, ask it for more, ask it to wait"
        " with a takedown, and tell it of a false positive.",
        _grants(
            Function.FEEDBACK_GIVE,
            Function.INFORMATION_REQUEST,
            Function.TAKEDOWN_HOLD,
            Function.FALSE_POSITIVE_NOTIFY,
        ),
    ),
    Clause(
        "3.3",
        "The agency may suggest domains for the list of the worst, contribute to hash lists and"
        " hand cases over to agencies abroad.",
        _grants(Function.IWOL_SUGGEST, Function.HASHLIST_CONTRIBUTE, Function.CASE_HAND_OVER),
    ),
    Clause(
        "3.4",
        "Stations of the agency tell each other which reports are in hand, by pseudonyms.",
        _grants(Function.WORK_SHARE, levels=(SharedAs.PSEUDONYM.value,)),
    ),
    Clause(
        "3.5",
        "Notices to the providers that host something may be drafted.",
        _grants(Function.PROVIDER_NOTIFY),
    ),
    Clause(
        "4.1",
        "The agency may compose intelligence packages and seal them.",
        _grants(Function.PACKAGE_COMPOSE),
    ),
    Clause(
        "4.2",
        "The agency may export tables of reports without media.",
        _grants(Function.TABLE_EXPORT),
    ),
    Clause(
        "4.3",
        "Hash lists may be taken out for agencies, courts and access providers, with a reason.",
        _grants(
            Function.HASHLIST_EXPORT,
            recipients=("class:agency", "class:court", "class:prosecution", "class:provider"),
            conditions=(Condition.REASON.value,),
        ),
    ),
    Clause(
        "4.4",
        "Nothing goes to the press, and to access providers nothing but hash lists.",
        limits=(
            Limit(recipients=("class:press",)),
            Limit(
                functions=(Function.PACKAGE_COMPOSE.value, Function.TABLE_EXPORT.value),
                recipients=("class:provider",),
            ),
        ),
    ),
    Clause(
        "4.5",
        "Access data that a hotline noted stay out of tables.",
        limits=(
            Limit(
                functions=(Function.TABLE_EXPORT.value,),
                fields=("sourceUrlUsername", "sourceUrlPassword"),
            ),
        ),
    ),
    Clause("5.1", "But for hash lists, no act demands a reason in this demonstration."),
    Clause("6.1", "A report is erased five years after the hotline received it."),
    Clause("6.2", "A report that was withdrawn is erased 90 days later."),
    Clause("6.3", "A report found not illegal is erased 180 days later."),
)

_RETENTION: Final = (
    RetentionPeriod(Scope.RECEIVED.value, 1_826, "6.1"),
    RetentionPeriod(Scope.WITHDRAWN.value, 90, "6.2"),
    RetentionPeriod(Scope.NOT_ILLEGAL.value, 180, "6.3"),
)


def demo_agreement(
    *, portal: PortalId, nature: Nature, jurisdiction: str, agency: str, now: datetime
) -> Agreement:
    """The first agreement with `agency`, valid for two years from `now`."""
    made = now.replace(microsecond=0)
    return Agreement(
        portal=portal,
        nature=nature,
        reference=f"SYNTHETIC-{jurisdiction}-{now.year}-1",
        revision=1,
        agency=agency,
        hotline=HOTLINE,
        contact=CONTACT,
        jurisdictions=(jurisdiction,),
        issued_at=made,
        effective_from=made - _BEFORE,
        valid_from=made - _BEFORE,
        valid_until=made + _VALID,
        clauses=_CLAUSES,
        retention=_RETENTION,
        recipients=RECIPIENTS,
    )


def amended(
    agreement: Agreement, clauses: tuple[Clause, ...], *, now: datetime, effective_from: datetime
) -> Agreement:
    """The next revision of `agreement`, with other clauses."""
    return replace(
        agreement,
        revision=agreement.revision + 1,
        issued_at=now.replace(microsecond=0),
        effective_from=effective_from,
        clauses=clauses,
    )
