"""Make a hash list of what was decided here: the contents that a query finds, each once.

Only contents that somebody decided are taken, and only as it was decided: what nobody found illegal goes
on no list of known material, and what anybody found to be anything but harmless on no list of what is
harmless, whatever the query finds. What was decided differently in several reports has no class on the
list. Such a list is one of one's own: it is matched, exported and withdrawn as those from files,
and an entry goes with its content when that is erased.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.known import (
    EMPTY_INPUT,
    LONGEST_LIST_TEXT,
    OWN_LIST_MARK,
    Algorithm,
    HitTally,
)
from cport_desktop.domain.likeness import COMPARABLE_QUALITY
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, Taxonomy
from cport_desktop.errors import Cancelled, ChoiceUnfit, TextUnfit
from cport_desktop.usecases.browse_media import list_media
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.vault import made_lists, sightings
from cport_desktop.vault.hash_lists import Digest
from cport_desktop.vault.made_lists import MadeEntry, NewMadeList
from cport_desktop.vault.vault import Vault
from cport_desktop.words import hash_list_export as words

MOST_MADE: Final = 20_000
"""Contents on a list that is made here: more than one unit decides in a year."""
_PAGE: Final = 500
_HARMLESS: Final = "not-illegal"
"""The word of the class that alone makes a content harmless."""
_ILLEGAL: Final = frozenset({BASELINE, NATIONAL})
"""Classes of which one makes a content known material."""


@dataclass(frozen=True, slots=True)
class MakeOrder:
    """What a person says of the list, and the query over media that finds what goes on it."""

    name: str
    query: str
    version: str = "1"
    source: str = ""
    handling: str | None = None
    is_negative: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Left out of what was found: `undecided` contents, and those of which the decision is the `contrary`
    of what the list means.
    """

    list_id: str
    entries: int
    undecided: int
    contrary: int
    hits: HitTally


def make_hash_list(
    vault: Vault,
    order: MakeOrder,
    *,
    taxonomy: Taxonomy,
    now: datetime,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> Made:
    """The list stands and is matched.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        PurposeMissing: no reason in a vault with real content.
        AgreementForbids, QueryError: as `list_media`.
        TextUnfit: no name, or a text that is too long.
        ChoiceUnfit: nothing decided is found, or more than a list that is made here holds.
        Cancelled: as was asked; nothing is kept.
    """
    require(vault, Role.ANALYST)
    purpose = require_purpose(vault, order.reason, what=words.MAKING)
    new = _described(order)
    found = dict[str, MediaItem]()
    for item in _items(vault, order.query, taxonomy=taxonomy, now=now):
        if is_cancelled():
            raise Cancelled
        found.setdefault(item.announced_sha256, item)
        if len(found) > MOST_MADE:
            raise ChoiceUnfit(count=len(found), limit=MOST_MADE)
        announce(Progress(Phase.COMPOSING, len(found), None))
    with vault.reader() as reader:
        decided = {
            sha256: decisions
            for sha256 in found
            if (decisions := sightings.of_content(reader, sha256).decisions)
        }
    harmless = taxonomy["classification"].number(_HARMLESS)
    meant = {
        sha256: decisions
        for sha256, decisions in decided.items()
        if _is_meant(decisions, harmless, is_negative=order.is_negative)
    }
    entries = [
        entry
        for sha256, item in sorted(found.items(), key=lambda pair: pair[1].media_id)
        if sha256 in meant and (entry := _entry(item, meant[sha256])).digests
    ]
    if not entries:
        raise ChoiceUnfit(count=0, limit=MOST_MADE)
    with vault.transaction() as tx:
        made_lists.make(tx, new, entries)
        tx.record(
            AuditDraft(
                action=AuditAction.COMBINATION,
                verb="make_list",
                object_kind=ObjectKind.HASH_LIST,
                object_reference=new.list_id,
                reason=purpose,
                payload=(
                    ("name", new.name),
                    ("query", order.query),
                    ("entries", str(len(entries))),
                ),
            )
        )
    hits = match_due(vault, announce=announce)
    left_out = len(found) - len(decided), len(decided) - len(meant)
    return Made(new.list_id, len(entries), *left_out, hits)


def _described(order: MakeOrder) -> NewMadeList:
    texts = (order.name.strip(), order.version.strip(), order.source.strip())
    for text in (*texts, order.handling or ""):
        if len(text) > LONGEST_LIST_TEXT:
            raise TextUnfit(length=len(text), limit=LONGEST_LIST_TEXT)
    name, version, source = texts
    if not name:
        raise TextUnfit(length=0, limit=LONGEST_LIST_TEXT)
    return NewMadeList(
        list_id=f"{OWN_LIST_MARK}{secrets.token_hex(6)}",
        name=name,
        version=version,
        source=source,
        handling=order.handling,
        is_negative=order.is_negative,
    )


def _items(vault: Vault, query: str, *, taxonomy: Taxonomy, now: datetime) -> Iterator[MediaItem]:
    after: str | None = None
    while True:
        page = list_media(vault, query, limit=_PAGE, after=after, taxonomy=taxonomy, now=now)
        yield from page.rows
        after = page.next_cursor
        if after is None:
            return


def _is_meant(
    decisions: tuple[tuple[int, int], ...], harmless: int | None, *, is_negative: bool
) -> bool:
    """Whether a content that was decided so belongs on a list of this meaning."""
    codes = {code for code, _ in decisions}
    return codes == {harmless} if is_negative else bool(codes & _ILLEGAL)


def _entry(item: MediaItem, decisions: tuple[tuple[int, int], ...]) -> MadeEntry:
    """A content with every digest that is known of it. Its class where all reports agree."""
    digests: list[Digest] = []
    if item.digests is not None:
        digests.append((Algorithm.MD5, bytes.fromhex(item.digests.md5)))
        digests.append((Algorithm.SHA1, bytes.fromhex(item.digests.sha1)))
    digests.append((Algorithm.SHA256, bytes.fromhex(item.announced_sha256)))
    is_clear = item.quality is not None and item.quality >= COMPARABLE_QUALITY
    if item.perceptual_hash is not None and is_clear:
        digests.append((Algorithm.PDQ, bytes.fromhex(item.perceptual_hash)))
    return MadeEntry(
        sha256=item.announced_sha256,
        name=media_reference(item.media_id),
        digests=tuple(each for each in digests if each[1] not in EMPTY_INPUT),
        quality=item.quality if is_clear else None,
        classification=decisions[0][0] if len(decisions) == 1 else None,
    )
