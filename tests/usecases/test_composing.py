"""Who gets what of a package: variants, previews, redactions that destroy, parts, and bad ends."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity, Recipient, generate_identity
from cport_desktop.domain.agreement import Agreement, PackageMedia, Party
from cport_desktop.domain.disclosure import Outcome
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.package import ComposedPackage, Given, StepState
from cport_desktop.domain.progress import Announce, Phase, Progress, never, silent
from cport_desktop.domain.redaction import (
    FieldRedaction,
    MediaLeftOut,
    PictureRedaction,
    Rectangle,
    ReportLeftOut,
)
from cport_desktop.errors import (
    AgreementForbids,
    IdentityMismatch,
    OutputExists,
    PackageMalformed,
    PackageOvertaken,
    RedactionUnfit,
    SandboxRefused,
    SignerExpired,
    StorageFull,
    TextUnfit,
    ValueUnknown,
)
from cport_desktop.exports.split_files import list_path, open_joined, parts_there
from cport_desktop.exports.verification import verify
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.usecases.compose_package import compose_package, foresee_package
from cport_desktop.usecases.package_forecast import Forecast
from cport_desktop.usecases.package_order import SMALLEST_PART, Order
from cport_desktop.vault import audit_log, disclosures
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_clause, a_limit, an_agreement
from tests.builders import NOON, a_vault
from tests.exports.synthetic import QuickDocuments, authority, signer_of
from tests.media.samples import encoded, shapes
from tests.report_builders import (
    a_hotline,
    a_notice,
    a_report,
    an_item,
    new,
    the_taxonomy,
    told,
    withdrawn,
)
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase_wholly, receive

COURT, PARTNER = Party("Court", ("court",)), Party("Partner", ("agency",))
PICTURE, COPY, OTHER = MediaId(170), MediaId(181), MediaId(180)
WORDS = "NEUTRAL-WORDS-OF-A-MEMO"
HIDDEN = Rectangle(100, 60, 120, 90)
AUTHORITY = authority()


def a_picture() -> bytes:
    """Shapes, and noise where something will be hidden, so that its bytes are found again."""
    pixels = np.asarray(shapes().convert("RGB")).copy()
    noise = np.random.default_rng(7).integers(0, 256, (90, 120, 3), np.uint8)
    pixels[60:150, 100:220] = noise
    return encoded(Image.fromarray(pixels), "PNG")


CONTENT = a_picture()
ANOTHER = encoded(shapes().rotate(90, expand=True), "PNG")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Two reports; a picture of the first is in the second again, beside another one."""
    with a_vault(tmp_path / "vault", clock=SteppingClock(NOON)) as opened:
        first = (an_item(170, media=(a_notice(PICTURE, CONTENT),)),)
        second = (an_item(180, media=(a_notice(OTHER, ANOTHER), a_notice(COPY, CONTENT))),)
        apply(
            opened,
            told(a_hotline(12, country="NL")),
            new(a_report(17, contents=first, memo=WORDS)),
            new(a_report(18, contents=second)),
        )
        receive(opened, PICTURE, CONTENT, sides=(400, 300))
        receive(opened, OTHER, ANOTHER, sides=(300, 400))
        receive(opened, COPY, CONTENT, sides=(400, 300))
        yield opened


@pytest.fixture
def court() -> Identity:
    return generate_identity()


@pytest.fixture
def partner() -> Identity:
    return generate_identity()


def an_order(path: Path, **recipients: Identity) -> Order:
    return Order(
        choice=(ReportId(17), ReportId(18)),
        title="Synthetic series",
        recipients=[Recipient(name.title(), one.public) for name, one in recipients.items()],
        signer=signer_of(AUTHORITY),
        path=path,
    )


def composed(
    vault: Vault,
    order: Order,
    *,
    announce: Announce = silent,
    sandbox: ProcessSandbox | None = None,
) -> tuple[ComposedPackage, ...]:
    beside = {} if sandbox is None else {"sandbox": sandbox}
    return compose_package(
        vault,
        order,
        documents=QuickDocuments(resources=Path()),
        taxonomy=the_taxonomy(),
        announce=announce,
        is_cancelled=never,
        **beside,
    )


def foreseen(vault: Vault, order: Order) -> Forecast:
    return foresee_package(vault, order, taxonomy=the_taxonomy(), now=NOON)


def opened(path: Path, identity: Identity) -> dict[str, bytes]:
    """Every file of the package, by its name."""
    out = io.BytesIO()
    with open_joined(path) as sealed:
        age.open(sealed, out, [identity])
    with zipfile.ZipFile(out) as container:
        return {name: container.read(name) for name in container.namelist()}


