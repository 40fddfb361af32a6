"""Facts of errors as they are told: what a thing is called, and how a number is written.

Errors are raised on every floor with short English words among their facts; programs that read
JSON get these as they are, and people the words of this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.raised_facts import RAISED, is_raised, raised
from cport_desktop.words.tongue import amount, tr_in

_REFERENCES: Final[Mapping[str, str]] = {
    "affected copy": tr_in("kind of thing", "affected copy"),
    "analyst": tr_in("kind of thing", "analyst"),
    "audit entry": tr_in("kind of thing", "audit entry"),
    "backup": tr_in("kind of thing", "backup"),
    "case": tr_in("kind of thing", "case"),
    "content": tr_in("kind of thing", "content"),
    "content item": tr_in("kind of thing", "content item"),
    "cursor": tr_in("kind of thing", "cursor"),
    "disclosure": tr_in("kind of thing", "disclosure"),
    "erasure": tr_in("kind of thing", "erasure"),
    "file": tr_in("kind of thing", "file"),
    "hash list": tr_in("kind of thing", "hash list"),
    "entry of a hash list": tr_in("kind of thing", "entry of a hash list"),
    "hold": tr_in("kind of thing", "hold"),
    "dossier": tr_in("kind of thing", "dossier"),
    "enclosure": tr_in("kind of thing", "enclosure"),
    "hotline": tr_in("kind of thing", "hotline"),
    "key slot": tr_in("kind of thing", "key slot"),
    "kept redaction": tr_in("kind of thing", "kept redaction"),
    "link": tr_in("kind of thing", "link"),
    "media": tr_in("kind of thing", "media"),
    "media item": tr_in("kind of thing", "media item"),
    "note": tr_in("kind of thing", "note"),
    "operation": tr_in("kind of thing", "operation"),
    "quarantine": tr_in("kind of thing", "quarantine"),
    "recipient": tr_in("kind of thing", "recipient"),
    "report": tr_in("kind of thing", "report"),
    "revision of the agreement": tr_in("kind of thing", "revision of the agreement"),
    "saved search": tr_in("kind of thing", "saved search"),
    "template of packages": tr_in("kind of thing", "template of packages"),
    "service": tr_in("kind of thing", "service"),
    "signer": tr_in("kind of thing", "signer"),
    "station": tr_in("kind of thing", "station"),
    "task": tr_in("kind of thing", "task"),
    "transfer": tr_in("kind of thing", "transfer"),
    "unit rule": tr_in("kind of thing", "unit rule"),
}
"""The fact `kind` of `UnknownReference`."""

_VALUES: Final[Mapping[str, str]] = {
    "action": tr_in("kind of value", "action"),
    "address of a proxy": tr_in("kind of value", "address of a proxy"),
    "address of a time stamp authority": tr_in(
        "kind of value", "address of a time stamp authority"
    ),
    "analyst here": tr_in("kind of value", "analyst here"),
    "cap in bytes a second": tr_in("kind of value", "cap in bytes a second"),
    "classification": tr_in("kind of value", "classification"),
    "column": tr_in("kind of value", "column"),
    "column to sort by": tr_in("kind of value", "column to sort by"),
    "contact": tr_in("kind of value", "contact"),
    "criterion": tr_in("kind of value", "criterion"),
    "days": tr_in("kind of value", "days"),
    "date": tr_in("kind of value", "date"),
    "digest": tr_in("kind of value", "digest"),
    "digest to share": tr_in("kind of value", "digest to share"),
    "facet": tr_in("kind of value", "facet"),
    "field": tr_in("kind of value", "field"),
    "file with a note": tr_in("kind of value", "file with a note"),
    "folder of a gateway": tr_in("kind of value", "folder of a gateway"),
    "format": tr_in("kind of value", "format"),
    "kind of disclosure": tr_in("kind of value", "kind of disclosure"),
    "level of media": tr_in("kind of value", "level of media"),
    "name of a hash list": tr_in("kind of value", "name of a hash list"),
    "name of one slot": tr_in("kind of value", "name of one slot"),
    "number of bytes": tr_in("kind of value", "number of bytes"),
    "one token": tr_in("kind of value", "one token"),
    "order": tr_in("kind of value", "order"),
    "order of the audit log": tr_in("kind of value", "order of the audit log"),
    "part size": tr_in("kind of value", "part size"),
    "portal address": tr_in("kind of value", "portal address"),
    "recipient": tr_in("kind of value", "recipient"),
    "role": tr_in("kind of value", "role"),
    "settling": tr_in("kind of value", "settling"),
    "size of a file": tr_in("kind of value", "size of a file"),
    "time": tr_in("kind of value", "time"),
    "week": tr_in("kind of value", "week"),
}
"""The fact `what` of `ValueUnknown`."""

_SECRETS: Final[Mapping[str, str]] = {
    "PIN": tr_in("kind of secret", "PIN"),
    "key file": tr_in("kind of secret", "key file"),
    "key file (--new-key-file)": tr_in("kind of secret", "key file (--new-key-file)"),
    "passphrase": tr_in("kind of secret", "passphrase"),
}
"""The fact `what` of `SecretMissing` and `SecretUnfit`."""

_SIGNATURES: Final[Mapping[str, str]] = {
    "agreement": tr_in("what is signed", "agreement"),
    "altered": tr_in("why a signature does not hold", "altered"),
    "authority": tr_in("why a signature does not hold", "authority"),
    "checkpoint": tr_in("what is signed", "checkpoint"),
    "co-signature": tr_in("what is signed", "co-signature"),
    "expired": tr_in("why a signature does not hold", "expired"),
    "forged": tr_in("why a signature does not hold", "forged"),
    "malformed": tr_in("why a signature does not hold", "malformed"),
    "portal message": tr_in("what is signed", "portal message"),
    "register of erasures": tr_in("what is signed", "register of erasures"),
    "request": tr_in("what is signed", "request"),
    "request sent twice": tr_in("what is signed", "request sent twice"),
}
"""The fact `what` of `SignatureInvalid`."""

_MIXED_UP: Final[Mapping[str, str]] = {
    "authority": tr_in("what does not fit in a message", "authority"),
    "certificate": tr_in("what does not fit in a message", "certificate"),
    "cursor": tr_in("what does not fit in a message", "cursor"),
    "media": tr_in("what does not fit in a message", "media"),
    "nature": tr_in("what does not fit in a message", "nature"),
    "portal": tr_in("what does not fit in a message", "portal"),
    "station": tr_in("what does not fit in a message", "station"),
}
"""The fact `what` of `Mixup`."""

_WORDS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "usage.unknown_reference": {"kind": _REFERENCES},
    "usage.value": {"what": _VALUES},
    "usage.secret_missing": {"what": _SECRETS},
    "usage.secret": {"what": _SECRETS},
    "untrusted.signature": {"what": _SIGNATURES},
    "untrusted.mixup": {"what": _MIXED_UP},
}
"""By the code of an error and the name of a fact; those of `raised_facts` come beside them."""

_AMOUNTS: Final = frozenset(
    {"count", "free", "got", "held", "least", "length", "limit", "seconds", "size", "wanted"}
)
"""Facts that count something; other numbers are versions, positions, references."""


def told(code: str, name: str, fact: object) -> object:
    """How the fact `name` of an error with `code` stands in its sentence; no fact is an en dash."""
    if fact is None:
        return "–"
    if name in _AMOUNTS and isinstance(fact, int):
        return amount(fact)
    if not isinstance(fact, str):
        return fact
    named = _WORDS.get(code, {}).get(name, {}).get(fact)
    return named or raised(RAISED.get(code, {}).get(name, {}), fact)


def has_words(code: str, name: str, fact: str) -> bool:
    """Whether `fact`, a text in English, is told in the language that is spoken."""
    return fact in _WORDS.get(code, {}).get(name, {}) or is_raised(code, name, fact)
