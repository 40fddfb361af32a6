"""Redactions that are kept: done in every package, undone in one by intent alone, gone with the content."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity, Recipient, generate_identity
from cport_desktop.domain.audit import AuditEntry
from cport_desktop.domain.draft import DraftKind, DraftPlace, RedactionFields, Typed
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.kept_redaction import Burned, FileRedaction, RedactionWay
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.redaction import MediaLeftOut, PictureRedaction, Rectangle
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    ActTooLarge,
    OutputExists,
    PurposeMissing,
    RedactionUnfit,
    RoleMissing,
    TextUnfit,
    UnknownReference,
)
from cport_desktop.exports.split_files import open_joined
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.usecases import keep_drafts, keep_redactions
from cport_desktop.usecases.compose_package import compose_package, foresee_package
from cport_desktop.usecases.package_forecast import Forecast
from cport_desktop.usecases.package_order import Order
from cport_desktop.vault import audit_log
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault
from tests.exports.synthetic import QuickDocuments, authority, signer_of
from tests.media.samples import encoded, shapes
from tests.report_builders import a_hotline, a_notice, a_report, an_item, new, the_taxonomy, told
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase_wholly, receive

PICTURE, COPY, OTHER = MediaId(170), MediaId(181), MediaId(180)
CONTENT = encoded(shapes(), "PNG")
ANOTHER = encoded(shapes().rotate(90, expand=True), "PNG")
LEFT, RIGHT = Rectangle(10, 20, 40, 30), Rectangle(200, 100, 60, 60)
TWO = FileRedaction(
    RedactionWay.PIXELS, (Burned(LEFT, "a bystander"), Burned(RIGHT, "a number plate"))
)
AUTHORITY = authority()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Two reports; a picture of the first is in the second again, beside another one."""
    with a_vault(tmp_path / "vault", clock=SteppingClock(NOON)) as opened:
        first = (an_item(170, media=(a_notice(PICTURE, CONTENT),)),)
        second = (an_item(180, media=(a_notice(OTHER, ANOTHER), a_notice(COPY, CONTENT))),)
        apply(
            opened,
            told(a_hotline(12, country="NL")),
            new(a_report(17, contents=first)),
            new(a_report(18, contents=second)),
        )
        receive(opened, PICTURE, CONTENT, sides=(400, 300))
        receive(opened, OTHER, ANOTHER, sides=(300, 400))
        receive(opened, COPY, CONTENT, sides=(400, 300))
        bind(opened)
        yield opened


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    made = ProcessSandbox()
    yield made
    made.close()


@pytest.fixture
def court() -> Identity:
    return generate_identity()


def an_order(path: Path, court: Identity) -> Order:
    return Order(
        choice=(ReportId(17), ReportId(18)),
        title="Synthetic series",
        recipients=[Recipient("Court", court.public)],
        signer=signer_of(AUTHORITY),
        path=path,
    )


def files_of(
    vault: Vault, order: Order, sandbox: ProcessSandbox, court: Identity
) -> dict[str, bytes]:
    (one,) = compose_package(
        vault,
        order,
        documents=QuickDocuments(resources=Path()),
        taxonomy=the_taxonomy(),
        announce=silent,
        is_cancelled=never,
        sandbox=sandbox,
    )
    out = io.BytesIO()
    with open_joined(one.path) as sealed:
        age.open(sealed, out, [court])
    with zipfile.ZipFile(out) as container:
        return {name: container.read(name) for name in container.namelist()}


def foreseen(vault: Vault, order: Order) -> Forecast:
    return foresee_package(vault, order, taxonomy=the_taxonomy(), now=NOON)


def log_of(vault: Vault) -> list[AuditEntry]:
    with vault.reader() as reader:
        return list(audit_log.page(reader, limit=100, oldest_first=True).rows)


def entries(vault: Vault, verb: str) -> list[AuditEntry]:
    return [each for each in log_of(vault) if each.draft.verb == verb]


