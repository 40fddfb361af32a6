"""The columns of media files on their way, and of links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.link import Link
from cport_desktop.domain.transfer import Transfer, TransferState
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import exchange_page, labels
from cport_desktop.words import transfers_page as say


def transfer_columns(now: Callable[[], datetime]) -> tuple[Column[Transfer], ...]:
    def why(row: Transfer) -> str:
        return transfer_why(row, now())

    return (
        Column(say.ITEM, lambda row: media_reference(row.media_id), width=110),
        Column(
            say.STATE,
            lambda row: say.state(row.state.value),
            width=124,
            tone=lambda row: say.TONES.get(row.state.value),
        ),
        Column(say.HERE, _here, width=64, is_number=True),
        Column(say.SIZE, lambda row: figures.size(row.size), width=84, is_number=True),
        Column(say.ORDER, lambda row: say.FIRST if row.is_asked_for else "", width=90),
        Column(say.WHY, why, hover=why, tone=lambda _row: "muted"),
    )


def transfer_why(row: Transfer, now: datetime) -> str:
    """Why a file does not come just now, and when it is tried next; empty if it comes."""
    if row.state is TransferState.REFUSED:
        return labels.refusal(row.last_error or "")
    if row.state is TransferState.FAILED and row.last_error is not None:
        left = 0.0 if row.not_before is None else (row.not_before - now).total_seconds()
        short = exchange_page.short_of(row.last_error)
        return say.failed(row.tries, short, say.again_in(left))
    if row.not_granted is not None:
        return say.not_granted(row.not_granted.cause)
    return say.WHYS.get(row.state.value, "")


def link_columns(name_in_use: Callable[[], str]) -> tuple[Column[Link], ...]:
    def is_used(row: Link) -> bool:
        return row.name == name_in_use()

    return (
        Column(say.NAME, lambda row: one_line(row.name)),
        Column(
            say.IN_USE,
            lambda row: say.USED if is_used(row) else "",
            width=90,
            tone=lambda row: "lightest" if is_used(row) else None,
        ),
        Column(say.MEDIA, lambda row: say.POLICIES[row.media.value], width=180),
        Column(say.CAP, _cap, width=104, is_number=True),
        Column(say.LARGEST, _largest, width=104, is_number=True),
        Column(say.PROXY, lambda row: "" if row.proxy is None else _host(row.proxy)),
    )


def _here(row: Transfer) -> str:
    return f"{row.bytes_here * 100 // row.size} %" if row.size else ""


def _cap(row: Link) -> str:
    if row.bytes_per_second is None:
        return say.NO_LIMIT
    return say.per_second(figures.size(row.bytes_per_second))


def _largest(row: Link) -> str:
    return say.NO_LIMIT if row.largest_file is None else figures.size(row.largest_file)


def _host(proxy: str) -> str:
    """A proxy without the name and password that may stand before its host."""
    return one_line(proxy.rpartition("@")[2] or proxy)
