"""Bundles that were cut, changed, forged or never were any: each is named, and nothing is applied."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import socket
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Literal

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.crypto.key_wrapping import WrappingPair, pair_of
from cport_desktop.demo.courier_desk import CourierDesk, Terms
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.batch import START, Position
from cport_desktop.domain.courier import BundleId, Heading, Manifest, Member, MemberKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import (
    BundleMalformed,
    BundleOfPortal,
    BundleOfStation,
    BundleSealedElsewhere,
    BundleUnexpected,
    CportError,
    DigestMismatch,
    DriveAbsent,
    MalformedMessage,
    MessageNewer,
    MessageTooLarge,
    NatureRefused,
    PartDamaged,
    PartsMissing,
    PartsMixed,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats import portal_messages
from cport_desktop.formats.bundle_manifest import print_manifest
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.sync import courier
from cport_desktop.sync.bundle_reader import Members, OpenedBundle, envelope_length
from cport_desktop.sync.bundle_writer import Parcel, write_bundle
from cport_desktop.usecases.enrol import Introduction, enrol
from cport_desktop.usecases.receive_by_courier import Reception, receive_by_courier
from cport_desktop.usecases.send_by_courier import Dispatch, send_by_courier
from cport_desktop.vault import bond, inspection
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault

UNTIL = datetime(2026, 11, 1, 12, tzinfo=UTC)

STRANGER = message_keys.generate_ed25519()


@dataclass(frozen=True)
class HostileGround:
    """A vault that is enrolled with a gateway of three reports, and has heard nothing yet."""

    vault: Vault
    gateway: Gateway
    stick: Path
    sandbox: RefusingSandbox
    start: Position = START


class Forge:
    """Makes bundles with the keys of the portal, or with others."""

    def __init__(self, ground: HostileGround) -> None:
        self.ground = ground
        with ground.vault.reader() as reader:
            enrolment = bond.load(reader)
        assert enrolment is not None
        self.enrolment: Enrolment = enrolment
        self.own: WrappingPair = pair_of(enrolment.sealing_private_key)
        self._number = 0

    def path(self) -> Path:
        self._number += 1
        return self.ground.stick / f"forged-{self._number}"

    def honest(self) -> Path:
        """The portal's answer to a bundle of this vault, without files."""
        out, back = self.path(), self.path()
        send_by_courier(self.ground.vault, Dispatch(out, None, 0, silent, never))
        CourierDesk(self.ground.gateway).answer([out], back, Terms(silent, never))
        return back

    def manifest(self, members: Sequence[tuple[Member, bytes]] = ()) -> Manifest:
        answer = self.enrolment.answer
        return Manifest(
            bundle=BundleId("0f" * 16),
            heading=Heading.STATION,
            portal=answer.portal,
            station=answer.station,
            nature=Nature.DEMO,
            sequence=1,
            previous=None,
            issued_at=self.ground.gateway.clock.now(),
            position=None,
            answers=1,
            members=tuple(member for member, _ in members),
        )

    def bundle(
        self,
        manifest: Manifest,
        contents: Sequence[bytes] = (),
        *,
        sign: message_keys.Sign | None = None,
        recipient: bytes | None = None,
        heading: Heading = Heading.STATION,
        envelope: bytes | None = None,
        length: bytes | None = None,
        part_size: int | None = None,
    ) -> tuple[Path, ...]:
        signed = envelope or portal_messages.seal(
            print_manifest(manifest), sign or self.ground.gateway.sign
        )
        head = (envelope_length(signed) if length is None else length) + signed
        parcel = Parcel(
            heading=heading,
            bundle=manifest.bundle,
            recipient=recipient or self.own.public,
            plain=chain([head], (content for content in contents if content)),
            size=len(head) + sum(map(len, contents)),
            part_size=part_size,
        )
        return write_bundle(self.path(), parcel, announce=silent, is_cancelled=never)

    def read(self, *paths: Path) -> Manifest:
        """What is asked of a bundle before anything of it is applied, without a vault."""
        answer = self.enrolment.answer
        with OpenedBundle(paths, self.own, Heading.STATION) as bundle:
            manifest = courier.accept_manifest(
                portal_messages.unseal(bundle.envelope, answer.portal_key),
                heading=Heading.STATION,
                portal=answer.portal,
                station=answer.station,
                nature=answer.nature,
            )
            Members(bundle, manifest).verify(announce=silent, is_cancelled=never)
        return manifest

    def receive(self, *paths: Path) -> None:
        ground = self.ground
        receive_by_courier(ground.vault, Reception(paths, ground.sandbox, silent, never))


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileGround]:
    folder = tmp_path_factory.mktemp("ground")
    (folder / "stick").mkdir()
    clock = SteppingClock(UNTIL)
    gateway = Gateway(
        folder / "gateway",
        scenario=Scenario(7, 3, UNTIL, pictures=4),
        pictures=Pictures(folder / "pictures", seed=7),
        clock=clock,
    )
    with closing(gateway), a_vault(folder / "vault", clock=clock) as vault:
        introduction = Introduction(
            portal_url="https://127.0.0.1:8443",
            authority=gateway.identity.transport_authority.certificate,
            code=gateway.identity.enrolment_code,
            station_name="Test station",
            agency="Example Agency",
        )
        enrol(vault, DemoTransport(gateway), introduction)
        yield HostileGround(vault, gateway, folder / "stick", RefusingSandbox())


