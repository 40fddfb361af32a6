"""Bonds from before the agreement was a signed document of its own: their agreement, as it is read
now.

It said of each clause one word of what it allows, and nothing of who can change it. Nobody signed it
by itself: it came within an enrolment answer, by a road with a pinned authority. What was received
could be looked at, so that `media.receive` stands for `media.reveal` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from cport_desktop.domain.agreement import Agreement, Clause, Function, Grant, SignedAgreement
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.retention import RetentionPeriod

_AS_THEY_ARE: Final = (bytes, datetime)
"""MessagePack has these kinds of values itself."""


def enrolment_of_before(kept: bytes) -> Enrolment | None:
    """The bond in `kept`; None if it is not one of before.

    Raises:
        msgspec.DecodeError: it is no bond at all.
    """
    bond: dict[str, Any] = msgspec.msgpack.decode(kept)
    answer = bond.get("answer")
    if not isinstance(answer, dict) or "agreement" not in answer:
        return None
    signed = SignedAgreement(_agreement(answer, bond), document=b"", signature=b"")
    answer["signed_agreement"] = msgspec.to_builtins(signed, builtin_types=_AS_THEY_ARE)
    return msgspec.convert(bond, Enrolment, builtin_types=_AS_THEY_ARE)


def _agreement(answer: Mapping[str, Any], bond: Mapping[str, Any]) -> Agreement:
    old = answer["agreement"]
    enrolled_at = bond["enrolled_at"]
    return Agreement(
        portal=answer["portal"],
        nature=answer["nature"],
        reference=old["reference"],
        revision=1,
        agency=old["agency"],
        hotline=answer["portal_name"],
        contact=answer["portal_name"],
        jurisdictions=(old["jurisdiction"],),
        issued_at=enrolled_at,
        effective_from=enrolled_at,
        valid_from=enrolled_at,
        valid_until=old["valid_until"],
        clauses=tuple(_clause(each) for each in old["clauses"]),
        retention=tuple(RetentionPeriod(**each) for each in old.get("retention", ())),
    )


def _clause(old: Mapping[str, Any]) -> Clause:
    words = [old["allows"]]
    if words == [Function.MEDIA_RECEIVE.value]:
        words.append(Function.MEDIA_REVEAL.value)
    return Clause(old["number"], old["text"], (Grant(tuple(words)),))
