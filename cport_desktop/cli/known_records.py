"""What lists know, as records and as lines."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.cli.answer import Json, Record
from cport_desktop.cli.printing import facts, safe, table
from cport_desktop.clock import iso_utc
from cport_desktop.domain.known import Hit, Known, KnownList
from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.usecases.provenance import Provenance
from cport_desktop.vault.list_extent import ListExtent
from cport_desktop.words import entry_words, known_page, window
from cport_desktop.words import known as words

_NONE = "–"


def badge(known: Known | None) -> Json:
    """What lists say of an item, in short; None if none has it."""
    if known is None:
        return None
    return {
        "harmless": known.is_harmless,
        "lists": list(known.lists),
        "distance": known.distance,
    }


def provenance(found: Provenance, taxonomy: Taxonomy) -> Record:
    """The fields that a media item gets beside its own."""
    sighting = found.sighting
    return {
        "known": badge(found.known),
        "known_since": _time(found.since),
        "compared_with": _compared_with(found.extent),
        "provenance": [hit(each, taxonomy) for each in found.hits],
        "seen_in_reports": sighting.reports,
        "seen_by_hotlines": sighting.hotlines,
        "first_received": _time(sighting.first_received),
        "last_received": _time(sighting.last_received),
        "decided": [
            {"class": taxonomy["classification"].label(code), "reports": reports}
            for code, reports in sighting.decisions
        ],
        "undecided": sighting.undecided,
    }


def hit(each: Hit, taxonomy: Taxonomy) -> Record:
    """One hit with all that can be told of it."""
    return {
        "id": f"{each.list_id}/{each.entry_id}",
        "list": each.list_id,
        "list_name": each.list_name,
        "version": each.list_version,
        "source": each.list_source,
        "negative": each.is_negative,
        "entry": each.entry_id,
        "entry_name": each.entry_name,
        "entry_source": each.entry_source,
        "entry_quality": each.entry_quality,
        "class": None
        if each.classification is None
        else taxonomy["classification"].label(each.classification),
        "category": each.category,
        "category_region": each.category_region,
        "feedback": dict(each.feedback),
        "said_here": [
            {"word": one.word, "note": one.note, "by": one.by, "at": iso_utc(one.at)}
            for one in each.said
        ],
        "algorithm": each.algorithm.word,
        "distance": each.distance,
        "turn": each.turn.value,
        "share": each.share,
        "quality": each.quality,
        "found_at": iso_utc(each.found_at),
        "ended_at": _time(each.ended_at),
        "ended_by": None if each.ended_by is None else each.ended_by.value,
        "ended_reason": each.ended_reason,
    }


def hash_list(known: KnownList) -> Record:
    """A list as it is here."""
    return {
        "id": known.list_id,
        "name": known.name,
        "version": known.version,
        "source": known.source,
        "handling": known.handling,
        "negative": known.is_negative,
        "origin": known.origin.value,
        "format": known.format,
        "created_at": _time(known.made_at),
        "arrived_at": iso_utc(known.arrived_at),
        "file_sha256": known.file_sha256,
        "entries": known.entries,
        "entries_withdrawn": known.entries_withdrawn,
        "hits": known.contents,
        "withdrawn_at": _time(known.withdrawn_at),
        "withdrawn_reason": known.withdrawn_reason,
    }


def card(found: Provenance, taxonomy: Taxonomy) -> str:
    """The provenance card in words."""
    known, sighting = found.known, found.sighting
    said = (
        words.NOT_KNOWN
        if known is None
        else words.verdict(is_harmless=known.is_harmless, lists=known.lists)
    )
    decided = ", ".join(
        f"{taxonomy['classification'].label(code)}: {reports}"
        for code, reports in sighting.decisions
    )
    seen = facts(
        [
            ("in reports", sighting.reports),
            ("of hotlines", sighting.hotlines),
            ("first received", _time(sighting.first_received)),
            ("last received", _time(sighting.last_received)),
            ("decided", decided or _NONE),
            ("undecided", sighting.undecided),
        ]
    )
    hits = table(HIT_HEADS, [hit_line(each, taxonomy) for each in found.hits])
    spoken = "\n".join(
        safe(entry_words.said_here(one.word, by=one.by, at=iso_utc(one.at), note=one.note))
        for each in found.hits
        for one in each.said
    )
    said = f"{safe(said)}\n{compared(found.extent)}"
    return "\n\n".join(part for part in (said, seen, hits if found.hits else "", spoken) if part)


def compared(extent: ListExtent) -> str:
    """With how much an item was compared, or why it was not, as the window says it."""
    if not extent.lists:
        return known_page.NO_LISTS
    if not extent.is_compared:
        return known_page.NOT_COMPARED
    newest = "" if extent.newest is None else iso_utc(extent.newest)
    return known_page.compared(extent.lists, extent.entries, newest)


HIT_HEADS = ("List", "Version", "Source", "Entry", "By", "Quality", "Class", "Found (UTC)", "Ended")


def hit_line(each: Hit, taxonomy: Taxonomy) -> tuple[str, ...]:
    """One hit as a line of a table."""
    like = words.likeness(each.algorithm.word, each.distance, each.turn.value, each.share)
    return (
        each.list_name,
        each.list_version,
        each.entry_source or each.list_source,
        each.entry_name or each.entry_id,
        like,
        _NONE if each.quality is None else str(each.quality),
        taxonomy["classification"].label(each.classification),
        iso_utc(each.found_at),
        "" if each.ended_by is None else words.ended(each.ended_by.value, each.ended_reason),
    )


def by_sight(item: MediaItem) -> str | None:
    """How well it can be compared by what is seen, or that it cannot be; None where nothing was seen."""
    if item.state is not MediaState.HELD or item.cannot_show is not None:
        return None
    if item.perceptual_hash is None:
        return window.TOO_PLAIN
    return None if item.quality is None else window.quality(item.quality)


def _compared_with(extent: ListExtent) -> Record:
    return {
        "lists": extent.lists,
        "entries": extent.entries,
        "newest": _time(extent.newest),
        "complete": extent.is_compared,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else iso_utc(moment)