class TestKeeping:
    def test_it_stands_for_the_content_whichever_item_has_it(self, vault: Vault) -> None:
        kept, _ = keep_redactions.keep_redaction(vault, PICTURE, TWO)
        assert kept.media == (PICTURE, COPY)
        assert keep_redactions.redaction_of(vault, COPY) == kept
        assert keep_redactions.redaction_of(vault, OTHER) is None
        assert keep_redactions.list_redactions(vault) == (kept,)

    def test_it_takes_the_place_of_what_was_and_each_act_is_on_record(self, vault: Vault) -> None:
        keep_redactions.keep_redaction(vault, PICTURE, TWO)
        left_out = FileRedaction(RedactionWay.LEFT_OUT, reason="not  needed ")
        kept, _ = keep_redactions.keep_redaction(vault, COPY, left_out)
        assert kept.redaction == FileRedaction(RedactionWay.LEFT_OUT, reason="not needed")
        with pytest.raises(PurposeMissing):
            keep_redactions.remove_redaction(vault, PICTURE, reason=" ")
        keep_redactions.remove_redaction(vault, PICTURE, reason="ordered by the court")
        assert keep_redactions.list_redactions(vault) == ()
        drawn, _ = entries(vault, "keep_redaction")
        assert drawn.draft.reason == "a bystander; a number plate"
        assert ("where", "10,20 40x30; 200,100 60x60") in drawn.draft.payload
        (removed,) = entries(vault, "remove_redaction")
        assert removed.draft.reason == "ordered by the court"
        with pytest.raises(UnknownReference):
            keep_redactions.remove_redaction(vault, PICTURE, reason="again")

    @pytest.mark.parametrize(
        ("redaction", "error"),
        [
            (FileRedaction(RedactionWay.PIXELS), ActTooLarge),
            (FileRedaction(RedactionWay.PIXELS, (Burned(LEFT, ""),)), PurposeMissing),
            (FileRedaction(RedactionWay.PIXELS, (Burned(LEFT, "x" * 501),)), TextUnfit),
            (FileRedaction(RedactionWay.METADATA), PurposeMissing),
            (
                FileRedaction(RedactionWay.PIXELS, (Burned(Rectangle(400, 0, 5, 5), "why"),)),
                RedactionUnfit,
            ),
            (
                FileRedaction(
                    RedactionWay.PIXELS,
                    tuple(Burned(Rectangle(at, 0, 5, 5), "why") for at in range(33)),
                ),
                ActTooLarge,
            ),
        ],
    )
    def test_what_cannot_be_kept_leaves_what_was(
        self, vault: Vault, redaction: FileRedaction, error: type[Exception]
    ) -> None:
        kept, _ = keep_redactions.keep_redaction(vault, PICTURE, TWO)
        with pytest.raises(error):
            keep_redactions.keep_redaction(vault, PICTURE, redaction)
        assert keep_redactions.list_redactions(vault) == (kept,)

    def test_who_only_exports_sees_it_and_changes_nothing(self, vault: Vault) -> None:
        kept, _ = keep_redactions.keep_redaction(vault, PICTURE, TWO)
        vault._analyst = replace(vault.analyst, roles=frozenset({Role.EXPORTER}))
        assert keep_redactions.list_redactions(vault) == (kept,)
        with pytest.raises(RoleMissing):
            keep_redactions.keep_redaction(vault, PICTURE, TWO)
        with pytest.raises(RoleMissing):
            keep_redactions.remove_redaction(vault, PICTURE, reason="why")
        vault._analyst = replace(vault.analyst, roles=frozenset({Role.AUDITOR}))
        with pytest.raises(RoleMissing):
            keep_redactions.list_redactions(vault)

    def test_the_draft_that_it_was_ends_with_it(self, vault: Vault) -> None:
        place = DraftPlace(DraftKind.NOTE, media=PICTURE)
        keep_drafts.keep_draft(vault, place, Typed("words"), now=NOON)
        keep_redactions.keep_redaction(vault, PICTURE, TWO, draft=place)
        assert place not in keep_drafts.drafts(vault)


class TestErasing:
    def test_it_goes_with_the_last_report_that_announced_the_content(self, vault: Vault) -> None:
        keep_redactions.keep_redaction(vault, PICTURE, TWO)
        erase_wholly(vault, 17, name="E-1")
        (kept,) = keep_redactions.list_redactions(vault)
        assert kept.media == (COPY,)
        erase_wholly(vault, 18, name="E-2")
        assert keep_redactions.list_redactions(vault) == ()
        with vault.reader() as reader:
            assert not reader.connection.execute("SELECT * FROM kept_place").fetchall()

    def test_what_somebody_was_drawing_over_it_goes_with_the_item(self, vault: Vault) -> None:
        place = DraftPlace(DraftKind.REDACTION, media=PICTURE)
        drawn = RedactionFields("pixels", ((1, 2, 3, 4, "a bystander"),))
        keep_drafts.keep_draft(vault, place, drawn, now=NOON)
        assert keep_drafts.drafts(vault)[place] == drawn
        erase_wholly(vault, 17, name="E-1")
        assert place not in keep_drafts.drafts(vault)


