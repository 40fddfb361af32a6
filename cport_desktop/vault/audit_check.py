"""The check of the audit log: every entry computed again, and compared with heads known elsewhere.

What each means finds:

    an entry changed, removed, put in, put elsewhere     its own digest, or the head of the tree
    the same by somebody with the keys, who then made
      leaves and head fit again                           any head known elsewhere at or behind it
    the end cut off                                       any head known elsewhere behind the cut
    the whole vault put back to an earlier copy           the same
    particulars changed, or removed without a record      the digest in the entry

What nothing here finds: a change by somebody with the keys behind the last head that anybody
else keeps; and a vault put back together with everything that remembers it. The vault's own
rows of `anchor` only narrow down where a change lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from cport_desktop.clock import iso_utc
from cport_desktop.crypto.checkpoint import Checkpoint, DiaryCode, is_written_down
from cport_desktop.crypto.merkle import Frontier, leaf_hash
from cport_desktop.crypto.signed_note import SignedNote, VerifierKey, parse_note, verified
from cport_desktop.domain.anchoring import parse_origin
from cport_desktop.domain.audit import AuditVerdict
from cport_desktop.errors import CheckpointMalformed, SignatureInvalid, VaultDamaged
from cport_desktop.vault import anchors, checkpoints, log_identity
from cport_desktop.vault.anchors import Anchor
from cport_desktop.vault.audit_trail import ENTRY_COLUMNS, canonical_bytes, payload_digest
from cport_desktop.vault.database import Row
from cport_desktop.vault.log_identity import LogIdentity
from cport_desktop.vault.transaction import Reader
from cport_desktop.words import audit as words
from cport_desktop.words import vault_faults

MOST_FAULTS = 100
"""Sentences; more of them help nobody."""

_WIDTH = len(ENTRY_COLUMNS.split(","))
_COLUMNS = ", ".join(f"e.{name.strip()}" for name in ENTRY_COLUMNS.split(","))
_ENTRIES = (
    f"SELECT {_COLUMNS}, e.leaf, p.salt, p.payload, x.erased_by, b.action"  # noqa: S608 - constant text
    " FROM audit_entry AS e"
    " LEFT JOIN audit_payload AS p ON p.sequence = e.sequence"
    " LEFT JOIN payload_erasure AS x ON x.sequence = e.sequence"
    " LEFT JOIN audit_entry AS b ON b.sequence = x.erased_by AND b.sequence > e.sequence"
    " ORDER BY e.sequence"
)


@dataclass(frozen=True, slots=True)
class KnownHead:
    """A head that was known when the log had `size` entries. `says` names it in a sentence;
    `is_root` tells whether a root is the one that was known.
    """

    size: int
    says: str
    is_root: Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be compared with the log, and what is known before that."""

    heads: tuple[KnownHead, ...] = ()
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def __add__(self, other: Comparison) -> Comparison:
        """Both."""
        return Comparison(
            self.heads + other.heads, self.faults + other.faults, self.remarks + other.remarks
        )