@pytest.fixture(scope="module")
def forge(ground: HostileGround) -> Forge:
    return Forge(ground)


@pytest.fixture
def unchanged(ground: HostileGround) -> Iterator[None]:
    """Whatever the test brings, the vault is as it was."""

    def state() -> str:
        with ground.vault.reader() as reader:
            return inspection.digest(reader)

    before = state()
    yield
    assert state() == before


def member(content: bytes, kind: MemberKind = MemberKind.RECEIPTS, **more: object) -> Member:
    digest = hashlib.sha256(content).hexdigest()
    return Member(kind.value, len(content), digest, **more)  # type: ignore[arg-type]


def refused(forge: Forge, *paths: Path) -> CportError:
    with pytest.raises(UntrustedData) as caught:
        forge.receive(*paths)
    return caught.value


def test_an_honest_bundle_is_read(forge: Forge) -> None:
    manifest = forge.read(forge.honest())
    kinds = [each.kind for each in manifest.members]
    assert kinds[:2] == ["batch", "standing"]
    assert "anchored" in kinds


@pytest.mark.usefixtures("unchanged")
def test_every_truncation_is_named(forge: Forge) -> None:
    whole = forge.honest().read_bytes()
    target = forge.path()
    target.write_bytes(whole)
    with target.open("r+b") as file:
        for length in reversed(range(len(whole))):
            file.truncate(length)
            with pytest.raises(UntrustedData):
                forge.read(target)


@pytest.mark.usefixtures("unchanged")
def test_every_changed_byte_is_named(forge: Forge) -> None:
    whole = forge.honest().read_bytes()
    target = forge.path()
    target.write_bytes(whole)
    with target.open("r+b", buffering=0) as file:
        for at, byte in enumerate(whole):
            os.pwrite(file.fileno(), bytes([byte ^ (1 << at % 8)]), at)
            with pytest.raises(UntrustedData):
                forge.read(target)
            os.pwrite(file.fileno(), bytes([byte]), at)
    assert forge.read(target)


