"""`vics.json`: the media of a package as a case of Project VIC's data model 2.0, for tools that load it.

The official model is not public; this follows what readers and writers show (`domain.md` 3): the
context is the first property and `value` the second, MD5 and SHA-1 are upper-case, flags are real
booleans and are left out where nobody knows them, moments are ISO 8601 with `Z`, there is no byte
order mark, paths have backslashes and begin where the package was unpacked.

There is one medium for each different file, with a line in `MediaFiles` for each place where it was
found. A category stands only where the region profile gives one for the very code, and all places
agree; what hotlines said stands beside it in `MediaMetadata`, code by code. The profile, its
version and how many were left without a category stand in `CaseMetadata`.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from cport_desktop.clock import iso_utc
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.package import PackageContent, PackagedMedia
from cport_desktop.domain.region_profile import RegionProfile
from cport_desktop.domain.report import ContentItem
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.exports.media_types import media_type_of
from cport_desktop.exports.piece_stream import gathered
from cport_desktop.exports.records import PackageRecord

VICS_NAME: Final = "vics.json"
_CONTEXT: Final = (
    "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/{region}/$metadata#Cases"
)
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "http://cport.example/vics/")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a media item was found: the report, the content item, and the item as the vault has it."""

    report: str
    content: ContentItem
    item: MediaItem


@dataclass(frozen=True, slots=True)
class _Medium:
    """A file of the package and all the media items whose bytes it is."""

    first: PackagedMedia
    name: str
    places: tuple[_Place, ...]


def print_vics(
    content: PackageContent, record: PackageRecord, names: Mapping[MediaId, str]
) -> Iterator[bytes]:
    """The case in pieces. `names`: the member that holds each media item."""
    return gathered(_lines(content, record, names))


def _lines(
    content: PackageContent, record: PackageRecord, names: Mapping[MediaId, str]
) -> Iterator[bytes]:
    profile = content.region_profile
    context = _CONTEXT.format(region=profile.region)
    media = _media(content, names)
    categories = [_category(medium, profile, record.taxonomy) for medium in media]
    case = msgspec.json.encode(_case(record, profile, categories))
    yield b'{"@odata.context":' + msgspec.json.encode(context) + b',"value":[\n'
    yield case[:-1] + b',"Media":['
    separator = b"\n"
    for medium, category in zip(media, categories, strict=True):
        yield separator + msgspec.json.encode(_line(medium, category, record))
        separator = b",\n"
    yield b"\n]}\n]}\n"


def _media(content: PackageContent, names: Mapping[MediaId, str]) -> list[_Medium]:
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    for dossier in content.reports:
        report, positions = report_reference(dossier.report.report_id), dict(dossier.media_of)
        for item in dossier.report.contents:
            for position in positions.get(item.content_id, ()):
                found = dossier.media[position]
                if found.media_id in names:
                    places[names[found.media_id]].append(_Place(report, item, found))
    firsts: dict[str, PackagedMedia] = {}
    for packed in content.media:
        firsts.setdefault(names[packed.media_id], packed)
    return [_Medium(packed, name, tuple(places[name])) for name, packed in firsts.items()]


def _case(
    record: PackageRecord, profile: RegionProfile, categories: Sequence[int | None]
) -> dict[str, object]:
    key = f"{record.audit_log.size}-{record.audit_log.head}"
    number = str(uuid.uuid5(_NAMESPACE, key))
    told = {
        "CategoryProfile": f"{profile.region} {profile.version}",
        "CodeList": record.taxonomy,
        "CategoriesLeftOut": str(categories.count(None)),
        "Agreement": record.agreement,
        "Synthetic": str(record.synthetic).lower(),
    }
    return {
        "CaseID": number,
        "CaseNumber": record.case or record.title,
        "ContactOrganization": record.agency,
        "ContactName": record.composed_by,
        "TotalMediaFiles": len(categories),
        "TotalPrecategorized": 0,
        "SourceApplicationName": record.software.name,
        "SourceApplicationVersion": record.software.version,
        "CaseMetadata": [
            {"CaseID": number, "PropertyName": name, "PropertyValue": value}
            for name, value in told.items()
        ],
    }


def _category(medium: _Medium, profile: RegionProfile, code_list: str) -> int | None:
    """What the profile says to the classification, if it is one and the same at all places. What was
    made here of a file (a veil, a redacted copy) has none: its digests are nobody else's.
    """
    if medium.first.derived is not None:
        return None
    codes = {current_classification(place.content) for place in medium.places}
    found = {profile.category_of(code, code_list=code_list) for code in codes}
    return found.pop() if len(found) == 1 else None


def _line(medium: _Medium, category: int | None, record: PackageRecord) -> dict[str, object]:
    digests = medium.first.digests
    md5 = digests.md5.upper()
    return {
        "MediaID": medium.first.media_id,
        "Category": category,
        "MD5": md5,
        "SHA1": digests.sha1.upper(),
        "MediaSize": digests.size,
        "MimeType": media_type_of(medium.name),
        "RelativeFilePath": medium.name.replace("/", "\\"),
        "IsPrecategorized": False,
        "DateUpdated": iso_utc(record.composed_at),
        "MediaFiles": [_file(md5, medium.name, place) for place in medium.places],
        "MediaMetadata": [
            {"MD5": md5, "PropertyName": name, "PropertyValue": value}
            for name, value in _told(medium)
        ],
        "AlternativeHashes": [
            {"MD5": md5, "HashName": name, "HashValue": value.upper()}
            for name, value in _other_digests(medium)
        ],
    }


def _file(md5: str, name: str, place: _Place) -> dict[str, object]:
    """One place where the file was found: its name there, and the address as its path."""
    return {
        "MD5": md5,
        "FileName": place.item.file_name or name.rpartition("/")[2],
        "FilePath": place.content.url,
        "SourceID": place.report,
    }


def _told(medium: _Medium) -> Iterator[tuple[str, str]]:
    """Numbers of the media item, and what hotlines said, as codes: nothing is converted here."""
    for number in dict.fromkeys(place.item.media_id for place in medium.places):
        yield "MediaItem", media_reference(number)
    if medium.first.derived is not None:
        yield "Derived", medium.first.derived.value
    for place in medium.places:
        code = current_classification(place.content)
        if code != UNDECIDED:
            yield "Classification", f"{place.report}/{place.content.content_id}: {code}"


def _other_digests(medium: _Medium) -> Iterator[tuple[str, str]]:
    yield "SHA256", medium.first.digests.sha256
    perceptual = medium.places[0].item.perceptual_hash if medium.places else None
    if perceptual is not None and medium.first.derived is None:
        yield "PDQ", perceptual
