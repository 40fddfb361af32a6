"""A notice to a recipient as JSON, for their machine, and as text, for them.

    {"schema":1,"kind":"notice","notice":"D-…","nature":"demo","madeAt":…,"agency":…,"recipient":…,
     "copies":[{"disclosure":"D-…","title":…,"leftAt":…,"fileSha256":…,"item":"HL-884179",
                "itemKind":"report","change":"withdrawn","revisionLeft":1,"revisionNow":null,
                "changedAt":…,"reason":…,"files":[{"item":"M-20417","sha256":…}]}]}

Both say the same; see `docs/formats/notice.md`. Words of hotlines are put on one line, without
anything that a terminal or a mail reader might obey.
"""

from __future__ import annotations

import json

from cport_desktop.clock import iso_utc
from cport_desktop.domain.notice import Notice, NoticedCopy
from cport_desktop.words import disclosures as words

SCHEMA = 1


def print_notice(notice: Notice) -> bytes:
    """The JSON of `notice`, indented, in ASCII."""
    fields = {
        "schema": SCHEMA,
        "kind": "notice",
        "notice": notice.notice_id,
        "nature": notice.nature.value,
        "madeAt": iso_utc(notice.made_at),
        "agency": notice.agency,
        "recipient": notice.recipient,
        "copies": [_copy(noticed) for noticed in notice.copies],
    }
    return (json.dumps(fields, indent=1) + "\n").encode("ascii")


def notice_text(notice: Notice) -> str:
    """What a person reads."""
    lines = words.notice_head(
        number=notice.notice_id,
        agency=on_one_line(notice.agency),
        recipient=on_one_line(notice.recipient),
        at=iso_utc(notice.made_at),
        count=len(notice.copies),
        is_synthetic=notice.nature.is_synthetic,
    )
    for noticed in notice.copies:
        lines += ["", *_lines(noticed)]
    return "\n".join([*lines, "", *words.NOTICE_FOOT]) + "\n"


def on_one_line(text: str) -> str:
    """`text` without control and formatting characters, and with single spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _copy(noticed: NoticedCopy) -> dict[str, object]:
    copy = noticed.copy
    return {
        "disclosure": copy.disclosure_id,
        "title": copy.title,
        "leftAt": iso_utc(copy.left_at),
        "fileSha256": noticed.sha256,
        "item": copy.reference,
        "itemKind": copy.kind,
        "change": copy.change.value,
        "revisionLeft": copy.revision_left,
        "revisionNow": copy.revision_now,
        "changedAt": iso_utc(copy.changed_at),
        "reason": copy.reason,
        "files": [{"item": file.reference, "sha256": file.sha256} for file in noticed.files],
    }


def _lines(noticed: NoticedCopy) -> list[str]:
    copy = noticed.copy
    lines = [
        words.noticed_change(
            copy.reference,
            copy.change.value,
            at=iso_utc(copy.changed_at),
            left=copy.revision_left,
            now=copy.revision_now,
        ),
        words.noticed_copy(
            on_one_line(copy.title), iso_utc(copy.left_at), copy.disclosure_id, noticed.sha256
        ),
    ]
    if copy.reason:
        lines.append(words.noticed_reason(on_one_line(copy.reason)))
    return lines + [words.noticed_file(file.reference, file.sha256) for file in noticed.files]
