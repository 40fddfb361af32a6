"""Redactions of what is to leave: copies are made without what is redacted, and nothing tells of it.

Two steps, since digests go on record before anything leaves:

    draw     pictures are drawn anew by the confined child, once for their digests; each with its entry
    apply    reports and media stand as if what was redacted had never been in them

When a package is written each picture is drawn a second time, so that no copy lies anywhere; it must
have the digests of the first time. What redactions reach is found before (`redaction_reach`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import CannotShow, Examination, MediaItem
from cport_desktop.domain.redaction import (
    LONGEST_REASON,
    FieldRedaction,
    MediaLeftOut,
    PictureRedaction,
    Rectangle,
    Redacted,
    Redaction,
    ReportLeftOut,
    as_listed,
)
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.withholding import Withheld
from cport_desktop.errors import ChoiceUnfit, PackageOvertaken, RedactionUnfit, UnknownReference
from cport_desktop.formats.redacted_document import document_redacted
from cport_desktop.media.hashing import DigestingStream
from cport_desktop.media.sandbox import Sandbox, Terms
from cport_desktop.usecases.package_choice import Chosen
from cport_desktop.usecases.package_order import LARGEST_PACKAGE
from cport_desktop.usecases.unit_rules import decoding_terms
from cport_desktop.usecases.withhold import dossier_without
from cport_desktop.vault.vault import Vault
from cport_desktop.words import composing as words

_TYPE = "image/png"
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DrawnAnew:
    """A picture without what was redacted: its digests, what is to be said of it, and its bytes."""

    digests: Digests
    seen: Examination
    read: Callable[[], Iterator[bytes]]


Drawn = Mapping[MediaId, DrawnAnew]


def draw_anew(
    vault: Vault, sandbox: Sandbox, redactions: Sequence[Redaction], sizes: Mapping[MediaId, int]
) -> Drawn:
    """Every picture that is redacted, drawn and examined once; what is done is on record before.

    Raises:
        SandboxRefused: no child can be confined here.
        RedactionUnfit: the picture cannot be decoded.
        PackageOvertaken: it was erased meanwhile.
        Cancelled.
    """
    rectangles: defaultdict[MediaId, list[Rectangle]] = defaultdict(list)
    reasons: defaultdict[MediaId, dict[str, None]] = defaultdict(dict)
    for each in redactions:
        if isinstance(each, PictureRedaction):
            rectangles[each.media_id] += [
                one for one in each.rectangles if one not in rectangles[each.media_id]
            ]
            reasons[each.media_id][each.reason] = None
    if not rectangles:
        return {}
    with vault.transaction() as tx:
        entries = {
            media: tx.record(_entry(media, "; ".join(reasons[media]))) for media in rectangles
        }
    terms = decoding_terms(vault)
    return {
        media: _drawn(
            vault,
            _Drawing(vault, sandbox, media, sizes[media], tuple(those), entries[media], terms),
        )
        for media, those in rectangles.items()
    }


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How a picture is drawn, any number of times."""

    vault: Vault
    sandbox: Sandbox
    media_id: MediaId
    size: int
    rectangles: tuple[Rectangle, ...]
    entry: int
    terms: Terms

    def __call__(self) -> Iterator[bytes]:
        found = self.sandbox.redraw(
            original_of(self.vault, self.media_id)(),
            size=self.size,
            rectangles=self.rectangles,
            audit_sequence=self.entry,
            terms=self.terms,
        )
        if isinstance(found, CannotShow):
            raise _unfit(media_reference(self.media_id), words.NOT_DECODED)
        for start in range(0, len(found), _PIECE):
            yield found[start : start + _PIECE]


def _drawn(vault: Vault, drawing: _Drawing) -> DrawnAnew:
    stream = DigestingStream(drawing())
    pieces = list(stream)
    digests = stream.digests()
    seen = drawing.sandbox.examine(pieces, size=digests.size, terms=decoding_terms(vault))
    return DrawnAnew(digests, seen, drawing)


def original_of(vault: Vault, media_id: MediaId) -> Callable[[], Iterator[bytes]]:
    """Reads the file as it is here.

    What it gives raises `PackageOvertaken` if it was erased meanwhile.
    """

    def read() -> Iterator[bytes]:
        try:
            with vault.reader() as reader:
                return vault.blobs.read(reader, media_id)
        except UnknownReference as error:
            raise PackageOvertaken(reference=media_reference(media_id)) from error

    return read