class _Recount:
    """The log computed again, one entry after the other."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.tree = Frontier()
        self.faults: list[str] = []
        self.erased = 0
        self.roots: dict[int, bytes] = {0: self.tree.root()} if 0 in sizes else {}
        self._wanted = frozenset(sizes)
        self._expected = 1

    def take(self, row: Row) -> None:
        sequence = row[0]
        if sequence != self._expected:
            self._add(_gap(self._expected, sequence))
        self._expected = sequence + 1
        canonical = leaf_hash(canonical_bytes(row[:_WIDTH]))
        if canonical != row[_WIDTH]:
            self._add(vault_faults.entry_altered(sequence))
        else:
            self._take_payload(row)
        self.tree.append(canonical)
        if self.tree.size in self._wanted:
            self.roots[self.tree.size] = self.tree.root()

    def _take_payload(self, row: Row) -> None:
        sequence, digest = row[0], row[_WIDTH - 1]
        salt, payload, erased_by, action = row[_WIDTH + 1 :]
        if erased_by is None:
            found = None if payload is None else payload_digest(salt, payload)
            if found != digest:
                self._add(vault_faults.payload_altered(sequence))
            return
        self.erased += 1
        if payload is not None:
            self._add(words.payload_returned(sequence, erased_by))
        if action != "erasure" or digest is None:
            self._add(words.erasure_unfounded(sequence, erased_by))

    def _add(self, fault: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def verify(reader: Reader, against: Comparison | None = None) -> AuditVerdict:
    """Whether every entry is as it was written, none is missing, the head agrees, and the log is
    the one that every known head vouches for: those that the vault remembers, and `against`.
    """
    given = against or Comparison()
    own = _own_anchors(reader)
    heads = (*own.heads, *given.heads)
    recount = _Recount([head.size for head in heads])
    for row in reader.connection.execute(_ENTRIES):
        recount.take(row)
    agreeing = [
        words.agrees(head.size, recount.tree.size)
        for head in given.heads
        if head.size in recount.roots and head.is_root(recount.roots[head.size])
    ]
    faults = [
        *recount.faults,
        *_faults_of_head(reader, recount.tree),
        *_stray_payloads(reader),
        *_faults_of_history(heads, recount),
        *own.faults,
        *given.faults,
    ][:MOST_FAULTS]
    return AuditVerdict(
        entries=recount.tree.size,
        head=recount.tree.root().hex(),
        fault=faults[0] if faults else None,
        faults=tuple(faults),
        erased=recount.erased,
        anchors=len(heads),
        remarks=(*agreeing, *given.remarks),
    )


def against_note(
    reader: Reader, note: SignedNote, *, portal: VerifierKey | None = None
) -> Comparison:
    """What a checkpoint file asks to be compared. `portal`: the key with which the portal of
    this vault would have co-signed it.

    Raises:
        CheckpointMalformed: the note is no checkpoint.
    """
    checkpoint = checkpoints.checkpoint_of(note)
    identity = log_identity.load(reader.connection)
    fault = _fault_of_origin(checkpoint, identity)
    if fault is None and not _is_signed(note, identity, checkpoint.origin):
        fault = words.NOT_SIGNED
    if fault is not None:
        return Comparison(faults=(fault,))
    head = KnownHead(checkpoint.size, words.GIVEN_FILE, lambda root: root == checkpoint.root)
    remarks = _remarks_of_lineage(reader, checkpoint, identity)
    if portal is None:
        return Comparison((head,), remarks=remarks)
    try:
        witnessed = verified(note, portal)
    except SignatureInvalid:
        return Comparison((head,), (words.PORTAL_SIGNATURE_BAD,), remarks)
    if witnessed is None or witnessed.at is None:
        return Comparison((head,), remarks=(*remarks, words.not_cosigned()))
    moment = datetime.fromtimestamp(witnessed.at, UTC)
    return Comparison((head,), remarks=(*remarks, words.cosigned(portal.name, iso_utc(moment))))


def against_code(reader: Reader, code: DiaryCode) -> Comparison:
    """What a code from the diary asks to be compared, in whichever lineage it was written down."""
    identity = log_identity.load(reader.connection)
    origins = [
        checkpoints.origin_in(identity, lineage) for lineage in range(1, identity.lineage + 1)
    ]

    def is_root(root: bytes) -> bool:
        heads = (Checkpoint(origin, code.size, root) for origin in origins)
        return any(is_written_down(head, code) for head in heads)

    return Comparison((KnownHead(code.size, words.GIVEN_CODE, is_root),))


def _gap(first: int, found: int) -> str:
    if found == first + 1:
        return vault_faults.entry_missing(first)
    return words.entries_missing(first, found - 1)


def _faults_of_head(reader: Reader, tree: Frontier) -> Iterator[str]:
    row = reader.connection.execute("SELECT size, peaks, root FROM audit_head").fetchone()
    if row is None:
        yield vault_faults.HEAD_MISSING
    elif row != (tree.size, tree.serialise(), tree.root()):
        yield vault_faults.head_differs(row[0], tree.size)


def _stray_payloads(reader: Reader) -> Iterator[str]:
    row = reader.connection.execute(
        "SELECT sequence FROM audit_payload"
        " WHERE sequence NOT IN (SELECT sequence FROM audit_entry) LIMIT 1"
    ).fetchone()
    if row is not None:
        yield vault_faults.payload_stray(row[0])


def _faults_of_history(heads: Sequence[KnownHead], recount: _Recount) -> Iterator[str]:
    """From the shortest head to the longest; each names the entries that it alone speaks for."""
    entries, vouched = recount.tree.size, 0
    for head in sorted(heads, key=lambda head: head.size):
        if head.size > entries:
            yield words.history_cut(head.says, head.size, entries)
        elif head.is_root(recount.roots[head.size]):
            vouched = head.size
        else:
            yield words.history_differs(head.says, vouched + 1, head.size)


def _own_anchors(reader: Reader) -> Comparison:
    """The heads that the vault remembers; those whose rows are not sound are faults."""
    identity = log_identity.load(reader.connection)
    heads, faults = [], []
    for anchor in anchors.every(reader):
        says = words.kept_anchor(anchor.kind.value, anchor.holder, iso_utc(anchor.at))
        fault = _fault_of_anchor(anchor, identity)
        if fault is not None:
            faults.append(fault(says))
        heads.append(KnownHead(anchor.size, says, partial(bytes.__eq__, anchor.root)))
    return Comparison(tuple(heads), tuple(faults))


def _fault_of_anchor(anchor: Anchor, identity: LogIdentity) -> Callable[[str], str] | None:
    origin = checkpoints.origin_in(identity, anchor.lineage)
    try:
        note = parse_note(anchor.note.encode())
        is_signed = _is_signed(note, identity, origin)
        anchor.frontier()
    except (CheckpointMalformed, VaultDamaged):
        return words.anchor_unsound
    if note.text != Checkpoint(origin, anchor.size, anchor.root).text:
        return words.anchor_unsound
    return None if is_signed else words.anchor_unsigned


def _fault_of_origin(checkpoint: Checkpoint, identity: LogIdentity) -> str | None:
    theirs, ours = parse_origin(checkpoint.origin), parse_origin(identity.origin)
    if theirs is None or ours is None:
        return words.NOT_OF_A_VAULT
    if theirs.vault != ours.vault:
        return words.OTHER_VAULT
    if theirs.lineage > ours.lineage:
        return words.later_lineage(theirs.lineage, ours.lineage)
    return None


def _remarks_of_lineage(
    reader: Reader, checkpoint: Checkpoint, identity: LogIdentity
) -> tuple[str, ...]:
    origin = parse_origin(checkpoint.origin)
    if origin is None or origin.lineage == identity.lineage:
        return ()
    began_at = checkpoints.began_at(reader, identity.lineage)
    return (words.earlier_lineage(origin.lineage, identity.lineage, began_at),)


def _is_signed(note: SignedNote, identity: LogIdentity, origin: str) -> bool:
    try:
        return verified(note, checkpoints.verifier_of(identity, origin=origin)) is not None
    except SignatureInvalid:
        return False
