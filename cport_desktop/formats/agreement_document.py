"""An agreement as a document that the portal signs, and that can be checked by itself.

    {"schema":1,"kind":"agreement","portal":…,"nature":"demo","reference":…,"revision":2,
     "agency":…,"hotline":…,"contact":…,"jurisdictions":["NL"],"issuedAt":…,"effectiveFrom":…,
     "validFrom":…,"validUntil":…,
     "clauses":[{"number":"4.1","text":…,
       "grants":[{"functions":["package.compose"],"recipients":["class:court"],
                  "levels":["none","original"],"conditions":["reason"]}],
       "limits":[{"functions":["table.export"],"fields":["sourceUrlPassword"]}]}],
     "recipients":[{"name":…,"classes":["court"],"keys":["age1…"]}],
     "retention":[{"scope":"withdrawn","days":90,"clause":"6.2"}]}

The signature (Ed25519, the portal's key) covers the line `cport-agreement-v1` with its line feed and
the document's bytes. In a message it travels as {"document":…,"signature":"<base64>"}, in a file as
three parts: that line, the signature in base64 on a line, the document.

Members that this version does not know stay in the bytes. What they mean nobody here can tell, so
that a grant with one, or in a clause with one, grants nothing; members of the document itself never
restrict (`docs/formats/agreement.md`).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import asdict

from cport_desktop.crypto import message_keys
from cport_desktop.domain.agreement import (
    Agreement,
    Clause,
    Grant,
    Limit,
    Party,
    SignedAgreement,
)
from cport_desktop.domain.ids import PortalId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.retention import RetentionPeriod
from cport_desktop.errors import MalformedMessage, MessageTooLarge, SignatureInvalid
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc

SIGNED_AS: Final = b"cport-agreement-v1\n"
"""What makes the signature one over an agreement and over nothing else."""

LONGEST_AGREEMENT: Final = 256 * 1024
"""Bytes; an agreement of many clauses has some ten KiB."""

SIGNATURE_SIZE: Final = 64
"""Bytes of an Ed25519 signature."""

MOST_WORDS: Final = 200
"""Words of one list of a clause: countries of the world are the longest."""
MOST_TERMS: Final = 32
"""Grants, or limits, of one clause."""
MOST_PARTIES: Final = 500

Words = Annotated[tuple[bounds.NonEmpty, ...], Meta(max_length=MOST_WORDS)]
Signature = Annotated[bytes, Meta(min_length=SIGNATURE_SIZE, max_length=SIGNATURE_SIZE)]


class WireGrant(msgspec.Struct, rename="camel", omit_defaults=True):
    functions: Words
    fields: Words | None = None
    kinds: Words | None = None
    levels: Words | None = None
    recipients: Words | None = None
    originators: Words | None = None
    conditions: Words = ()


class WireLimit(msgspec.Struct, rename="camel", omit_defaults=True):
    functions: Words | None = None
    fields: Words | None = None
    kinds: Words | None = None
    levels: Words | None = None
    recipients: Words | None = None
    originators: Words | None = None


class WireClause(msgspec.Struct, rename="camel", omit_defaults=True):
    number: bounds.NonEmpty
    text: bounds.Reason
    grants: Annotated[tuple[WireGrant, ...], Meta(max_length=MOST_TERMS)] = ()
    limits: Annotated[tuple[WireLimit, ...], Meta(max_length=MOST_TERMS)] = ()


class WireParty(msgspec.Struct, rename="camel", omit_defaults=True):
    name: bounds.NonEmpty
    classes: Words = ()
    keys: Words = ()


class WirePeriod(msgspec.Struct, rename="camel"):
    scope: bounds.NonEmpty
    days: Annotated[int, Meta(ge=1, le=bounds.LONGEST_PERIOD)]
    clause: bounds.Reference


class WireAgreement(msgspec.Struct, rename="camel", omit_defaults=True):
    schema: Literal[1]
    kind: Literal["agreement"]
    portal: bounds.Label
    nature: Nature
    reference: bounds.NonEmpty
    revision: Annotated[int, Meta(ge=1, le=bounds.LARGEST_ID)]
    agency: bounds.Name
    hotline: bounds.Name
    contact: bounds.Name
    jurisdictions: Annotated[tuple[bounds.Country, ...], Meta(min_length=1, max_length=MOST_WORDS)]
    issued_at: bounds.Moment
    effective_from: bounds.Moment
    valid_from: bounds.Moment
    valid_until: bounds.Moment
    clauses: Annotated[tuple[WireClause, ...], Meta(max_length=bounds.MOST_CLAUSES)]
    recipients: Annotated[tuple[WireParty, ...], Meta(max_length=MOST_PARTIES)] = ()
    retention: Annotated[tuple[WirePeriod, ...], Meta(max_length=bounds.MOST_PERIODS)] = ()


class WireSigned(msgspec.Struct, rename="camel"):
    document: msgspec.Raw
    signature: Signature


_AGREEMENT = msgspec.json.Decoder(WireAgreement)
_SIGNED = msgspec.json.Decoder(WireSigned)
_TREE = msgspec.json.Decoder(dict[str, object])

_OF_AGREEMENT: Final = frozenset(WireAgreement.__struct_encode_fields__)
_OF_CLAUSE: Final = frozenset(WireClause.__struct_encode_fields__)
_OF_GRANT: Final = frozenset(WireGrant.__struct_encode_fields__)
_OF_LIMIT: Final = frozenset(WireLimit.__struct_encode_fields__)


def sign_agreement(agreement: Agreement, sign: Callable[[bytes], bytes]) -> SignedAgreement:
    """`agreement` as the portal signs it; `sign` is an Ed25519 key behind a function."""
    document = print_agreement(agreement)
    return SignedAgreement(agreement, document, sign(SIGNED_AS + document))


def require_signed_by(signed: SignedAgreement, key: bytes) -> None:
    """Nothing, if whoever holds the private half of `key` (raw, 32 bytes) has signed it.

    Raises:
        SignatureInvalid: if not.
    """
    if not message_keys.verify(key, SIGNED_AS + signed.document, signed.signature):
        raise SignatureInvalid(what="agreement")


def print_agreement(agreement: Agreement) -> bytes:
    """The document of an agreement, which says nothing that this version does not know."""
    return msgspec.json.encode(_wire(agreement))


def parse_agreement(untrusted: bytes, where: str = "$") -> Agreement:
    """The agreement that a document says, signed or not.

    Raises:
        MalformedMessage, MessageTooLarge: if it is none.
    """
    require_sound(untrusted, limit=LONGEST_AGREEMENT)
    return _agreement(untrusted, where)


def agreement_from_sound(sound: bytes) -> Agreement:
    """As `parse_agreement`, of bytes that went through `require_sound` before they were kept."""
    return _agreement(sound, "$")


def print_signed_agreement(signed: SignedAgreement) -> bytes:
    """As it travels within a message."""
    return msgspec.json.encode(WireSigned(msgspec.Raw(signed.document), signed.signature))


def signed_agreement_from_sound(sound: bytes | msgspec.Raw, where: str) -> SignedAgreement:
    """The agreement within a message that went through `require_sound`. Who signed it is not
    looked at: see `require_signed_by`.

    Raises:
        MalformedMessage, MessageTooLarge: if it is none.
    """
    wire = decode(_SIGNED, sound, where)
    document = bytes(wire.document)
    if len(document) > LONGEST_AGREEMENT:
        raise MessageTooLarge(limit=LONGEST_AGREEMENT)
    return SignedAgreement(_agreement(document, f"{where}.document"), document, wire.signature)


def print_agreement_file(signed: SignedAgreement) -> bytes:
    """The file that a court gets: checkable with nothing but the portal's key."""
    return SIGNED_AS + base64.b64encode(signed.signature) + b"\n" + signed.document


