"""A number for what is about to leave, so that register, log and file can name it."""

from __future__ import annotations

import secrets

from cport_desktop.domain.disclosure import DisclosureId


def new_disclosure_id() -> DisclosureId:
    """A number that no disclosure has."""
    return DisclosureId(f"D-{secrets.token_hex(6)}")
