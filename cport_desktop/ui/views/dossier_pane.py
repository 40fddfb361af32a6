"""All of one dossier, or of a check, as a column to read: facts, criteria, what gives pause, evidence."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.domain.criteria import Judged
from cport_desktop.domain.domain_check import DomainCheck
from cport_desktop.domain.domain_facts import Caution
from cport_desktop.domain.dossier import DossierShown, Evidence, Seal
from cport_desktop.domain.hosts import visible
from cport_desktop.domain.ids import report_reference
from cport_desktop.ui import figures
from cport_desktop.ui.models.worst_columns import readable
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.views.enclosure_dialogs import line_of
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import dossiers as words
from cport_desktop.words import dossiers_page as page_words
from cport_desktop.words import enclosures as enclosure_words
from cport_desktop.words import iwol_page as say
from cport_desktop.words import operations, tongue

MOST_SHOWN = 40
"""References that are written out; how many there are stands above them."""


def fill_dossier(pane: ScrollColumn, whole: DossierShown) -> None:
    """`pane` tells all of a dossier."""
    kept = whole.line.dossier
    decision = whole.line.decision
    pane.add(PlainLabel(readable(kept.domain), role="heading", can_be_copied=True))
    pane.add(
        FactGrid(
            (
                (say.STATE, words.STATES[whole.line.standing.value]),
                (words.FIRST_OFFICER, _sealed(kept.submitted)),
                (words.SECOND_OFFICER, _sealed(kept.confirmed)),
                (words.SECOND_AGENCY, None if kept.second is None else kept.second.agency),
                (
                    words.REVIEW_AT,
                    None if kept.review_at is None else figures.moment_in_prose(kept.review_at),
                ),
                (
                    words.LISTED,
                    None
                    if decision is None
                    else say.outcome(
                        decision.state, decision.decided_by, figures.moment(decision.decided_at)
                    ),
                ),
                (words.PROPORTIONALITY, kept.texts.proportionality),
                (words.PUBLIC, kept.texts.public),
                (words.INTERNAL, kept.texts.internal),
                (enclosure_words.COMPLAINT_CONTACT, kept.texts.contact),
                (page_words.WHY, kept.closing),
                (
                    words.REMOVAL,
                    None
                    if whole.line.removal is None
                    else operations.state_word(whole.line.removal.value),
                ),
            )
        )
    )
    add_criteria(pane, whole.criteria)
    add_cautions(pane, whole.cautions)
    if whole.enclosed:
        pane.add(section(enclosure_words.ENCLOSED), space_before=6)
    for enclosed in whole.enclosed:
        pane.add(PlainLabel(line_of(enclosed), wraps=True, can_be_copied=True))
    pane.add(section(words.EVIDENCE), space_before=6)
    pane.add(PlainLabel(words.evidence_count(len(whole.evidence), whole.gone), role="muted"))
    for one in whole.evidence[:MOST_SHOWN]:
        pane.add(PlainLabel(_evidence(one), wraps=True, can_be_copied=True))


def fill_check(pane: ScrollColumn, found: DomainCheck) -> None:
    """`pane` tells what a check found."""
    known = found.facts
    verdict = words.CAN
    if found.refusal is not None:
        verdict = words.cannot(operations.DOMAIN_RULES[found.refusal.value])
    tone = None if found.refusal is None else "grave"
    pane.add(PlainLabel(visible(readable(found.domain)), role="heading", can_be_copied=True))
    pane.add(PlainLabel(verdict, role="strong", tone=tone, wraps=True))
    pane.add(
        FactGrid(
            (
                (words.REGISTRABLE, readable(found.registrable)),
                (words.SUFFIX, found.suffix),
                (
                    words.REPORTS,
                    words.reports_at_hand(len(known.reports), is_partial=known.is_partial),
                ),
                (
                    words.LAST_SEEN,
                    None if known.last_seen is None else figures.moment_in_prose(known.last_seen),
                ),
                (
                    words.LISTED,
                    words.NOT_TOLD
                    if found.decision is None
                    else say.outcome(
                        found.decision.state,
                        found.decision.decided_by,
                        figures.moment(found.decision.decided_at),
                    ),
                ),
                (
                    words.SUGGESTED,
                    None if found.suggested is None else say.stands(found.suggested.value, None),
                ),
                (
                    words.REMOVAL,
                    None if found.removal is None else operations.state_word(found.removal.value),
                ),
                (
                    words.DOSSIER,
                    None if found.dossier is None else words.STATES[found.dossier.value],
                ),
            )
        )
    )
    for by in found.by_text:
        add_criteria(pane, by.criteria, title=tongue.tr(by.text.title))
    add_cautions(pane, found.cautions)


def add_criteria(
    pane: ScrollColumn, criteria: Sequence[Judged], *, title: str = words.CRITERIA
) -> None:
    pane.add(section(title), space_before=6)
    for one in criteria:
        state = words.CRITERION_STATES[one.state.value]
        told = page_words.criterion(state, tongue.tr(one.text.title), _reason(one))
        if one.note:
            told = f"{told} ({one_line(one.note)})"
        pane.add(PlainLabel(told, wraps=True, can_be_copied=True))


def add_cautions(pane: ScrollColumn, cautions: Sequence[Caution]) -> None:
    if not cautions:
        return
    pane.add(section(words.WARNINGS), space_before=6)
    for one in cautions:
        at = "" if one.moment is None else figures.moment(one.moment)
        told = words.caution(one.pause.value, name=one.name, count=one.count, moment=at)
        pane.add(PlainLabel(f"◆ {told}", wraps=True, can_be_copied=True))


def _reason(one: Judged) -> str:
    at = "" if one.moment is None else figures.moment(one.moment)
    return words.ground(one.ground.value, one.count, moment=at, judge=one.judge)


def _sealed(seal: Seal | None) -> str | None:
    return None if seal is None else f"{one_line(seal.by)}, {figures.moment_in_prose(seal.at)}"


def _evidence(one: Evidence) -> str:
    fact, reference = one.fact, report_reference(one.report_id)
    if fact is None:
        return f"{reference}  {words.NOT_HERE}"
    if fact.is_withdrawn:
        return f"{reference}  {words.TAKEN_BACK}"
    where = visible(fact.where).replace(".", "[.]")
    parts = [
        reference,
        where,
        figures.moment(fact.received_at),
        fact.ip_address or "",
        f"AS{fact.autonomous_system}" if fact.autonomous_system else "",
        fact.country or "",
    ]
    return "  ".join(filter(None, parts))
