"""Redactions and templates as files; what a report's document tells of a redacted file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto.recipients import generate_identity
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.package import Given
from cport_desktop.domain.package_template import PackageTemplate, TemplateShare
from cport_desktop.domain.redaction import (
    FieldRedaction,
    MediaLeftOut,
    PictureRedaction,
    Rectangle,
    ReportLeftOut,
)
from cport_desktop.domain.withholding import WITHHOLDABLE
from cport_desktop.errors import (
    CportError,
    KeyFileMalformed,
    MalformedMessage,
    RedactionsUnreadable,
)
from cport_desktop.formats.package_template_file import parse_template, print_template
from cport_desktop.formats.redacted_document import document_redacted
from cport_desktop.formats.redaction_file import LARGEST_FILE, parse_redactions
from cport_desktop.words import redactions as words

KEY = generate_identity().public
HEAD = {"format": "cport-redactions", "version": 1}


def told(*lines: dict[str, object]) -> bytes:
    return json.dumps({**HEAD, "redactions": lines}).encode()


def test_every_kind_of_redaction_is_read() -> None:
    found = parse_redactions(
        told(
            {"media": "M-12", "rectangles": [[40, 30, 100, 50]], "reason": "a bystander"},
            {"media": "M-13", "reason": "labels"},
            {"media": "M-14", "leave_out": True, "reason": "not needed"},
            {"report": "HL-3", "field": "memo", "reason": "a name"},
            {"report": "HL-4", "leave_out": True, "reason": "elsewhere"},
        )
    )
    assert found == (
        PictureRedaction(MediaId(12), (Rectangle(40, 30, 100, 50),), "a bystander"),
        PictureRedaction(MediaId(13), (), "labels"),
        MediaLeftOut(MediaId(14), "not needed"),
        FieldRedaction(ReportId(3), "memo", "a name"),
        ReportLeftOut(ReportId(4), "elsewhere"),
    )


@pytest.mark.parametrize(
    ("content", "where", "cause"),
    [
        (b'{"format": "cport-redactions",\n "version": 1,\n x}', "line 3", words.NOT_JSON),
        (b"", "line 1", words.NOT_JSON),
        (b'{"format": "other", "version": 1}', "format", words.WRONG_VALUE),
        (told({"media": "M-12"}), "redactions[0].reason", words.MEMBER_MISSING),
        (
            told({"media": "M-1", "reason": "why"}, {"reason": "why", "x": 1}),
            "redactions[1]",
            words.UNKNOWN_MEMBER,
        ),
        (
            told({"media": "M-1", "rectangles": [[0, 0, 5, 5], [0, 0, 0, 5]], "reason": "why"}),
            "redactions[0].rectangles[1]",
            words.WRONG_RECTANGLE,
        ),
        (told({"media": "HL-1", "reason": "why"}), "redactions[0]", words.NEITHER),
        (b" " * (LARGEST_FILE + 1), words.THE_WHOLE, words.TOO_LONG),
    ],
)
def test_what_is_wrong_with_a_file_of_redactions_is_told_with_its_place(
    content: bytes, where: str, cause: str
) -> None:
    with pytest.raises(RedactionsUnreadable) as refused:
        parse_redactions(content)
    assert refused.value.facts == {"where": where, "cause": cause}


@pytest.mark.parametrize(
    "line",
    [
        {"media": "M-12"},
        {"media": "M-12", "reason": ""},
        {"media": "HL-12", "reason": "why"},
        {"report": "HL-3", "reason": "why"},
        {"media": "M-1", "report": "HL-3", "field": "memo", "reason": "why"},
        {"media": "M-1", "rectangles": [[0, 0, 0, 5]], "reason": "why"},
        {"media": "M-1", "rectangles": [[0, 0, 5]], "reason": "why"},
        {"media": "M-1", "rectangles": [[-1, 0, 5, 5]], "reason": "why"},
        {"media": "M-1", "rectangles": [[65535, 0, 5, 5]], "reason": "why"},
        {"media": "M-1", "rectangles": [[0, 0, 5, 5]] * 33, "reason": "why"},
        {"media": "M-1", "leave_out": True, "rectangles": [[0, 0, 5, 5]], "reason": "why"},
        {"media": "M-1", "reason": "why", "more": 1},
    ],
)
def test_what_is_no_redaction_is_malformed(line: dict[str, object]) -> None:
    with pytest.raises(RedactionsUnreadable):
        parse_redactions(told(line))


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_malformed(content: bytes) -> None:
    for parse in (parse_redactions, parse_template):
        with pytest.raises(CportError):
            parse(content)


NAMES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40)
SHARES = st.builds(
    TemplateShare,
    NAMES,
    st.just(KEY),
    st.builds(
        Given, st.sampled_from(PackageMedia), st.frozensets(st.sampled_from(sorted(WITHHOLDABLE)))
    ),
)


@given(
    st.builds(
        PackageTemplate,
        NAMES,
        NAMES,
        st.lists(SHARES, max_size=4).map(tuple),
        st.none() | NAMES,
        st.none() | st.integers(1, 2**40),
    )
)
def test_a_template_survives_its_file(template: PackageTemplate) -> None:
    assert parse_template(print_template(template)) == template


def test_a_template_with_what_is_no_key_or_no_field_is_refused() -> None:
    sound = json.loads(
        print_template(PackageTemplate("Court", "Title", (TemplateShare("Court", KEY),)))
    )
    sound["recipients"][0]["key"] = "age1nothing"
    with pytest.raises(KeyFileMalformed):
        parse_template(json.dumps(sound).encode())
    sound["recipients"][0] |= {"key": KEY, "without": ["reportId"]}
    with pytest.raises(MalformedMessage):
        parse_template(json.dumps(sound).encode())


def test_of_a_redacted_file_a_document_tells_its_number_alone() -> None:
    document = (
        b'{"reportId":1, "later":[{"mediaId":5,"sha256":"aa","x":{"mediaId":6}}],'
        b'"media":[{"mediaId":6,"sha256":"bb","fileName":"n"}]}'
    )
    assert document_redacted(document, {MediaId(7)}) == document
    assert json.loads(document_redacted(document, {MediaId(5)})) == {
        "reportId": 1,
        "later": [{"mediaId": 5}],
        "media": [{"mediaId": 6, "sha256": "bb", "fileName": "n"}],
    }