class TestComposing:
    def test_what_is_kept_is_burned_in_and_listed_with_each_reason(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        keep_redactions.keep_redaction(vault, COPY, TWO)
        order = an_order(tmp_path / "case.age", court)
        (here,) = foreseen(vault, order).kept
        assert (here.media_id, here.redaction, here.is_done) == (PICTURE, TWO, True)
        files = files_of(vault, order, sandbox, court)
        listed = json.loads(files["package.json"])["redactions"]
        assert {(each["what"], *each["where"], each["reason"]) for each in listed} == {
            (reference, where, reason)
            for reference in ("M-170", "M-181")
            for where, reason in (
                ("10,20 40x30", "a bystander"),
                ("200,100 60x60", "a number plate"),
            )
        }
        pictures = [each for name, each in files.items() if name.endswith(".png")]
        assert CONTENT not in pictures
        expected = np.asarray(shapes().convert("RGB")).copy()
        expected[20:50, 10:50] = 0
        expected[100:160, 200:260] = 0
        (drawn,) = [
            found
            for found in (
                np.asarray(Image.open(io.BytesIO(one)).convert("RGB")) for one in pictures
            )
            if found.shape == expected.shape
        ]
        assert np.array_equal(drawn, expected)

    def test_it_goes_as_it_is_by_intent_alone_and_that_is_on_record(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        keep_redactions.keep_redaction(vault, PICTURE, TWO)
        order = replace(an_order(tmp_path / "case.age", court), unredacted=frozenset({COPY}))
        with pytest.raises(PurposeMissing):
            foreseen(vault, order)
        with pytest.raises(PurposeMissing):
            files_of(vault, order, sandbox, court)
        stated = replace(order, reason="the court wants all of it")
        (here,) = foreseen(vault, stated).kept
        assert not here.is_done
        files = files_of(vault, stated, sandbox, court)
        assert CONTENT in files.values()
        assert json.loads(files["package.json"])["redactions"] == []
        (entry,) = entries(vault, "pack_unredacted")
        assert entry.draft.object_reference == "M-170"
        assert (entry.draft.reason, entry.draft.recipient) == ("the court wants all of it", "Court")

    def test_an_item_of_which_nothing_is_kept_cannot_be_named_as_one_that_goes_as_it_is(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        keep_redactions.keep_redaction(vault, PICTURE, TWO)
        for media in (OTHER, MediaId(999)):
            order = replace(
                an_order(tmp_path / "case.age", court), unredacted=frozenset({media}), reason="why"
            )
            with pytest.raises(RedactionUnfit):
                foreseen(vault, order)

    def test_the_orders_own_are_added_and_what_is_left_out_is_not_drawn(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        keep_redactions.keep_redaction(vault, PICTURE, TWO)
        order = an_order(tmp_path / "case.age", court)
        more = PictureRedaction(COPY, (Rectangle(0, 0, 5, 5),), "a label")
        listed = foreseen(vault, replace(order, redactions=(more,))).redactions
        assert [each.reason for each in listed if each.what == "M-170"] == [
            "a label",
            "a bystander",
            "a number plate",
        ]
        listed = foreseen(vault, replace(order, redactions=(MediaLeftOut(COPY, "no"),))).redactions
        assert {(each.what, each.how) for each in listed} == {
            ("M-170", "left_out"),
            ("M-181", "left_out"),
        }

    def test_more_rectangles_than_one_picture_takes_are_refused_though_they_come_from_two_sides(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        keep_redactions.keep_redaction(vault, PICTURE, TWO)
        many = tuple(Rectangle(at, 0, 5, 5) for at in range(31))
        order = replace(
            an_order(tmp_path / "case.age", court),
            redactions=(PictureRedaction(PICTURE, many, "why"),),
        )
        with pytest.raises(ActTooLarge):
            foreseen(vault, order)

    def test_a_rectangle_beside_the_picture_is_refused_for_it_would_hide_nothing(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        beside = PictureRedaction(PICTURE, (Rectangle(0, 300, 5, 5),), "why")
        order = replace(an_order(tmp_path / "case.age", court), redactions=(beside,))
        with pytest.raises(RedactionUnfit) as refused:
            foreseen(vault, order)
        assert "400 × 300" in str(refused.value.facts["cause"])

    def test_an_order_that_is_resumed_does_not_take_the_package_without_it_for_its_own(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        order = an_order(tmp_path / "case.age", court)
        assert CONTENT in files_of(vault, order, sandbox, court).values()
        keep_redactions.keep_redaction(vault, PICTURE, TWO)
        with pytest.raises(OutputExists):
            files_of(vault, replace(order, resumes=True), sandbox, court)

    def test_a_file_that_is_left_out_tells_nothing_though_it_is_not_here_yet(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        wanted, content = MediaId(190), b"of which nothing is here yet"
        apply(
            vault, new(a_report(19, contents=(an_item(190, media=(a_notice(wanted, content),)),)))
        )
        left_out = FileRedaction(RedactionWay.LEFT_OUT, reason="not needed")
        keep_redactions.keep_redaction(vault, wanted, left_out)
        order = replace(an_order(tmp_path / "case.age", court), choice=(ReportId(19),))
        (listed,) = foreseen(vault, order).redactions
        assert (listed.what, listed.how) == ("M-190", "left_out")
        everything = b"".join(files_of(vault, order, sandbox, court).values())
        assert hashlib.sha256(content).hexdigest().encode() not in everything
