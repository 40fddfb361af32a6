"""The file's own metadata as a handful of short plain pairs.

The names are codes. A label that cannot be read is left out: it costs no picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from PIL import ExifTags, Image

from cport_desktop.media.bounds import LONGEST_FACT, MOST_FACTS
from cport_desktop.media.child.decoded import Facts
from cport_desktop.media.plain_text import plain_text

_CAMERA_TAGS = (
    ("camera_make", ExifTags.Base.Make),
    ("camera_model", ExifTags.Base.Model),
    ("software", ExifTags.Base.Software),
    ("changed_at", ExifTags.Base.DateTime),
    ("author", ExifTags.Base.Artist),
    ("description", ExifTags.Base.ImageDescription),
)
_EXPOSURE_TAGS = (
    ("captured_at", ExifTags.Base.DateTimeOriginal),
    ("captured_offset", ExifTags.Base.OffsetTimeOriginal),
    ("lens", ExifTags.Base.LensModel),
    ("camera_serial", ExifTags.Base.BodySerialNumber),
)
_CONTAINER_TAGS = {
    "creation_time": "captured_at",
    "encoder": "software",
    "com.apple.quicktime.software": "software",
    "com.apple.quicktime.make": "camera_make",
    "com.apple.quicktime.model": "camera_model",
    "com.apple.quicktime.creationdate": "captured_at",
    "com.apple.quicktime.location.iso6709": "gps_position",
    "com.android.version": "software",
    "location": "gps_position",
    "title": "title",
    "comment": "comment",
    "artist": "author",
}


def labels_of_picture(exif: Image.Exif, beside: Mapping[Any, Any]) -> Facts:
    """Facts out of a picture's EXIF block and of what its format keeps `beside` the pixels."""
    found: list[tuple[str, object]] = [(name, exif.get(tag)) for name, tag in _CAMERA_TAGS]
    exposure = exif.get_ifd(ExifTags.IFD.Exif)
    found += [(name, exposure.get(tag)) for name, tag in _EXPOSURE_TAGS]
    found.append(("gps_position", _position(exif.get_ifd(ExifTags.IFD.GPSInfo))))
    found += [("software", beside.get("Software")), ("comment", beside.get("comment"))]
    return plain_facts(found)


def labels_of_container(untrusted: Mapping[str, str]) -> Facts:
    """Facts out of the metadata of a video or sound file."""
    return plain_facts(
        (_CONTAINER_TAGS[name.lower()], value)
        for name, value in untrusted.items()
        if name.lower() in _CONTAINER_TAGS
    )


def plain_facts(untrusted: Iterable[tuple[str, object]]) -> Facts:
    """The first value under each name, as plain bounded text; empty ones are left out."""
    facts: dict[str, str] = {}
    for name, value in untrusted:
        text = plain_text(_as_text(value), limit=LONGEST_FACT)
        if text:
            facts.setdefault(name, text)
    return tuple(facts.items())[:MOST_FACTS]


def _as_text(untrusted: object) -> str:
    if untrusted is None:
        return ""
    if isinstance(untrusted, bytes):
        return untrusted.rstrip(b"\0").decode("utf-8", "replace")
    return str(untrusted).rstrip("\0")


def _position(gps: Mapping[int, object]) -> str | None:
    """`52.37022 4.89517`, from degrees, minutes and seconds; None unless it is one."""
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef))
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return f"{latitude:.5f} {longitude:.5f}"


def _degrees(untrusted: object, untrusted_side: object) -> float | None:
    if not isinstance(untrusted, tuple) or len(untrusted) != 3:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in untrusted)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    size = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(size):
        return None
    return -size if untrusted_side in {"S", "W"} else size
