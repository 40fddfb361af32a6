"""The columns of the Vault page's lists."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.domain.analyst_list import AnalystOrder
from cport_desktop.domain.ids import report_reference
from cport_desktop.ui import figures
from cport_desktop.ui.keeping_lines import (
    AnalystLine,
    AnchorLine,
    DueLine,
    ErasureLine,
    FindingLine,
    HealthLine,
    HoldLine,
    KeptLine,
    SlotLine,
)
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import vault_page as say
from cport_desktop.words import window as words

_LONGEST_CELL = 400
_MOMENT = 138


def health_columns() -> tuple[Column[HealthLine], ...]:
    return (
        Column(say.HEALTH_NAME, lambda row: _cell(row.name), width=178),
        Column(
            say.HEALTH_VERDICT,
            lambda row: say.VERDICTS.get(row.verdict, row.verdict),
            width=104,
            tone=lambda row: say.VERDICT_TONES.get(row.verdict),
        ),
        Column(
            say.HEALTH_FOUND,
            lambda row: _cell(row.found),
            share=1.4,
            hover=lambda row: row.found,
        ),
        Column(
            say.HEALTH_ADVICE,
            lambda row: _cell(row.advice) or say.NOTHING_TO_DO,
            tone=lambda row: None if row.advice else "muted",
            hover=lambda row: row.advice,
        ),
    )


def slot_columns() -> tuple[Column[SlotLine], ...]:
    return (
        Column(say.SLOT, lambda row: _cell(row.name), hover=lambda row: row.name),
        Column(
            say.KIND,
            lambda row: say.KINDS[row.kind.value],
            width=118,
            hover=lambda row: row.place or "",
        ),
        Column(say.WHOSE, lambda row: _cell(row.analyst), width=146),
        Column(say.MADE, lambda row: figures.moment(row.made_at), width=_MOMENT, is_spare=True),
        Column(
            say.OPENED,
            lambda row: say.IN_USE if row.is_in_use else _when(row.opened_at),
            width=_MOMENT,
            tone=lambda row: "lightest" if row.is_in_use else None,
        ),
        Column(
            say.TESTED,
            lambda row: _when(row.tested_at),
            width=_MOMENT,
            tone=lambda row: "muted" if row.tested_at is None else None,
        ),
    )


def kept_columns() -> tuple[Column[KeptLine], ...]:
    return (
        Column(
            say.KEPT_AT,
            lambda row: figures.moment(row.at),
            width=138,
            hover=lambda row: figures.universal(row.at),
        ),
        Column(say.KEPT_KIND, lambda row: say.KEPT_KINDS.get(row.kind, row.kind), width=110),
        Column(
            say.KEPT_VERDICT,
            lambda row: say.KEPT_SOUND if row.is_sound else f"✗ {_cell(row.verdict)}",
            width=190,
            tone=lambda row: "lightest" if row.is_sound else "gravest",
        ),
        Column(say.KEPT_SUBJECT, lambda row: _cell(row.subject), hover=lambda row: row.subject),
    )


def finding_columns() -> tuple[Column[FindingLine], ...]:
    return (
        Column(say.WHERE, lambda row: _cell(row.where), width=250, hover=lambda row: row.where),
        Column(say.WHAT, lambda row: _cell(row.what), hover=lambda row: row.what),
    )


def analyst_columns() -> tuple[Column[AnalystLine], ...]:
    return (
        Column(say.NAME, lambda row: _cell(row.name), width=170, sort=AnalystOrder.NAME.value),
        Column(say.ROLE_LIST, _roles, share=1.4, hover=_roles),
        Column(say.THEIR_SLOTS, lambda row: _cell(", ".join(row.slots))),
        Column(
            say.SINCE,
            _standing,
            width=130,
            tone=lambda row: (
                "lightest" if row.is_present else ("muted" if row.retired_at else None)
            ),
        ),
    )


def due_columns() -> tuple[Column[DueLine], ...]:
    return (
        Column(say.DUE_REPORT, lambda row: report_reference(row.report_id), width=110),
        Column(
            say.DUE_STANDING,
            lambda row: say.STANDINGS.get(row.standing, row.standing),
            width=190,
            tone=lambda row: None if row.standing == "due" else "grave",
        ),
        Column(say.DUE_RULE, lambda row: say.SCOPES.get(row.scope, _cell(row.scope))),
        Column(say.DUE_CLAUSE, lambda row: _cell(row.clause), width=120),
        Column(say.DUE_SINCE, lambda row: figures.moment(row.since), width=138),
    )


def hold_columns() -> tuple[Column[HoldLine], ...]:
    return (
        Column(say.HOLD_ITEM, lambda row: _cell(row.reference), width=110),
        Column(say.HOLD_WHY, lambda row: _cell(row.reason), hover=lambda row: row.reason),
        Column(say.HOLD_BY, lambda row: _cell(row.placed_by), width=150),
        Column(say.HOLD_AT, lambda row: figures.moment(row.placed_at), width=138),
        Column(say.HOLD_ID, lambda row: _cell(row.hold_id), width=140, is_mono=True),
    )


def erasure_columns() -> tuple[Column[ErasureLine], ...]:
    return (
        Column(say.ERASURE_AT, lambda row: figures.moment(row.at), width=138),
        Column(say.ERASURE_GROUND, lambda row: _cell(row.ground), hover=lambda row: row.ground),
        Column(say.ERASURE_BY, lambda row: _cell(row.actor), width=140),
        Column(
            say.ERASURE_REPORTS, lambda row: figures.count(row.reports), width=76, is_number=True
        ),
        Column(say.ERASURE_MEDIA, lambda row: figures.count(row.media), width=76, is_number=True),
        Column(
            say.ERASURE_STATE,
            lambda row: say.FINISHED if row.is_finished else say.UNFINISHED,
            width=130,
            tone=lambda row: "lightest" if row.is_finished else "grave",
        ),
        Column(say.ERASURE_ID, lambda row: _cell(row.erasure_id), width=140, is_mono=True),
    )


def anchor_columns() -> tuple[Column[AnchorLine], ...]:
    return (
        Column(say.ANCHOR_KIND, lambda row: say.ANCHOR_KINDS.get(row.kind, row.kind), width=150),
        Column(
            say.ANCHOR_AT,
            lambda row: figures.moment(row.at),
            width=138,
            hover=lambda row: figures.universal(row.at),
        ),
        Column(say.ANCHOR_HOLDER, lambda row: _cell(row.holder), hover=lambda row: row.holder),
        Column(say.ANCHOR_SIZE, lambda row: figures.count(row.size), width=110, is_number=True),
    )


def _roles(row: AnalystLine) -> str:
    return ", ".join(say.ROLES[word] for word in say.ROLES if word in row.roles) or words.DASH


def _standing(row: AnalystLine) -> str:
    if row.is_present:
        return say.PRESENT
    return say.RETIRED if row.retired_at is not None else say.WORKS_HERE


def _when(at: datetime | None) -> str:
    return say.SINCE_NEVER if at is None else figures.moment(at)


def _cell(text: str | None) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else ""