def applied(chosen: Chosen, redactions: Sequence[Redaction], drawn: Drawn) -> Chosen:
    """What is chosen, as if what is redacted had never been in it, and the list of what was done.

    Raises:
        ChoiceUnfit: no report is left.
    """
    if not redactions:
        return chosen
    gone = frozenset(each.report_id for each in redactions if isinstance(each, ReportLeftOut))
    out = frozenset(each.media_id for each in redactions if isinstance(each, MediaLeftOut))
    dossiers = tuple(
        _dossier(dossier, redactions, drawn, out)
        for dossier in chosen.dossiers
        if dossier.report.report_id not in gone
    )
    if not dossiers:
        raise ChoiceUnfit(count=0, limit=LARGEST_PACKAGE)
    items = {item.media_id: item for dossier in dossiers for item in dossier.media}
    omitted = [(media, why) for media, why in chosen.omitted if media in items and media not in out]
    return Chosen(
        dossiers=dossiers,
        media=tuple(
            items[item.media_id]
            for item in chosen.media
            if item.media_id in items and item.media_id not in out
        ),
        omitted=(*omitted, *((media, "redacted") for media in sorted(out) if media in items)),
        redactions=tuple(_listed(each, drawn) for each in redactions),
        redrawn=frozenset(drawn),
    )


def _listed(redaction: Redaction, drawn: Drawn) -> Redacted:
    new = drawn.get(redaction.media_id) if isinstance(redaction, PictureRedaction) else None
    return as_listed(redaction, sha256=None if new is None else new.digests.sha256)


def _dossier(
    dossier: Dossier, redactions: Sequence[Redaction], drawn: Drawn, out: frozenset[MediaId]
) -> Dossier:
    fields = [
        each.field
        for each in redactions
        if isinstance(each, FieldRedaction) and each.report_id == dossier.report.report_id
    ]
    left = dossier_without(dossier, Withheld(dict.fromkeys(fields)))
    quiet = out | drawn.keys()
    if not any(item.media_id in quiet for item in left.media):
        return left
    items = {item.media_id: _item(item, drawn, out) for item in left.media}
    contents = tuple(
        replace(
            content,
            media=tuple(
                replace(
                    notice,
                    size=items[notice.media_id].size,
                    sha256=items[notice.media_id].announced_sha256,
                    file_name=None,
                    declared_type=items[notice.media_id].declared_type,
                )
                if notice.media_id in quiet
                else notice
                for notice in content.media
            ),
        )
        for content in left.report.contents
    )
    return replace(
        left,
        report=replace(left.report, contents=contents),
        document=document_redacted(left.document, quiet),
        media=tuple(items.values()),
        kept_versions=tuple(
            replace(version, document=document_redacted(version.document, quiet))
            for version in left.kept_versions
        ),
    )


def _item(item: MediaItem, drawn: Drawn, out: frozenset[MediaId]) -> MediaItem:
    """What may be said of it: of one left out its number, of one drawn anew what the new file is."""
    quiet = replace(
        item,
        file_name=None,
        declared_type=None,
        kind=None,
        format=None,
        size=0,
        width=None,
        height=None,
        duration_ms=None,
        announced_sha256="",
        digests=None,
        perceptual_hash=None,
        quality=None,
        dct_hash=None,
        cannot_show=None,
        facts=(),
        duplicates=0,
        pictures=None,
        has_sound=None,
    )
    if item.media_id in out:
        return quiet
    new = drawn.get(item.media_id)
    if new is None:
        return item
    return replace(
        quiet,
        declared_type=_TYPE,
        kind=new.seen.kind,
        format=new.seen.format,
        size=new.digests.size,
        width=new.seen.width,
        height=new.seen.height,
        announced_sha256=new.digests.sha256,
        digests=new.digests,
        perceptual_hash=new.seen.perceptual_hash,
        quality=new.seen.quality,
        dct_hash=new.seen.dct_hash,
        cannot_show=new.seen.cannot_show,
    )


def _entry(media_id: MediaId, reason: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb="redact",
        object_kind=ObjectKind.MEDIA,
        object_reference=media_reference(media_id),
        reason=reason[:LONGEST_REASON],
    )


def _unfit(reference: str, cause: str) -> RedactionUnfit:
    return RedactionUnfit(reference=reference, cause=cause)
