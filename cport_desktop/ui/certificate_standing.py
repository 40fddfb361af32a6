"""How long a certificate that signs can still be used, as the window tells it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.words import signing_page as say

WARNS_BEFORE: Final = timedelta(days=30)
"""Authorities take weeks to issue another."""


def is_usable(shown: SignerShown, now: datetime) -> bool:
    """Something can be signed with it now."""
    return shown.valid_from <= now <= shown.valid_until


def days_left(shown: SignerShown, now: datetime) -> int | None:
    """Whole days until it ends, if that is soon; None where it is not, or it cannot be used."""
    left = shown.valid_until - now
    return left.days if is_usable(shown, now) and left < WARNS_BEFORE else None


def standing(shown: SignerShown, now: datetime) -> str:
    """For a column."""
    if now > shown.valid_until:
        return say.EXPIRED
    if now < shown.valid_from:
        return say.NOT_YET
    days = days_left(shown, now)
    return say.IN_FORCE if days is None else say.ends_in(days)


def needs_care(shown: SignerShown, now: datetime) -> bool:
    """It cannot be used, or not for long."""
    return not is_usable(shown, now) or days_left(shown, now) is not None


def told(shown: SignerShown, now: datetime) -> str:
    """A sentence for where it is chosen."""
    said = say.certificate_told(
        one_line(shown.subject), one_line(shown.issuer), figures.day(shown.valid_until)
    )
    if not is_usable(shown, now):
        return say.certificate_unfit(said)
    days = days_left(shown, now)
    return said if days is None else say.certificate_ends(said, days)
