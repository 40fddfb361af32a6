"""Region profiles as data files: `resources/region_profiles/*.json`, or a file of the unit's own.

{"region":"CUSTOM","version":"2026-1","code_list":"iccam-3.0","categories":[[7,"Category seven"]],
 "of_classification":[[2,7]]}
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from cport_desktop.domain.region_profile import RegionProfile
from cport_desktop.errors import InputUnreadable, MalformedMessage, MessageTooLarge
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound

LARGEST_PROFILE: Final = 256 * 1024
"""Bytes; the schemes that are known have a dozen categories."""
MOST_CATEGORIES: Final = 1_000
_REGION: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")
"""It stands in a URL that other tools compare."""
_UNNAMED: Final = re.compile(r"VICS [0-9.]+|default|custom", re.IGNORECASE)
"""What files are of that name no region."""


def named_region(region: str | None) -> str | None:
    """`region`, if that is one, and not what stands where a file names none."""
    return None if region is None or _UNNAMED.fullmatch(region) else region


class WireProfile(msgspec.Struct):
    region: bounds.NonEmpty
    version: bounds.NonEmpty
    code_list: bounds.Name = ""
    categories: Annotated[
        tuple[tuple[bounds.Code, bounds.Name], ...], Meta(max_length=MOST_CATEGORIES)
    ] = ()
    of_classification: Annotated[
        tuple[tuple[bounds.Code, bounds.Code], ...], Meta(max_length=MOST_CATEGORIES)
    ] = ()


_PROFILE: Final = msgspec.json.Decoder(WireProfile)


def load(path: Path) -> RegionProfile:
    """The profile in the file at `path`, which somebody named or put there.

    Raises:
        InputUnreadable: it cannot be read, is longer than `LARGEST_PROFILE`, or holds no profile; it says
            at which place.
    """
    try:
        with path.open("rb") as file:
            return parse_profile(file.read(LARGEST_PROFILE + 1))
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error
    except (MalformedMessage, MessageTooLarge) as error:
        place = f"{error.facts.get('where', '$')}: {error.facts.get('cause', LARGEST_PROFILE)}"
        raise InputUnreadable(path=str(path), cause=place) from error


def parse_profile(untrusted: bytes) -> RegionProfile:
    """The profile that these bytes are.

    Raises:
        MalformedMessage: if they are none, have a code twice, or give a category that they do not name.
        MessageTooLarge: if there are more than `LARGEST_PROFILE`.
    """
    require_sound(untrusted, limit=LARGEST_PROFILE)
    wire = decode(_PROFILE, untrusted, "$")
    categories, given = dict(wire.categories), dict(wire.of_classification)
    if not _REGION.fullmatch(wire.region):
        raise MalformedMessage(where="$.region", cause="no word of letters and digits")
    if len(categories) != len(wire.categories) or len(given) != len(wire.of_classification):
        raise MalformedMessage(where="$", cause="a code twice")
    if not set(given.values()) <= set(categories):
        raise MalformedMessage(where="$.of_classification", cause="a category without a name")
    if given and not wire.code_list:
        raise MalformedMessage(where="$.code_list", cause="not said of which codes it speaks")
    return RegionProfile(
        wire.region,
        wire.version,
        wire.code_list,
        MappingProxyType(categories),
        MappingProxyType(given),
    )
