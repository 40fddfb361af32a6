"""Hypothesis strategies for what analysts do: every kind of body, and one of a later version."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from cport_desktop.domain.operation import (
    DIGITS,
    ContributeHashes,
    Criterion,
    CriterionState,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HashAlgorithm,
    HashEntry,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    OperationBody,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
    UnknownAct,
)

ids = st.integers(0, 10**18 - 1)
codes = st.integers(0, 2**31 - 1)
texts = st.text(max_size=60)
names = st.text(min_size=1, max_size=40)
moments = st.integers(0, 253_402_214_400).map(lambda at: datetime.fromtimestamp(at, UTC))


@st.composite
def hash_entries(draw: DrawFn) -> HashEntry:
    algorithm = draw(st.sampled_from(HashAlgorithm))
    digits = DIGITS[algorithm]
    return HashEntry(algorithm, draw(st.binary(min_size=digits // 2, max_size=digits // 2)).hex())


@st.composite
def unknown_acts(draw: DrawFn) -> UnknownAct:
    """Of a kind that this version does not know, with members and spacing of its own."""
    kind = draw(st.sampled_from(["merge", "videoConference", "takedownhold"]))
    members = draw(st.dictionaries(st.sampled_from(["a", "b é", "list"]), texts | ids, max_size=3))
    return UnknownAct(kind, json.dumps({"kind": kind, **members}, indent=1).encode())


criteria = st.builds(Criterion, code=names, state=st.sampled_from(CriterionState), note=texts)

known_bodies: SearchStrategy[OperationBody] = st.one_of(
    st.builds(
        GiveAssessment,
        content_id=ids,
        classification=codes,
        age=st.none() | codes,
        gender=st.none() | codes,
    ),
    st.builds(GiveFeedback, text=texts),
    st.builds(HoldTakedown, until=moments, reason=texts),
    st.builds(LiftTakedownHold, reason=texts),
    st.builds(RequestInformation, text=texts),
    st.builds(
        SuggestDomain,
        domain=st.sampled_from(["name.example", "xn--nme-bla.test", "192.0.2.1"]),
        criteria_version=texts,
        criteria=st.lists(criteria, max_size=4).map(tuple),
        note=texts,
    ),
    st.builds(
        SuggestRemoval,
        domain=st.sampled_from(["name.example", "xn--nme-bla.test", "192.0.2.1"]),
        note=texts,
    ),
    st.builds(
        ContributeHashes,
        list_id=names,
        entries=st.lists(hash_entries(), max_size=4).map(tuple),
        note=texts,
    ),
    st.builds(
        HandOverCase,
        case_reference=texts,
        recipient=texts,
        note=texts,
        reports=st.lists(ids, max_size=4).map(tuple),
    ),
    st.builds(
        NotifyFalsePositive,
        list_id=names,
        entry=hash_entries(),
        media=st.none() | ids,
        note=texts,
    ),
)
bodies: SearchStrategy[OperationBody] = known_bodies | unknown_acts()