def parse_agreement_file(untrusted: bytes) -> SignedAgreement:
    """The inverse; a bare document is taken as one that nobody signed (empty signature).

    Raises:
        MalformedMessage, MessageTooLarge: if it is neither.
    """
    if not untrusted.startswith(SIGNED_AS):
        return SignedAgreement(parse_agreement(untrusted), untrusted, b"")
    signature, _, document = untrusted[len(SIGNED_AS) :].partition(b"\n")
    try:
        raw = base64.b64decode(signature, validate=True)
    except binascii.Error as error:
        raise MalformedMessage(where="line 2", cause="not a signature") from error
    return SignedAgreement(parse_agreement(document), document, raw)


def _agreement(document: bytes, where: str) -> Agreement:
    wire = decode(_AGREEMENT, document, where)
    tree = decode(_TREE, document, where)
    stated = tree.get("clauses")
    trees = stated if isinstance(stated, list) else []
    return Agreement(
        portal=PortalId(wire.portal),
        nature=wire.nature,
        reference=wire.reference,
        revision=wire.revision,
        agency=wire.agency,
        hotline=wire.hotline,
        contact=wire.contact,
        jurisdictions=wire.jurisdictions,
        issued_at=utc(wire.issued_at, f"{where}.issuedAt"),
        effective_from=utc(wire.effective_from, f"{where}.effectiveFrom"),
        valid_from=utc(wire.valid_from, f"{where}.validFrom"),
        valid_until=utc(wire.valid_until, f"{where}.validUntil"),
        clauses=tuple(
            _clause(clause, each) for clause, each in zip(wire.clauses, trees, strict=True)
        ),
        retention=tuple(
            RetentionPeriod(period.scope, period.days, period.clause) for period in wire.retention
        ),
        recipients=tuple(Party(each.name, each.classes, each.keys) for each in wire.recipients),
        unknown=tuple(sorted(tree.keys() - _OF_AGREEMENT)),
    )


