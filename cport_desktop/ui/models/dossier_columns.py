"""The columns of dossiers of domains, and of their comparison with the list."""

from __future__ import annotations

from cport_desktop.domain.domain_check import Compared
from cport_desktop.domain.dossier import DossierLine
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.models.worst_columns import readable, version_named
from cport_desktop.ui.plain_text import domain_copied, one_line
from cport_desktop.words import dossiers as words
from cport_desktop.words import dossiers_page as page_words
from cport_desktop.words import iwol_page as say
from cport_desktop.words import window

_MOMENT = 138


def dossier_columns() -> tuple[Column[DossierLine], ...]:
    return (
        Column(
            say.DOMAIN,
            lambda row: one_line(readable(row.dossier.domain)),
            hover=lambda row: row.dossier.domain,
            is_mono=True,
            name="domain",
            copied=lambda row, is_exact: domain_copied(row.dossier.domain, is_exact=is_exact),
        ),
        Column(say.STATE, _stands, width=210, hover=_stands, name="state"),
        Column(
            words.EVIDENCE,
            lambda row: figures.count(row.evidence),
            width=84,
            is_number=True,
            name="evidence",
        ),
        Column(
            words.FIRST_OFFICER,
            lambda row: one_line(row.dossier.submitted.by if row.dossier.submitted else ""),
            width=126,
            name="first",
        ),
        Column(
            words.SECOND_OFFICER,
            lambda row: one_line(row.dossier.confirmed.by if row.dossier.confirmed else ""),
            width=126,
            name="second",
        ),
        Column(
            words.REVIEW_AT,
            lambda row: (
                window.DASH
                if row.dossier.review_at is None
                else figures.moment(row.dossier.review_at)
            ),
            width=_MOMENT,
            hover=lambda row: (
                "" if row.dossier.review_at is None else figures.universal(row.dossier.review_at)
            ),
            name="review",
        ),
        Column(
            say.CRITERIA_TEXT,
            lambda row: one_line(version_named(row.dossier.criteria_version)),
            width=150,
            is_spare=True,
            name="criteria",
        ),
    )


def compared_columns() -> tuple[Column[Compared], ...]:
    return (
        Column(
            say.DOMAIN,
            lambda row: one_line(readable(row.domain)),
            hover=lambda row: row.domain,
            is_mono=True,
            name="domain",
            copied=lambda row, is_exact: domain_copied(row.domain, is_exact=is_exact),
        ),
        Column(
            page_words.MATCH,
            lambda row: words.MATCHES[row.match.value],
            width=260,
            name="match",
        ),
        Column(
            say.REPORTS,
            lambda row: figures.count(0 if row.tally is None else row.tally.reports),
            width=84,
            is_number=True,
            name="reports",
        ),
        Column(
            say.SEEN,
            lambda row: window.DASH if row.tally is None else figures.moment(row.tally.seen),
            width=_MOMENT,
            hover=lambda row: "" if row.tally is None else figures.universal(row.tally.seen),
            name="seen",
        ),
        Column(
            say.DECIDED,
            lambda row: (
                window.DASH if row.decision is None else figures.moment(row.decision.decided_at)
            ),
            width=_MOMENT,
            name="decided",
        ),
    )


def _stands(row: DossierLine) -> str:
    return words.STATES[row.standing.value]