@pytest.mark.usefixtures("unchanged")
def test_what_was_cut_or_changed_is_not_taken_in(forge: Forge) -> None:
    whole = forge.honest().read_bytes()
    for at in range(0, len(whole), len(whole) // 60):
        target = forge.path()
        target.write_bytes(whole[:at])
        refused(forge, target)
        target.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        refused(forge, target)


@pytest.mark.usefixtures("unchanged")
def test_bytes_behind_the_end_are_no_part_of_it(forge: Forge) -> None:
    target = forge.path()
    target.write_bytes(forge.honest().read_bytes() + b"\0")

    assert isinstance(refused(forge, target), PartDamaged)


def archive_names() -> list[str]:
    return ["../../evil", "/etc/evil", "..\\..\\evil", "C:\\evil", "nul", "a:stream", "DUP", "dup"]


def zip_of_everything() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive_names():
            made.writestr(name, "synthetic")
        made.writestr("bomb", bytes(10_000_000))
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("dup", "again")
    return kept.getvalue()


def tar_of_everything(mode: Literal["w:", "w:gz", "w:xz"]) -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode=mode) as made:
        for name in archive_names():
            made.addfile(tarfile.TarInfo(name))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo("link")
            entry.type, entry.linkname = kind, "/etc/passwd"
            made.addfile(entry)
    return kept.getvalue()


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zip_of_everything, id="zip"),
        pytest.param(lambda: tar_of_everything("w:"), id="tar"),
        pytest.param(lambda: tar_of_everything("w:gz"), id="tar.gz"),
        pytest.param(lambda: tar_of_everything("w:xz"), id="tar.xz"),
        pytest.param(lambda: b"", id="empty"),
        pytest.param(lambda: bytes(4096), id="zeros"),
        pytest.param(lambda: b"age-encryption.org/v1\n" + bytes(200), id="age"),
        pytest.param(lambda: b"cport-message-v2\n" + bytes(200), id="message"),
        pytest.param(lambda: b"\xff" * 4096, id="rubbish"),
    ],
)
def test_what_is_no_bundle_is_refused_by_its_first_bytes(
    forge: Forge, content: object, tmp_path: Path
) -> None:
    target = forge.path()
    target.write_bytes(content())  # type: ignore[operator]
    before = sorted(tmp_path.rglob("*"))

    error = refused(forge, target)

    assert isinstance(error, BundleMalformed)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("unchanged")
def test_a_bundle_of_a_later_version_says_so(forge: Forge) -> None:
    target = forge.path()
    target.write_bytes(b"cport-bundle-v2 " + bytes(200))

    assert isinstance(refused(forge, target), MessageNewer)


@pytest.mark.usefixtures("unchanged")
def test_what_never_ends_or_waits_is_no_bundle(forge: Forge) -> None:
    pipe, bound = forge.path(), forge.path()
    os.mkfifo(pipe)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(bound))
    link = forge.path()
    link.symlink_to("/dev/zero")
    for path in (Path("/dev/zero"), pipe, link, forge.ground.stick):
        assert isinstance(refused(forge, path), BundleMalformed)
    with pytest.raises(CportError):
        forge.receive(bound)
    listening.close()


@pytest.mark.usefixtures("unchanged")
def test_a_huge_file_that_begins_like_one_is_not_read(forge: Forge) -> None:
    target = forge.path()
    target.write_bytes(forge.honest().read_bytes()[:2000])
    with target.open("r+b") as file:
        file.truncate(1 << 40)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert isinstance(refused(forge, target), PartDamaged)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("by", [-1, 1, 1 << 39])
def test_a_manifest_that_lies_about_sizes_is_refused(forge: Forge, by: int) -> None:
    content = b"synthetic" * 100
    honest = member(content)
    lie = replace(honest, size=honest.size + by)
    (path,) = forge.bundle(forge.manifest([(lie, content)]), [content])

    assert isinstance(refused(forge, path), BundleMalformed)


@pytest.mark.usefixtures("unchanged")
def test_a_manifest_that_lies_about_digests_is_refused(forge: Forge) -> None:
    content = b"synthetic" * 100
    lie = replace(member(content), sha256="0" * 64)
    (path,) = forge.bundle(forge.manifest([(lie, content)]), [content])

    assert isinstance(refused(forge, path), DigestMismatch)


@pytest.mark.usefixtures("unchanged")
def test_members_of_another_bundle_are_refused(forge: Forge) -> None:
    first, second = b"one" * 50, b"two" * 50
    listed = forge.manifest([(member(first), first)])
    (path,) = forge.bundle(listed, [second])

    assert isinstance(refused(forge, path), DigestMismatch)


