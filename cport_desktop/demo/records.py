"""What the portal tells of beside reports when its year begins: hash lists, decisions about domains,
a newer version of the code lists; with a correction and withdrawals among them. When the gateway is
started again, some of it has changed once more.

Digests are those of the scenario's own generated pictures, with how they look, and of random bytes;
one list is of pictures that need no look. Domains are reserved ones. What it tells follows from the scenario, so every gateway of a scenario tells the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from cport_desktop.demo.dice import Dice
from cport_desktop.demo.media_files import FileFacts, PictureSign
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.batch import ChangeKind, RecordChange, RecordValue, Subject
from cport_desktop.domain.portal_records import (
    HashList,
    HashListEntry,
    IwolDecision,
    entry_reference,
)
from cport_desktop.domain.taxonomy import Code, Taxonomy
from cport_desktop.formats.hash_list_record import print_hash_list, print_hash_list_entry
from cport_desktop.formats.record_message import print_iwol_decision
from cport_desktop.formats.taxonomies import print_taxonomy

PICTURED: Final = 8
"""Entries of the first list, each with the digest of a picture of the scenario."""

_RANDOM: Final = 4
"""Entries of the second list, which match nothing."""

_LOOKED_AT: Final = 500
"""Reports among which pictures are looked for: a scenario may have a million without any."""

FIRST_LIST: Final = "synthetic-pictures"
_SECOND: Final = "synthetic-noise"
_HARMLESS: Final = "synthetic-harmless"
_NEEDING_NO_LOOK: Final = 3
"""Entries of the third list: pictures that are known to be harmless."""
_CHANGED_LATER: Final = (2, 3)
"""Entries of the first list: one that is withdrawn when the gateway starts again, one that turns out
to be of another picture."""
_SCHEME: Final = "iccam"
_NEW_CODE: Final = Code(97, "synthetic-new", "Synthetic site type (new)")
_CRITERIA: Final = "synthetic-2"
_DECISIONS: Final = (
    ("listed-1.example", "listed", "two agencies agreed (synthetic)"),
    ("listed-2.test", "listed", None),
    ("rejected-1.example", "rejected", "not online any more (synthetic)"),
)


def pictured_files(scenario: Scenario) -> tuple[int, ...]:
    """The files whose digests lists have, the first list first: of the newest reports with any."""
    found: dict[int, None] = {}
    for number in range(scenario.reports - 1, max(-1, scenario.reports - _LOOKED_AT), -1):
        found.update(dict.fromkeys(scenario.files_of(number)))
        if len(found) >= PICTURED + _NEEDING_NO_LOOK:
            break
    return tuple(found)[: PICTURED + _NEEDING_NO_LOOK]


def first_records(
    scenario: Scenario,
    facts: Mapping[int, FileFacts],
    taxonomy: Taxonomy,
    signs: Mapping[int, PictureSign] = MappingProxyType({}),
) -> tuple[RecordChange, ...]:
    """All of it, in the order in which it happened. `facts` of `pictured_files`, `signs` of those of
    them that are still pictures; `taxonomy` is the version that stations have already.
    """
    since = scenario.until - timedelta(days=30)
    return (
        *_lists(scenario, facts, signs, since),
        *_decisions(since),
        _taxonomy(taxonomy, since),
    )


def later_records(told: Sequence[RecordChange], at: datetime) -> tuple[RecordChange, ...]:
    """What became of the first list since: one entry is withdrawn, another corrected to the digests of
    nothing that was reported. Nothing once that was told. `told`: its entries as they stand.
    """
    standing = {record.reference: record for record in told}
    withdrawn, mended = (
        standing.get(entry_reference(FIRST_LIST, str(number))) for number in _CHANGED_LATER
    )
    if withdrawn is None or mended is None or withdrawn.revision > 1:
        return ()
    entry = mended.value
    if not isinstance(entry, HashListEntry):
        return ()
    other = hashlib.sha256(f"{mended.reference} (synthetic)".encode()).hexdigest()
    return (
        replace(
            withdrawn,
            kind=ChangeKind.WITHDRAWN,
            revision=2,
            made_at=at,
            reason="another picture than was thought (synthetic)",
            document=b"",
            value=None,
        ),
        replace(
            _told_entry(replace(entry, digests=(("sha256", other),), quality=None), at),
            kind=ChangeKind.CORRECTED,
            revision=2,
            reason="the digest was mistaken (synthetic)",
        ),
    )


def _lists(
    scenario: Scenario,
    facts: Mapping[int, FileFacts],
    signs: Mapping[int, PictureSign],
    since: datetime,
) -> Iterator[RecordChange]:
    files = [(facts[file].sha256, signs.get(file)) for file in pictured_files(scenario)]
    dice = Dice(scenario.seed, "noise")
    random = [hashlib.sha256(str(dice.bits()).encode()).hexdigest() for _ in range(_RANDOM)]
    first = HashList(
        list_id=FIRST_LIST,
        name="Synthetic list of generated pictures",
        version="3",
        source="Example Body A",
        handling="for training only (synthetic)",
        created_at=since,
        algorithms=("sha256", "pdq"),
        count=len(files[:PICTURED]),
    )
    second = replace(
        first,
        list_id=_SECOND,
        name="Synthetic list of noise",
        version="1",
        source="Example Body B",
        algorithms=("sha256",),
        count=_RANDOM,
    )
    third = replace(
        first,
        list_id=_HARMLESS,
        name="Synthetic list of harmless pictures",
        version="2",
        source="Example Body B",
        count=len(files[PICTURED:]),
        is_negative=True,
    )
    for hash_list in (first, second, third):
        yield _told(
            Subject.HASH_LIST, hash_list.list_id, print_hash_list(hash_list), hash_list, since
        )
    for hash_list, digests in (
        (first, files[:PICTURED]),
        (second, [(each, None) for each in random]),
        (third, files[PICTURED:]),
    ):
        entries = [_entry(hash_list, at, *digest) for at, digest in enumerate(digests, 1)]
        for entry in entries:
            yield _told_entry(entry, since)
        yield from _later(entries, since + timedelta(days=10))


def _entry(
    hash_list: HashList, number: int, sha256: str, sign: PictureSign | None
) -> HashListEntry:
    looks = () if sign is None else (("pdq", sign.pdq),)
    return HashListEntry(
        list_id=hash_list.list_id,
        entry_id=str(number),
        digests=(("sha256", sha256), *looks),
        quality=None if sign is None else sign.quality,
        classification=4 if hash_list.is_negative else 1 + number % 2,
        source=hash_list.source,
        feedback=(("affirmative", number % 3), ("negative", 0)),
    )


def _later(entries: list[HashListEntry], at: datetime) -> Iterator[RecordChange]:
    """The first entry is corrected and the last withdrawn."""
    if len(entries) < 2:
        return
    corrected = replace(entries[0], classification=4, feedback=(("negative", 2),))
    yield replace(
        _told_entry(corrected, at),
        kind=ChangeKind.CORRECTED,
        revision=2,
        reason="assessed anew (synthetic)",
    )
    yield replace(
        _told_entry(entries[-1], at),
        kind=ChangeKind.WITHDRAWN,
        revision=2,
        reason="not what it was taken for (synthetic)",
        document=b"",
        value=None,
    )


def _decisions(since: datetime) -> Iterator[RecordChange]:
    made = [
        IwolDecision(domain, state, _CRITERIA, "Example Body A", since, note)
        for domain, state, note in _DECISIONS
    ]
    for decision in made:
        yield _told_decision(decision, since)
    at = since + timedelta(days=20)
    gone = replace(
        made[0], state="delisted", decided_at=at, note="the material is gone (synthetic)"
    )
    yield replace(
        _told_decision(gone, at),
        kind=ChangeKind.CORRECTED,
        revision=2,
        reason="looked at again (synthetic)",
    )


def _taxonomy(known: Taxonomy, since: datetime) -> RecordChange:
    """The version that stations have, with one code more."""
    sites = known["site_type"]
    lists = {**known.lists, sites.name: replace(sites, codes=(*sites.codes, _NEW_CODE))}
    newer = Taxonomy(f"{known.version}-synthetic-1", MappingProxyType(lists))
    return _told(Subject.TAXONOMY, _SCHEME, print_taxonomy(newer), newer, since)


def _told_entry(entry: HashListEntry, at: datetime) -> RecordChange:
    reference = entry_reference(entry.list_id, entry.entry_id)
    return _told(Subject.HASH_LIST_ENTRY, reference, print_hash_list_entry(entry), entry, at)


def _told_decision(decision: IwolDecision, at: datetime) -> RecordChange:
    document = print_iwol_decision(decision)
    return _told(Subject.IWOL_DECISION, decision.domain, document, decision, at)


def _told(
    subject: Subject, reference: str, document: bytes, value: RecordValue, at: datetime
) -> RecordChange:
    return RecordChange(subject.value, reference, ChangeKind.NEW, 1, at, None, document, value)
