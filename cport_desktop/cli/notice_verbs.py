"""`cport notice provider`: drafts for another channel."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.session import Session, report_id
from cport_desktop.domain.ids import ContentId
from cport_desktop.domain.provider_notice import XarfClass, XarfCodes
from cport_desktop.errors import InputUnreadable, ValueUnknown
from cport_desktop.formats.xarf import load_codes
from cport_desktop.usecases.notify_provider import NoticeOrder, draft_provider_notice
from cport_desktop.words import provider_notices as words


def provider(session: Session) -> Answer:
    """`cport notice provider REF --contact MAIL --out FILE [--classification CODE]`."""
    options = session.options
    content = options.text("content")
    order = NoticeOrder(
        report_id=report_id(options.required("ref")),
        path=options.needed_path("out"),
        contact=options.required("contact"),
        content_id=None if content is None else ContentId(int(content)),
        recipient=options.text("recipient"),
        classification=_class(options.text("classification")),
        reason=options.text("reason"),
    )
    own = options.path("codes")
    codes = _codes(session.workstation.settings.xarf_codes if own is None else own)
    with session.vault() as vault:
        drafted = draft_provider_notice(vault, order, codes)
    notice = drafted.notice
    fields: dict[str, Json] = {
        "notice": drafted.disclosure_id,
        "file": str(drafted.path.absolute()),
        "sha256": drafted.sha256,
        "recipient": drafted.recipient,
        "clause": drafted.clause,
        "report_id": notice.notice_id,
        "classification": notice.classification.value,
        "classification_chosen": drafted.is_chosen,
        "detection_method": notice.detection.value,
        "source_identifier": notice.source,
    }
    lines = [words.drafted(str(drafted.path), drafted.recipient), words.DRAFT]
    return Answer(fields, "\n".join(lines + ([words.CHOSEN] if drafted.is_chosen else [])))


def _class(text: str | None) -> XarfClass | None:
    if text is None:
        return None
    if text not in set(XarfClass):
        accepted = ", ".join(one.value for one in XarfClass)
        raise ValueUnknown(what="classification", value=text, accepted=accepted)
    return XarfClass(text)


def _codes(path: Path) -> XarfCodes:
    try:
        return load_codes(path)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "") from error
