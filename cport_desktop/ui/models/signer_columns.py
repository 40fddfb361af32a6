"""The columns of kept signers and recipients of packages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cport_desktop.domain.kept_signer import KeptRecipient
from cport_desktop.ui import figures
from cport_desktop.ui.certificate_standing import needs_care, standing
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.words import signing_page as say


def signer_columns(now: Callable[[], datetime]) -> tuple[Column[SignerShown], ...]:
    return (
        Column(say.NAME, lambda row: one_line(row.name), hover=lambda row: row.name),
        Column(say.CERTIFICATE, lambda row: one_line(row.subject), hover=lambda row: row.subject),
        Column(say.ISSUER, lambda row: one_line(row.issuer), hover=lambda row: row.issuer),
        Column(
            say.VALID,
            lambda row: figures.day(row.valid_until),
            width=110,
            hover=lambda row: figures.universal(row.valid_until),
        ),
        Column(
            say.STANDING,
            lambda row: standing(row, now()),
            width=150,
            tone=lambda row: "grave" if needs_care(row, now()) else "muted",
        ),
        Column(say.KEY, _key, hover=_key, width=150),
        Column(say.KEPT_BY, lambda row: one_line(row.added_by), width=130, is_spare=True),
        Column(say.KEPT_AT, lambda row: figures.day(row.added_at), width=110, is_spare=True),
    )


def recipient_columns() -> tuple[Column[KeptRecipient], ...]:
    return (
        Column(say.NAME, lambda row: one_line(row.name), hover=lambda row: row.name),
        Column(say.KEY, lambda row: one_line(row.public), hover=lambda row: row.public),
        Column(say.KEPT_BY, lambda row: one_line(row.added_by), width=150, is_spare=True),
        Column(say.KEPT_AT, lambda row: figures.day(row.added_at), width=110),
    )


def _key(row: SignerShown) -> str:
    return say.IN_VAULT if row.token is None else say.on_token(one_line(row.token))
