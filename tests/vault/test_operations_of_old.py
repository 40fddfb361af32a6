"""Operations that an older version queued: the migration gives each its body, to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.domain.ids import ContentId
from cport_desktop.domain.operation import GiveAssessment, GiveFeedback, OperationBody
from cport_desktop.formats.operation_body import parse_body, print_body
from cport_desktop.vault import migrations
from tests.builders import NOON

TEXTS = [
    "thank you",
    "“quoted” \\ \"plain\" 'single'",
    "two\nlines\tand \x07 a bell",
    "é 漢 🙂",
    "",
]
KNOWN = migrations.known_migrations()
BEFORE = next(at for at, one in enumerate(KNOWN) if one.name == "operations")


@pytest.fixture
def old() -> Any:
    database = dbapi2.connect(":memory:", isolation_level=None)
    for migration in KNOWN[:BEFORE]:
        migrations.apply(database, migration, at=NOON)
    yield database
    database.close()


def test_what_was_said_then_is_as_if_it_was_said_now(old: Any) -> None:
    bodies: list[OperationBody] = [*map(GiveFeedback, TEXTS), GiveAssessment(ContentId(10), 1, 3)]
    for number, body in enumerate(bodies, start=1):
        given = body if isinstance(body, GiveAssessment) else None
        old.execute(
            "INSERT INTO operation (operation_id, report_id, actor, made_at, kind, content_id,"
            " classification, age, gender, feedback, state, reason, settled_at)"
            " VALUES (?, 1, 'Ada', 5, ?, ?, ?, ?, ?, ?, 'rejected', 'withdrawn', 7)",
            (
                f"o-{number}",
                "assessment" if given else "feedback",
                given.content_id if given else None,
                given.classification if given else None,
                given.age if given else None,
                None,
                body.text if isinstance(body, GiveFeedback) else None,
            ),
        )

    migrations.apply(old, KNOWN[BEFORE], at=NOON)

    kept = old.execute("SELECT body FROM operation ORDER BY sequence").fetchall()
    assert [parse_body(body) for (body,) in kept] == bodies
    assert [body for (body,) in kept] == [print_body(body) for body in bodies]
    rest = "operation_id, report_id, actor, made_at, content_id, state, reason, settled_at"
    last = old.execute(f"SELECT {rest} FROM operation ORDER BY sequence DESC").fetchone()
    assert last == ("o-6", 1, "Ada", 5, 10, "rejected", "withdrawn", 7)
    named = old.execute("SELECT report_id, sequence FROM operation_report").fetchall()
    assert named == [(1, number) for number in range(1, len(bodies) + 1)]