def outcomes(vault: Vault) -> list[Outcome]:
    with vault.reader() as reader:
        return [row.outcome for row in disclosures.page(reader, limit=20).rows]


def pictures_in(files: dict[str, bytes]) -> list[bytes]:
    return [content for name, content in files.items() if name.endswith(".png")]


class TestVariants:
    def test_who_gets_other_things_gets_a_package_of_their_own(
        self, vault: Vault, tmp_path: Path, court: Identity, partner: Identity
    ) -> None:
        bind(vault, an_agreement(EVERYTHING, recipients=(COURT, PARTNER)))
        order = an_order(tmp_path / "case.age", court=court, partner=partner)
        less = Given(PackageMedia.NONE, frozenset({"memo"}))

        first, second = composed(vault, replace(order, given_to={partner.public: less}))

        assert (first.path.name, first.recipients) == ("case-1.age", ("Court",))
        assert (second.path.name, second.recipients) == ("case-2.age", ("Partner",))
        whole, words = opened(first.path, court), opened(second.path, partner)
        assert CONTENT in pictures_in(whole)
        assert not pictures_in(words)
        assert WORDS.encode() in b"".join(whole.values())
        assert WORDS.encode() not in b"".join(words.values())
        with pytest.raises(IdentityMismatch):
            opened(first.path, partner)
        assert outcomes(vault) == [Outcome.LEFT, Outcome.LEFT]

    def test_who_gets_the_same_shares_one_under_the_name_that_was_asked_for(
        self, vault: Vault, tmp_path: Path, court: Identity, partner: Identity
    ) -> None:
        bind(vault)
        (one,) = composed(vault, an_order(tmp_path / "case.age", court=court, partner=partner))
        assert one.path.name == "case.age"
        assert opened(one.path, court) == opened(one.path, partner)
        assert outcomes(vault) == [Outcome.LEFT]

    def test_what_a_clause_withholds_from_one_is_not_lost_to_the_other(
        self, vault: Vault, tmp_path: Path, court: Identity, partner: Identity
    ) -> None:
        limit = a_limit(
            "4.7", functions=("package.compose",), fields=("memo",), recipients=("class:agency",)
        )
        bind(vault, an_agreement(EVERYTHING, limit, recipients=(COURT, PARTNER)))
        first, second = composed(
            vault, an_order(tmp_path / "case.age", court=court, partner=partner)
        )
        assert WORDS.encode() in b"".join(opened(first.path, court).values())
        assert WORDS.encode() not in b"".join(opened(second.path, partner).values())

    def test_veils_go_where_veils_were_chosen_and_stand_for_their_originals(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)
        order = an_order(tmp_path / "case.age", court=court)
        (one,) = composed(vault, replace(order, given=Given(PackageMedia.VEILED)))
        files = opened(one.path, court)
        assert pictures_in(files)
        for content in pictures_in(files):
            with Image.open(io.BytesIO(content)) as image:
                assert image.mode == "L"
                assert max(image.size) <= 16
        told_of = {item["id"]: item for item in json.loads(files["media.json"])["items"]}
        assert told_of["M-170"]["derived"] == "veil"
        assert told_of["M-170"]["sha256"] == hashlib.sha256(CONTENT).hexdigest()
        with vault.reader() as reader:
            (row,) = disclosures.page(reader, limit=1).rows
            assert not [
                item
                for item in disclosures.find(reader, row.disclosure_id).items
                if item.kind == "media"
            ]


