"""Agreements to arrange with: everything granted, unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.domain.agreement import (
    Agreement,
    Clause,
    Function,
    Grant,
    Limit,
    SignedAgreement,
)
from cport_desktop.domain.ids import PortalId
from cport_desktop.domain.nature import Nature
from cport_desktop.formats.agreement_document import sign_agreement
from tests.builders import NOON

EVERYTHING = Clause("1.1", "All of it.", (Grant(tuple(each.value for each in Function)),))


def a_clause(number: str, *functions: str, **terms: Any) -> Clause:
    """A clause that grants these functions, as widely as the terms say."""
    return Clause(number, f"Synthetic clause {number}.", (Grant(tuple(functions), **terms),))


def a_limit(number: str, **terms: Any) -> Clause:
    """A clause that forbids what the terms say."""
    return Clause(number, f"Synthetic clause {number}.", limits=(Limit(**terms),))


def an_agreement(*clauses: Clause, **changes: Any) -> Agreement:
    """Valid from a year before `NOON` to a year behind it; without clauses it grants all."""
    made = Agreement(
        portal=PortalId("portal-1"),
        nature=Nature.DEMO,
        reference="AGR-1",
        revision=1,
        agency="Agency Example",
        hotline="Hotline Example",
        contact="agreements@hotline.example",
        jurisdictions=("NL",),
        issued_at=NOON - timedelta(days=365),
        effective_from=NOON - timedelta(days=365),
        valid_from=NOON - timedelta(days=365),
        valid_until=NOON + timedelta(days=365),
        clauses=clauses or (EVERYTHING,),
    )
    return replace(made, **changes)


def signed(agreement: Agreement, portal: KeyPair | None = None) -> SignedAgreement:
    """`agreement` signed by `portal`, or by a key of its own."""
    key = portal or message_keys.generate_ed25519()
    return sign_agreement(agreement, message_keys.signing_with(key.private))