@pytest.mark.usefixtures("unchanged")
def test_members_in_another_order_are_refused(forge: Forge) -> None:
    contents = [b"one" * 50, b"two" * 50]
    listed = forge.manifest([(member(content), content) for content in contents])
    (path,) = forge.bundle(listed, contents[::-1])

    assert isinstance(refused(forge, path), DigestMismatch)


@pytest.mark.usefixtures("unchanged")
def test_nothing_is_applied_if_the_last_member_is_another(forge: Forge) -> None:
    batch, _ = next(
        iter(
            forge.ground.gateway.waiting(
                forge.enrolment.answer.station, forge.ground.start, limit=16
            )
        )
    )
    rubbish = b"rubbish"
    good = member(batch, MemberKind.BATCH, sequence=1)
    bad = replace(member(rubbish), sha256="0" * 64)
    (path,) = forge.bundle(forge.manifest([(good, batch), (bad, rubbish)]), [batch, rubbish])

    assert isinstance(refused(forge, path), DigestMismatch)


@pytest.mark.usefixtures("unchanged")
def test_a_bundle_sealed_to_us_and_signed_by_another_is_refused(forge: Forge) -> None:
    sign = message_keys.signing_with(STRANGER.private)
    (path,) = forge.bundle(forge.manifest(), sign=sign)

    assert isinstance(refused(forge, path), SignatureInvalid)


@pytest.mark.usefixtures("unchanged")
def test_a_bundle_by_us_to_ourselves_is_refused(forge: Forge) -> None:
    ours = message_keys.signing_with(forge.enrolment.station_private_key)
    (path,) = forge.bundle(forge.manifest(), sign=ours)

    assert isinstance(refused(forge, path), SignatureInvalid)


@pytest.mark.usefixtures("unchanged")
def test_our_own_bundle_on_its_way_out_is_no_answer(forge: Forge) -> None:
    path = forge.path()
    send_by_courier(forge.ground.vault, Dispatch(path, None, 0, silent, never))

    error = refused(forge, path)

    assert isinstance(error, BundleUnexpected)
    assert error.facts == {"found": "portal"}


@pytest.mark.usefixtures("unchanged")
def test_a_bundle_sealed_to_another_is_named(forge: Forge) -> None:
    other = key_wrapping.generate_pair().public
    (path,) = forge.bundle(forge.manifest(), recipient=other)

    assert isinstance(refused(forge, path), BundleSealedElsewhere)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"station": StationId("station-other")}, BundleOfStation),
        ({"portal": PortalId("portal-other")}, BundleOfPortal),
        ({"heading": Heading.PORTAL}, BundleMalformed),
    ],
)
def test_a_manifest_of_somebody_else_is_named(
    forge: Forge, change: dict[str, object], kind: type[UntrustedData]
) -> None:
    manifest = replace(forge.manifest(), **change)  # type: ignore[arg-type]
    (path,) = forge.bundle(manifest)

    assert isinstance(refused(forge, path), kind)


@pytest.mark.usefixtures("unchanged")
def test_a_manifest_under_another_header_is_refused(forge: Forge) -> None:
    envelope = portal_messages.seal(print_manifest(forge.manifest()), forge.ground.gateway.sign)
    other = replace(forge.manifest(), bundle=BundleId("f0" * 16))
    (path,) = forge.bundle(other, envelope=envelope)

    assert isinstance(refused(forge, path), BundleMalformed)


@pytest.mark.usefixtures("unchanged")
def test_live_and_demo_never_meet_in_a_bundle(forge: Forge) -> None:
    (path,) = forge.bundle(replace(forge.manifest(), nature=Nature.LIVE))

    with pytest.raises(NatureRefused):
        forge.receive(path)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("length", [0, 1 << 62, (1 << 64) - 1, 9 * 1024 * 1024])
