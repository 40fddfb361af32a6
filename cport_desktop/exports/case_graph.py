"""`case.jsonld`: a package as a graph of CASE 1.5 and UCO 1.5, for tools that read those.

What it says, and nothing that the reports of the package do not say:

    Bundle              all objects of the graph
    Organization        the agency, and each hotline
    Identity            who composed
    AnalyticTool        this program
    URL                 each address of a content item
    File                each media file of the package, where it stands in it, with its digests
    ObservableRelationship   a file was downloaded from an address, or (veiled, redacted) is of one
                        that was
    ProvenanceRecord    each report: the exhibit that binds its addresses and files together
    InvestigativeAction the composing: by whom, with what, from the files to these exhibits
    Investigation       the whole, by its title

Ids are UUIDs of version 5 of what they stand for, so the same file or address has one id in every
package. Digest methods and the form of the investigation are plain strings (CASE 1.4 and later),
moments are `xsd:dateTime`, the context stands inside: nothing is fetched. Codes of
classification are left to the reports. One object a line; memory holds the ids that were said.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

import msgspec

from cport_desktop.clock import iso_utc
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.package import PackageContent, PackagedMedia
from cport_desktop.domain.rows import Dossier
from cport_desktop.exports.media_types import media_type_of
from cport_desktop.exports.piece_stream import gathered
from cport_desktop.exports.records import SOFTWARE, PackageRecord

CASE_NAME: Final = "case.jsonld"
CASE_TYPE: Final = "application/ld+json"

_CONTEXT: Final = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": "http://cport.example/kb/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, _CONTEXT["kb"])
_DOWNLOADED_FROM: Final = "Downloaded_From"
_RELATED_TO: Final = "Related_To"
"""What was made here of a file that was downloaded there."""

Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Ids:
    """Of what there is once in a graph."""

    bundle: str
    agency: str
    composer: str
    tool: str
    action: str
    investigation: str


def print_case(
    content: PackageContent, record: PackageRecord, names: Mapping[MediaId, str]
) -> Iterator[bytes]:
    """The graph in pieces. `names`: the member that holds each media item."""
    return gathered(_lines(content, record, names))


def _lines(
    content: PackageContent, record: PackageRecord, names: Mapping[MediaId, str]
) -> Iterator[bytes]:
    ids = _ids_of(record)
    yield b'{"@context":' + msgspec.json.encode(_CONTEXT) + b',\n"@graph":[\n'
    # The bundle names all objects, so they are gone through twice: once for their names.
    yield _line(_bundle(ids, record))[:-1] + b',"uco-core:object":['
    separator = b"\n"
    for node in _objects(content, record, names, ids):
        yield separator + _line({"@id": node["@id"]})
        separator = b",\n"
    yield b"\n]}"
    for node in _objects(content, record, names, ids):
        yield b",\n" + _line(node)
    yield b"\n]}\n"


def _objects(
    content: PackageContent, record: PackageRecord, names: Mapping[MediaId, str], ids: _Ids
) -> Iterator[Node]:
    """All objects but the bundle, each once."""
    said: set[bytes] = set()
    made = {packed.media_id: packed for packed in content.media if packed.media_id in names}
    for node in chain(
        _people(content, record, ids),
        _files(content.media, names),
        chain.from_iterable(_of_report(each, record, made) for each in content.reports),
        _composing(content, record, names, ids),
    ):
        key = bytes.fromhex(str(node["@id"])[-36:].replace("-", ""))
        if key not in said:
            said.add(key)
            yield node


def _ids_of(record: PackageRecord) -> _Ids:
    whole = _package_key(record)
    return _Ids(
        bundle=_id("Bundle", whole),
        agency=_id("Organization", record.agency),
        composer=_id("Identity", record.agency, record.composed_by),
        tool=_id("AnalyticTool", record.software.name, record.software.version),
        action=_id("InvestigativeAction", whole),
        investigation=_id("Investigation", whole),
    )


def _package_key(record: PackageRecord) -> str:
    """What no other package has: each composing is an entry of its own in one log."""
    return f"{record.audit_log.size}-{record.audit_log.head}"


def _bundle(ids: _Ids, record: PackageRecord) -> Node:
    return {
        "@id": ids.bundle,
        "@type": "uco-core:Bundle",
        "uco-core:name": record.title,
        "uco-core:description": f"{SOFTWARE}: {record.format}",
        "uco-core:objectCreatedTime": _moment(record.composed_at),
    }


def _people(content: PackageContent, record: PackageRecord, ids: _Ids) -> Iterator[Node]:
    yield {
        "@id": ids.agency,
        "@type": "uco-identity:Organization",
        "uco-core:name": record.agency,
    }
    for hotline in filter(None, (dossier.hotline for dossier in content.reports)):
        yield {
            "@id": _id("Organization", "hotline", str(hotline.hotline_id), hotline.name),
            "@type": "uco-identity:Organization",
            "uco-core:name": hotline.name,
        }
    yield {
        "@id": ids.composer,
        "@type": "uco-identity:Identity",
        "uco-core:name": record.composed_by,
    }
    yield {
        "@id": ids.tool,
        "@type": "uco-tool:AnalyticTool",
        "uco-core:name": record.software.name,
        "uco-tool:version": record.software.version,
    }


def _files(media: Sequence[PackagedMedia], names: Mapping[MediaId, str]) -> Iterator[Node]:
    """One for each different file."""
    for packed in media:
        name, digests = names[packed.media_id], packed.digests
        yield {
            "@id": _file_id(packed),
            "@type": "uco-observable:File",
            "uco-core:hasFacet": [
                {
                    "@id": _id("FileFacet", digests.sha256, name),
                    "@type": "uco-observable:FileFacet",
                    "uco-observable:fileName": name.rpartition("/")[2],
                    "uco-observable:filePath": name,
                    "uco-observable:sizeInBytes": digests.size,
                },
                {
                    "@id": _id("ContentDataFacet", digests.sha256),
                    "@type": "uco-observable:ContentDataFacet",
                    "uco-observable:mimeType": media_type_of(name),
                    "uco-observable:sizeInBytes": digests.size,
                    "uco-observable:hash": [
                        _hash("MD5", digests.md5),
                        _hash("SHA1", digests.sha1),
                        _hash("SHA256", digests.sha256),
                    ],
                },
            ],
        }


def _hash(method: str, value: str) -> Node:
    return {
        "@id": _id("Hash", method, value),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": method,
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": value.upper()},
    }


def _of_report(
    dossier: Dossier, record: PackageRecord, made: Mapping[MediaId, PackagedMedia]
) -> Iterator[Node]:
    """The addresses of a report, which files came from which, and the report as an exhibit."""
    reference = report_reference(dossier.report.report_id)
    positions = dict(dossier.media_of)
    bound: dict[str, None] = {}
    for item in dossier.report.contents:
        address = _id("URL", item.url)
        bound[address] = None
        yield {
            "@id": address,
            "@type": "uco-observable:URL",
            "uco-core:hasFacet": [
                {
                    "@id": _id("URLFacet", item.url),
                    "@type": "uco-observable:URLFacet",
                    "uco-observable:fullValue": item.url,
                }
            ],
        }
        for position in positions.get(item.content_id, ()):
            packed = made.get(dossier.media[position].media_id)
            if packed is not None:
                bound[_file_id(packed)] = None
                yield _relationship(packed, address)
    yield {
        "@id": _exhibit_id(record, reference),
        "@type": "case-investigation:ProvenanceRecord",
        "case-investigation:exhibitNumber": reference,
        "uco-core:description": _about(dossier),
        "uco-core:object": [{"@id": each} for each in bound],
    }


def _about(dossier: Dossier) -> str:
    numbers = ", ".join(media_reference(item.media_id) for item in dossier.media)
    stands = f"revision {dossier.report.revision}, {dossier.row.status.value}"
    return f"{stands}; media {numbers}" if numbers else stands


def _relationship(packed: PackagedMedia, address: str) -> Node:
    file = _file_id(packed)
    kind = _DOWNLOADED_FROM if packed.derived is None else _RELATED_TO
    return {
        "@id": _id("ObservableRelationship", file, address),
        "@type": "uco-observable:ObservableRelationship",
        "uco-core:source": {"@id": file},
        "uco-core:target": {"@id": address},
        "uco-core:kindOfRelationship": kind,
        "uco-core:isDirectional": True,
    }


def _composing(
    content: PackageContent, record: PackageRecord, names: Mapping[MediaId, str], ids: _Ids
) -> Iterator[Node]:
    exhibits = [
        {"@id": _exhibit_id(record, report_reference(dossier.report.report_id))}
        for dossier in content.reports
    ]
    files = dict.fromkeys(_file_id(packed) for packed in content.media if packed.media_id in names)
    action: Node = {
        "@id": ids.action,
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": "composed",
        "uco-action:startTime": _moment(record.composed_at),
        "uco-action:endTime": _moment(record.composed_at),
        "uco-action:performer": {"@id": ids.composer},
        "uco-action:instrument": [{"@id": ids.tool}],
    }
    if files:
        action["uco-action:object"] = [{"@id": file} for file in files]
    if exhibits:
        action["uco-action:result"] = exhibits
    yield action
    yield {
        "@id": ids.investigation,
        "@type": "case-investigation:Investigation",
        "uco-core:name": record.title,
        "case-investigation:investigationForm": "case",
        "uco-core:object": [{"@id": ids.agency}, {"@id": ids.action}, *exhibits],
    }


def _exhibit_id(record: PackageRecord, reference: str) -> str:
    return _id("ProvenanceRecord", _package_key(record), reference)


def _file_id(packed: PackagedMedia) -> str:
    return _id("File", packed.digests.sha256)


def _moment(moment: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": iso_utc(moment)}


def _id(kind: str, *parts: str) -> str:
    """The id of a thing of this kind that these words say which one it is: `kb:File-` and a UUID of
    version 5 (RFC 9562, 5.5), made here since a package has a million of them.
    """
    name = chr(0x1F).join((kind, *parts)).encode("utf-8", "surrogatepass")
    digest = bytearray(hashlib.sha1(_NAMESPACE.bytes + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"kb:{kind}-{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _line(node: Node) -> bytes:
    return msgspec.json.encode(node)
