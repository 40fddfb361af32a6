"""A template of packages as a file that another vault can read: small, strict, without any report.

{"format": "cport-package-template", "version": 1, "name": "To the court", "title": "Case file",
 "reason": "by order", "part_size": null,
 "recipients": [{"name": "Court", "key": "age1…", "media": "original", "without": ["memo"]}]}
"""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from cport_desktop.crypto.recipients import parse_recipient
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.package import Given
from cport_desktop.domain.package_template import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_RECIPIENTS,
    PackageTemplate,
    TemplateShare,
)
from cport_desktop.domain.withholding import WITHHOLDABLE
from cport_desktop.errors import MalformedMessage

LARGEST_FILE: Final = 256 * 1024

_Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
_Text = Annotated[str, Meta(max_length=LONGEST_TEXT)]


class _Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: _Name
    key: Annotated[str, Meta(max_length=200)]
    media: PackageMedia
    without: Annotated[list[str], Meta(max_length=len(WITHHOLDABLE))]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["cport-package-template"]
    version: Literal[1]
    name: _Name
    title: _Text
    reason: _Text | None
    part_size: Annotated[int, Meta(ge=1)] | None
    recipients: Annotated[list[_Share], Meta(max_length=MOST_RECIPIENTS)]


def print_template(template: PackageTemplate) -> bytes:
    """A file of it, readable by people too."""
    told = _File(
        "cport-package-template",
        1,
        template.name,
        template.title,
        template.reason,
        template.part_size,
        [
            _Share(each.name, each.public, each.given.media, sorted(each.given.without))
            for each in template.shares
        ],
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def parse_template(untrusted: bytes) -> PackageTemplate:
    """The template of a file; its keys are keys, its fields are fields of reports.

    Raises:
        MalformedMessage: anything else than the form above.
        KeyFileMalformed: a key is none.
    """
    if len(untrusted) > LARGEST_FILE:
        raise MalformedMessage(where="template", cause="too long")
    try:
        told = msgspec.json.decode(untrusted, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedMessage(where="template", cause=str(error)[:200]) from error
    for text in (
        told.name,
        told.title,
        told.reason or "",
        *(each.name for each in told.recipients),
    ):
        if text != text.strip() or any(unicodedata.category(sign)[0] == "C" for sign in text):
            raise MalformedMessage(where="template", cause="a text with control characters")
    for each in told.recipients:
        parse_recipient(each.key)
        if not set(each.without) <= WITHHOLDABLE:
            raise MalformedMessage(where="template.without", cause="no field of a report")
    return PackageTemplate(
        told.name,
        told.title,
        tuple(
            TemplateShare(each.name, each.key, Given(each.media, frozenset(each.without)))
            for each in told.recipients
        ),
        told.reason,
        told.part_size,
    )
