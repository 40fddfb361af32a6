"""The few members of a report's JSON that its traits are made of, read without the others.

For documents that the vault keeps, and so parsed whole when they came: reading all of one takes
twenty times as long.
"""

from __future__ import annotations

import msgspec

from cport_desktop.domain.traits import Told
from cport_desktop.errors import MalformedMessage


class _Organization(msgspec.Struct, rename="camel", gc=False):
    autonomous_system_number: int | None = None


class _Url(msgspec.Struct, rename="camel", gc=False):
    url_string: str
    hosting_organization: _Organization | None = None


class _Content(msgspec.Struct, gc=False):
    url: _Url


class _Report(msgspec.Struct, rename="camel", gc=False):
    report_contents: list[_Content]
    referrer_url: str | None = None
    source_url_site_type: int | None = None
    source_url_payment_methods: list[int] | None = None


def told_of(untrusted_document: bytes) -> Told:
    """What the traits of this report are made of.

    Raises:
        MalformedMessage: it is no report.
    """
    try:
        read = msgspec.json.decode(untrusted_document, type=_Report)
    except msgspec.DecodeError as error:
        raise MalformedMessage(where="report", cause="not a report") from error
    return Told(
        referrer=read.referrer_url,
        site_type=read.source_url_site_type,
        payment_methods=tuple(read.source_url_payment_methods or ()),
        places=tuple(
            (content.url.url_string, _system(content.url)) for content in read.report_contents
        ),
    )


def _system(url: _Url) -> int | None:
    organization = url.hosting_organization
    return None if organization is None else organization.autonomous_system_number