def _clause(wire: WireClause, tree: Mapping[str, object]) -> Clause:
    is_known = tree.keys() <= _OF_CLAUSE
    stated = tree.get("grants")
    trees = stated if isinstance(stated, list) else []
    return Clause(
        number=wire.number,
        text=wire.text,
        grants=tuple(
            Grant(**asdict(grant), is_understood=is_known and each.keys() <= _OF_GRANT)
            for grant, each in zip(wire.grants, trees, strict=True)
        ),
        limits=tuple(Limit(**asdict(limit)) for limit in wire.limits),
    )


def _wire(agreement: Agreement) -> WireAgreement:
    return WireAgreement(
        schema=1,
        kind="agreement",
        portal=agreement.portal,
        nature=agreement.nature,
        reference=agreement.reference,
        revision=agreement.revision,
        agency=agreement.agency,
        hotline=agreement.hotline,
        contact=agreement.contact,
        jurisdictions=agreement.jurisdictions,
        issued_at=agreement.issued_at,
        effective_from=agreement.effective_from,
        valid_from=agreement.valid_from,
        valid_until=agreement.valid_until,
        clauses=tuple(_wire_clause(clause) for clause in agreement.clauses),
        recipients=tuple(WireParty(p.name, p.classes, p.keys) for p in agreement.recipients),
        retention=tuple(WirePeriod(p.scope, p.days, p.clause) for p in agreement.retention),
    )


def _wire_clause(clause: Clause) -> WireClause:
    return WireClause(
        number=clause.number,
        text=clause.text,
        grants=tuple(WireGrant(**_stated(grant, _OF_GRANT)) for grant in clause.grants),
        limits=tuple(WireLimit(**_stated(limit, _OF_LIMIT)) for limit in clause.limits),
    )


def _stated(term: Grant | Limit, members: frozenset[str]) -> dict[str, Any]:
    """What a term says, member by member: the wire has the same names."""
    return {name: getattr(term, name) for name in members}