class TestThePreview:
    def test_says_for_each_what_goes_what_stays_and_by_which_clause(
        self, vault: Vault, tmp_path: Path, court: Identity, partner: Identity
    ) -> None:
        limit = a_limit("4.7", functions=("package.compose",), fields=("memo",))
        words_only = a_limit(
            "4.8",
            functions=("package.compose",),
            levels=("original",),
            recipients=("class:agency",),
        )
        bind(vault, an_agreement(EVERYTHING, limit, words_only, recipients=(COURT, PARTNER)))
        order = an_order(tmp_path / "case.age", court=court, partner=partner)

        told_of = foreseen(vault, replace(order, given=Given(without=frozenset({"fileName"}))))

        assert not told_of.is_allowed
        first, second = told_of.recipients
        assert {(out.field, out.clause, out.is_chosen) for out in first.out} == {
            ("memo", "4.7", False),
            ("fileName", None, True),
        }
        assert first.levels == tuple(PackageMedia)
        assert second.levels == (PackageMedia.NONE,)
        assert "4.8" in (second.refusal or "")
        (package,) = told_of.packages
        assert package.recipients == ("Court",)
        assert (package.reports, package.content_items) == (2, 2)
        assert (package.files, package.media_bytes) == (2, len(CONTENT) + len(ANOTHER))
        assert not list(tmp_path.glob("case*"))
        assert outcomes(vault) == []

    def test_its_size_is_near_what_is_written(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)
        order = an_order(tmp_path / "case.age", court=court)
        (package,) = foreseen(vault, order).packages
        (one,) = composed(vault, order)
        assert one.size <= package.size <= one.size + 400_000

    def test_a_veil_is_granted_with_the_original_and_can_be_granted_alone(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        grant = a_clause("4.1", "package.compose", levels=("none", "veiled"))
        bind(vault, an_agreement(a_clause("1.1", "reports.read"), grant))
        order = an_order(tmp_path / "case.age", court=court)
        (one,) = foreseen(vault, order).recipients
        assert one.levels == (PackageMedia.NONE, PackageMedia.VEILED)
        with pytest.raises(AgreementForbids):
            composed(vault, order)
        (done,) = composed(vault, replace(order, given=Given(PackageMedia.VEILED)))
        assert done.path.exists()


class TestARedaction:
    REASON = "a bystander"

    def order(self, path: Path, court: Identity) -> Order:
        return replace(
            an_order(path, court=court),
            redactions=(
                PictureRedaction(PICTURE, (HIDDEN,), self.REASON),
                FieldRedaction(ReportId(17), "memo", "names somebody"),
            ),
        )

    def test_leaves_nothing_of_what_was_removed_anywhere_in_the_package(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        bind(vault)
        (one,) = composed(vault, self.order(tmp_path / "case.age", court), sandbox=sandbox)
        files = opened(one.path, court)
        everything = b"".join(files.values())
        assert WORDS.encode() not in everything
        for digest in (hashlib.sha256(CONTENT), hashlib.md5(CONTENT), hashlib.sha1(CONTENT)):
            assert digest.hexdigest().encode() not in everything
        assert b"synthetic-170.png" not in everything
        assert CONTENT not in pictures_in(files)
        found = [
            np.asarray(Image.open(io.BytesIO(each)).convert("RGB")) for each in pictures_in(files)
        ]
        with Image.open(io.BytesIO(CONTENT)) as original:
            before = np.asarray(original.convert("RGB"))
        (redrawn,) = [each for each in found if each.shape == before.shape]
        assert not redrawn[60:150, 100:220].any()
        assert np.array_equal(redrawn[:60], before[:60])
        row = before[80, 100:220].tobytes()
        assert not [each for each in found if row in each.tobytes()]

    def test_is_listed_with_what_where_and_why_and_the_digest_of_what_goes(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        bind(vault)
        (one,) = composed(vault, self.order(tmp_path / "case.age", court), sandbox=sandbox)
        files = opened(one.path, court)
        listed = json.loads(files["package.json"])["redactions"]
        # The same picture is in the other report under another number.
        assert [(each["what"], each["how"]) for each in listed] == [
            ("M-170", "pixels"),
            ("M-181", "pixels"),
            ("HL-17", "field"),
        ]
        assert listed[0]["where"] == ["100,60 120x90"]
        assert listed[0]["reason"] == self.REASON
        digests = {hashlib.sha256(each).hexdigest() for each in pictures_in(files)}
        assert listed[0]["sha256"] in digests
        assert listed[2] == {
            "what": "HL-17",
            "how": "field",
            "where": ["memo"],
            "reason": "names somebody",
            "sha256": None,
        }
        with one.path.open("rb") as sealed:
            steps = verify(sealed, identities=[court], trust=AUTHORITY.pem).steps
        assert not [step for step in steps if step.state is StepState.FAILED]

    def test_never_touches_the_original(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        bind(vault)
        composed(vault, self.order(tmp_path / "case.age", court), sandbox=sandbox)
        with vault.reader() as reader:
            assert b"".join(vault.blobs.read(reader, PICTURE)) == CONTENT

    def test_remakes_the_veil_from_what_is_left(
        self, vault: Vault, tmp_path: Path, court: Identity, sandbox: ProcessSandbox
    ) -> None:
        bind(vault)
        order = replace(
            an_order(tmp_path / "case.age", court=court),
            given=Given(PackageMedia.VEILED),
            redactions=(PictureRedaction(PICTURE, (Rectangle(0, 0, 400, 300),), self.REASON),),
        )
        (one,) = composed(vault, order, sandbox=sandbox)
        black = []
        for content in pictures_in(opened(one.path, court)):
            with Image.open(io.BytesIO(content)) as image:
                black.append(np.unique(np.asarray(image)).tolist() == [115])
        assert any(black)

    def test_of_a_whole_item_tells_its_number_and_nothing_else(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)
        order = replace(
            an_order(tmp_path / "case.age", court=court),
            redactions=(
                MediaLeftOut(OTHER, "not needed"),
                ReportLeftOut(ReportId(17), "another inquiry"),
            ),
        )
        (one,) = composed(vault, order)
        files = opened(one.path, court)
        everything = b"".join(files.values())
        assert hashlib.sha256(ANOTHER).hexdigest().encode() not in everything
        assert WORDS.encode() not in everything
        assert "reports/HL-17.json" not in files
        (left_out,) = [item for item in json.loads(files["media.json"])["items"] if item["omitted"]]
        assert (left_out["id"], left_out["omitted"]) == ("M-180", "redacted")
        assert {each["what"] for each in json.loads(files["package.json"])["redactions"]} == {
            "M-180",
            "HL-17",
        }

    def test_that_cannot_be_done_is_refused_before_anything_is_on_record(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)
        order = an_order(tmp_path / "case.age", court=court)
        for redaction, error in (
            (PictureRedaction(MediaId(999), (HIDDEN,), "why"), RedactionUnfit),
            (FieldRedaction(ReportId(99), "memo", "why"), RedactionUnfit),
            (FieldRedaction(ReportId(17), "reportId", "why"), ValueUnknown),
            (MediaLeftOut(OTHER, "  "), TextUnfit),
        ):
            with pytest.raises(error):
                composed(vault, replace(order, redactions=(redaction,)))
        with pytest.raises(SandboxRefused):
            composed(vault, self.order(tmp_path / "case.age", court))
        assert not list(tmp_path.glob("case*"))
        assert outcomes(vault) == []


class TestParts:
    def test_are_joined_by_cat_and_opened_by_the_first(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        big = b"neutral bytes " * 250_000
        apply(vault, new(a_report(19, contents=(an_item(190, media=(a_notice(190, big),)),))))
        receive(vault, 190, big)
        bind(vault)
        (tmp_path / "out").mkdir()
        path = tmp_path / "out" / "case.age"
        order = replace(
            an_order(path, court=court), choice=(ReportId(19),), part_size=SMALLEST_PART
        )

        (one,) = composed(vault, order)

        assert one.parts == tuple(f"case.age.{n:03}" for n in range(1, len(one.parts) + 1))
        parts = parts_there(path)
        assert len(parts) == len(one.parts) >= 4
        assert {part.stat().st_size for part in parts[:-1]} == {SMALLEST_PART}
        joined = b"".join(part.read_bytes() for part in parts)
        assert hashlib.sha256(joined).hexdigest() == one.sha256
        checked = subprocess.run(
            ["sha256sum", "--check", "--strict", list_path(path).name],
            cwd=path.parent,
            check=False,
            capture_output=True,
            text=True,
        )
        assert checked.returncode == 0, checked.stderr
        for first in (path, parts[0], list_path(path)):
            assert big in opened(first, court).values()
        with open_joined(parts[0]) as sealed:
            steps = verify(sealed, identities=[court], trust=AUTHORITY.pem).steps
        assert not [step for step in steps if step.state is StepState.FAILED]
        parts[1].unlink()
        with pytest.raises(PackageMalformed):
            opened(path, court)

    def test_that_would_be_too_small_are_refused(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)
        order = an_order(tmp_path / "case.age", court=court)
        with pytest.raises(ValueUnknown):
            composed(vault, replace(order, part_size=1000))


class TestABadEnd:
    def test_a_report_that_is_withdrawn_meanwhile_stops_it(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)

        def withdraws(progress: Progress) -> None:
            if progress.phase is Phase.CHECKING:
                apply(vault, withdrawn(18))

        with pytest.raises(PackageOvertaken) as stopped:
            composed(vault, an_order(tmp_path / "case.age", court=court), announce=withdraws)
        assert stopped.value.facts["reference"] == "HL-18"
        assert not list(tmp_path.glob("case*"))
        assert outcomes(vault) == [Outcome.NOT_LEFT]

    def test_a_picture_that_is_erased_meanwhile_stops_it(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)
        done: list[object] = []

        def erases(progress: Progress) -> None:
            if progress.phase is Phase.SEALING and not done:
                done.append(erase_wholly(vault, 17, 18))

        with pytest.raises(PackageOvertaken):
            composed(vault, an_order(tmp_path / "case.age", court=court), announce=erases)
        assert not list(tmp_path.glob("case*"))
        assert outcomes(vault) == [Outcome.NOT_LEFT]

    @pytest.mark.parametrize("part_size", [None, SMALLEST_PART])
    def test_a_full_drive_leaves_nothing_and_the_packages_that_were_written(
        self,
        vault: Vault,
        tmp_path: Path,
        court: Identity,
        partner: Identity,
        part_size: int | None,
    ) -> None:
        bind(vault)
        order = an_order(tmp_path / "case.age", court=court, partner=partner)
        less = Given(PackageMedia.NONE)
        order = replace(order, given_to={partner.public: less}, part_size=part_size)
        checked = []

        def fills_up(progress: Progress) -> None:
            if progress.phase is Phase.CHECKING and progress.done == 0:
                checked.append(progress)
            if len(checked) == 2:
                raise StorageFull(where="drive")

        with pytest.raises(StorageFull):
            composed(vault, order, announce=fills_up)
        assert {path.name.partition(".")[0] for path in tmp_path.glob("case*")} == {"case-1"}
        assert outcomes(vault) == [Outcome.NOT_LEFT, Outcome.LEFT]

        with pytest.raises(OutputExists):
            composed(vault, order)
        kept, made = composed(vault, replace(order, resumes=True))
        assert (kept.was_there, made.was_there) == (True, False)
        assert made.path.name == "case-2.age"
        assert outcomes(vault)[0] is Outcome.LEFT

    def test_the_log_says_who_signed(self, vault: Vault, tmp_path: Path, court: Identity) -> None:
        bind(vault)
        order = an_order(tmp_path / "case.age", court=court)
        composed(vault, order)
        with vault.reader() as reader:
            entries = audit_log.page(reader, limit=50).rows
        (entry,) = [each.draft for each in entries if each.draft.verb == "compose"]
        assert dict(entry.payload)["signer"] == order.signer.name

    def test_an_older_package_of_the_same_title_is_never_taken_for_the_one_that_was_ordered(
        self, vault: Vault, tmp_path: Path, court: Identity, partner: Identity
    ) -> None:
        bind(vault)
        path = tmp_path / "case.age"
        (older,) = composed(vault, an_order(path, court=court))
        ordered = an_order(path, court=court)
        for other in (
            an_order(path, partner=partner),
            replace(ordered, choice=(ReportId(17),)),
            replace(ordered, reason="another request"),
            replace(ordered, given=Given(PackageMedia.NONE)),
        ):
            with pytest.raises(OutputExists):
                composed(vault, replace(other, resumes=True))
        (again,) = composed(vault, replace(ordered, resumes=True))
        assert (again.was_there, again.sha256) == (True, older.sha256)

    def test_what_stands_there_and_is_no_package_of_ours_is_never_taken_for_one(
        self, vault: Vault, tmp_path: Path, court: Identity
    ) -> None:
        bind(vault)
        path = tmp_path / "case.age"
        path.write_bytes(b"something else")
        with pytest.raises(OutputExists):
            composed(vault, replace(an_order(path, court=court), resumes=True))
        assert path.read_bytes() == b"something else"


def test_an_agreement_that_only_lets_words_go_says_so(vault: Vault, tmp_path: Path) -> None:
    agreement: Agreement = an_agreement(
        a_clause("1.1", "reports.read"), a_clause("4.1", "package.compose", levels=("none",))
    )
    bind(vault, agreement)
    identity = generate_identity()
    (one,) = foreseen(vault, an_order(tmp_path / "case.age", court=identity)).recipients
    assert one.levels == (PackageMedia.NONE,)
    assert one.refusal is not None


def test_an_expired_signer_is_told_before_anything_is_recorded(
    vault: Vault, tmp_path: Path, court: Identity
) -> None:
    bind(vault)
    before = outcomes(vault)
    old = signer_of(AUTHORITY, valid_until=NOON - timedelta(minutes=1))
    order = replace(an_order(tmp_path / "p.age", court=court), signer=old)
    with pytest.raises(SignerExpired):
        composed(vault, order)
    assert outcomes(vault) == before
    assert list(tmp_path.glob("p.age*")) == []