def test_a_manifest_of_an_impossible_length_is_refused(forge: Forge, length: int) -> None:
    (path,) = forge.bundle(forge.manifest(), length=length.to_bytes(8, "big"))

    assert isinstance(refused(forge, path), BundleMalformed)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"{", MalformedMessage),
        (b"[" * 100_000, MalformedMessage),
        (b'{"schema":2,"kind":"batch"}', MalformedMessage),
        (b'{"schema":2,"kind":"bundle"}', MalformedMessage),
        (b'{"schema":9,"kind":"bundle"}', MessageNewer),
        (b'{"schema":2,"kind":"bundle","kind":"bundle"}', MalformedMessage),
        (b'{"schema":2,"kind":"bundle","x":"' + b"a" * 9_000_000 + b'"}', MessageTooLarge),
    ],
)
def test_a_signed_manifest_that_is_none_is_refused(
    forge: Forge, payload: bytes, kind: type[UntrustedData]
) -> None:
    envelope = portal_messages.seal(payload, forge.ground.gateway.sign)
    (path,) = forge.bundle(forge.manifest(), envelope=envelope)

    assert isinstance(refused(forge, path), kind)


@pytest.mark.usefixtures("unchanged")
def test_a_member_that_is_no_message_is_kept_aside(forge: Forge) -> None:
    content = b"synthetic rubbish"
    listed = forge.manifest([(member(content), content)])
    (path,) = forge.bundle(listed, [content])

    refused(forge, path)


@pytest.mark.usefixtures("unchanged")
def test_a_file_that_nobody_announced_is_passed_over(forge: Forge) -> None:
    content = b"synthetic file"
    listed = member(content, MemberKind.MEDIA, media=MediaId(999_999))
    (path,) = forge.bundle(forge.manifest([(listed, content)]), [content])

    forge.receive(path)


@pytest.mark.usefixtures("unchanged")
def test_a_member_of_a_later_version_is_passed_over(forge: Forge) -> None:
    content = b"something new"
    listed = replace(member(content), kind="somethingNew")
    (path,) = forge.bundle(forge.manifest([(listed, content)]), [content])

    ground = forge.ground
    received = receive_by_courier(ground.vault, Reception([path], ground.sandbox, silent, never))

    assert received.passed_over == 1


@pytest.mark.usefixtures("unchanged")
def test_parts_that_make_no_whole_are_named(forge: Forge) -> None:
    content = bytes(range(256)) * 800
    listed = replace(member(content), kind="somethingNew")
    one = forge.bundle(forge.manifest([(listed, content)]), [content], part_size=66_000)
    two = forge.bundle(forge.manifest([(listed, content)]), [content], part_size=66_000)
    assert len(one) == 4

    with pytest.raises(PartsMissing) as missing:
        forge.receive(one[3], one[0])
    assert missing.value.facts == {"missing": "2, 3", "parts": 4}
    assert isinstance(refused(forge, *one, one[1]), PartsMixed)
    assert isinstance(refused(forge, *one[:3], two[3]), PartsMixed)
    damaged = forge.path()
    whole = one[1].read_bytes()
    damaged.write_bytes(whole[:40_000] + b"\0" + whole[40_001:])
    error = refused(forge, one[0], damaged, *one[2:])
    assert isinstance(error, PartDamaged)
    assert error.facts == {"path": str(damaged), "part": 2, "parts": 4}
    with pytest.raises(DriveAbsent):
        forge.receive(*one[:3], forge.ground.stick / "nothing")


def test_the_gateway_takes_no_bundle_that_the_station_has_not_signed(forge: Forge) -> None:
    ground = forge.ground
    manifest = replace(forge.manifest(), heading=Heading.PORTAL, answers=None)
    (path,) = forge.bundle(
        manifest,
        sign=message_keys.signing_with(STRANGER.private),
        recipient=ground.gateway.identity.sealing.public,
        heading=Heading.PORTAL,
    )

    with pytest.raises(SignatureInvalid):
        CourierDesk(ground.gateway).answer([path], forge.path(), Terms(silent, never))


def test_the_gateway_takes_no_bundle_of_who_was_shut_out(forge: Forge) -> None:
    ground = forge.ground
    path = forge.path()
    send_by_courier(ground.vault, Dispatch(path, None, 0, silent, never))
    ground.gateway.revoke(forge.enrolment.answer.station)

    with pytest.raises(CportError) as caught:
        CourierDesk(ground.gateway).answer([path], forge.path(), Terms(silent, never))

    assert caught.value.code == "road.access_revoked"
