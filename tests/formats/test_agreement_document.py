"""The agreement as a document: whole after a round trip, checkable by hand, never wider by surprise."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto import message_keys
from cport_desktop.domain.agreement import Agreement, Function, SignedAgreement
from cport_desktop.domain.agreement_reading import Obstacle, Question, Verdict, explain
from cport_desktop.errors import MalformedMessage, MessageTooLarge, SignatureInvalid
from cport_desktop.formats.agreement_document import (
    LONGEST_AGREEMENT,
    parse_agreement,
    parse_agreement_file,
    print_agreement,
    print_agreement_file,
    print_signed_agreement,
    require_signed_by,
    signed_agreement_from_sound,
)
from tests.agreement_builders import a_clause, an_agreement, signed
from tests.builders import NOON
from tests.exports.peers import needs
from tests.formats import strategies as some

WRITTEN = Path(__file__).resolve().parents[2] / "docs" / "formats" / "agreement.md"


@given(some.agreements)
def test_what_is_printed_is_read_again(made: Agreement) -> None:
    assert parse_agreement(print_agreement(made)) == made


@given(some.signed_agreements)
def test_it_is_the_same_in_a_message_and_in_a_file(made: SignedAgreement) -> None:
    assert signed_agreement_from_sound(print_signed_agreement(made), "$") == made
    assert parse_agreement_file(print_agreement_file(made)) == made


@given(st.binary(max_size=200))
def test_rubbish_is_named(rubbish: bytes) -> None:
    for read in (parse_agreement, parse_agreement_file):
        with pytest.raises((MalformedMessage, MessageTooLarge)):
            read(rubbish)


def test_what_is_too_long_is_not_read() -> None:
    with pytest.raises(MessageTooLarge):
        parse_agreement(b" " * (LONGEST_AGREEMENT + 1))


def test_a_key_that_is_there_twice_is_refused() -> None:
    twice = print_agreement(an_agreement()).replace(b'"revision":1', b'"revision":1,"revision":2')

    with pytest.raises(MalformedMessage):
        parse_agreement(twice)


class TestASignature:
    PORTAL = message_keys.generate_ed25519()

    def test_holds_for_the_portal_that_made_it_and_no_other(self) -> None:
        made = signed(an_agreement(), self.PORTAL)

        require_signed_by(made, self.PORTAL.public)
        with pytest.raises(SignatureInvalid):
            require_signed_by(made, message_keys.generate_ed25519().public)

    def test_covers_every_byte(self) -> None:
        made = signed(an_agreement(), self.PORTAL)
        for at in range(0, len(made.document), 37):
            other = bytearray(made.document)
            other[at] ^= 1
            with pytest.raises(SignatureInvalid):
                require_signed_by(
                    SignedAgreement(made.agreement, bytes(other), made.signature),
                    self.PORTAL.public,
                )

    def test_is_not_that_of_another_kind_of_message(self) -> None:
        document = print_agreement(an_agreement())
        elsewhere = message_keys.sign(self.PORTAL.private, document)

        with pytest.raises(SignatureInvalid):
            require_signed_by(
                SignedAgreement(an_agreement(), document, elsewhere), self.PORTAL.public
            )


class TestMembersOfALaterVersion:
    def read(self, change: dict[str, object], *, into: str) -> Verdict:
        tree = json.loads(print_agreement(an_agreement(a_clause("1", "package.compose"))))
        place = {
            "document": tree,
            "clause": tree["clauses"][0],
            "grant": tree["clauses"][0]["grants"][0],
        }[into]
        place.update(change)
        made = parse_agreement(json.dumps(tree).encode())
        self.unknown = made.unknown
        return explain(made, Question(Function.PACKAGE_COMPOSE), at=NOON)

    @pytest.mark.parametrize("into", ["grant", "clause"])
    def test_make_a_grant_void(self, into: str) -> None:
        verdict = self.read({"onlyOnSundays": True}, into=into)

        assert [f.obstacle for f in verdict.findings] == [Obstacle.NOT_UNDERSTOOD]

    def test_of_the_document_are_named_and_restrict_nothing(self) -> None:
        assert self.read({"annex": "synthetic"}, into="document").is_allowed
        assert self.unknown == ("annex",)

    def test_of_a_limit_leave_the_rest_of_it_in_force(self) -> None:
        tree = json.loads(print_agreement(an_agreement(a_clause("1", "package.compose"))))
        limit = {"functions": ["package.compose"], "onlyOnSundays": True}
        tree["clauses"].append({"number": "2", "text": "Later.", "limits": [limit]})
        made = parse_agreement(json.dumps(tree).encode())

        verdict = explain(made, Question(Function.PACKAGE_COMPOSE), at=NOON)

        assert verdict.limited_by == ("2",)


class TestTheWrittenExample:
    @pytest.fixture
    def written(self) -> str:
        return WRITTEN.read_text(encoding="utf-8")

    def blocks(self, written: str) -> tuple[str, str]:
        pem, file = re.findall(r"```\n(.*?)\n```", written, re.DOTALL)
        return pem, file

    def test_is_signed_by_the_key_that_is_beside_it(self, written: str) -> None:
        pem, file = self.blocks(written)
        raw = serialization.load_pem_public_key(pem.encode()).public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )

        require_signed_by(parse_agreement_file(file.encode()), raw)

    def test_is_checked_by_hand_as_it_says(self, written: str, tmp_path: Path) -> None:
        needs("openssl")
        pem, file = self.blocks(written)
        (tmp_path / "portal.pem").write_text(pem + "\n")
        (tmp_path / "agreement.txt").write_text(file)
        commands = "\n".join(re.findall(r"^ {4}(\S.*)$", written, re.MULTILINE))

        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        (tmp_path / "agreement.txt").write_text(file.replace("looks", "look").replace("NL", "BE"))
        forged = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip

        assert done.returncode == 0, done.stderr
        assert forged.returncode != 0

    def test_answers_as_its_table_says(self, written: str) -> None:
        made = parse_agreement_file(self.blocks(written)[1].encode()).agreement
        table = re.findall(
            r"^\| `([a-z_.]+)` \| (.*?) \| (yes|no) \| (\S+) \|$", written, re.MULTILINE
        )
        assert len(table) == 8
        for function, particulars, answer, clause in table:
            stated = dict(re.findall(r"(\w+): `([^`]+)`", particulars))
            question = Question(
                Function(function),
                recipient=stated.get("recipient"),
                level=stated.get("level"),
                fields=(stated["fields"],) if "fields" in stated else (),
                originators=(stated["originators"],) if "originators" in stated else (),
            )
            verdict = explain(made, question, at=datetime(2026, 7, 1, tzinfo=UTC))
            named = {
                *verdict.granted_by,
                *verdict.limited_by,
                *(number for finding in verdict.findings for number in finding.clauses),
            }
            assert verdict.is_allowed is (answer == "yes"), (function, particulars)
            assert clause in named or clause == "–"

    def test_names_every_function(self, written: str) -> None:
        assert " ".join(function.value for function in Function) in written
