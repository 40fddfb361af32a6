"""A colleague's agency: packages of synthetic reports with pictures of shapes, signed by its authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.package import PackageContent
from cport_desktop.domain.progress import IsCancelled, never, silent
from cport_desktop.domain.report import Report
from cport_desktop.domain.rows import Dossier
from cport_desktop.formats.report_message import print_report
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.usecases.import_package import Looker, Parcel
from tests.exports.synthetic import (
    Authority,
    Sealed,
    authority,
    dossier,
    media_item,
    package_content,
    packaged,
    sealed,
)
from tests.media.samples import encoded, shapes

FIRST = 700_001
"""Reports of the colleague's are numbered from here; no gateway of the tests gives such numbers."""


def a_picture(seed: int) -> bytes:
    return encoded(shapes(64, 48, seed=seed), "PNG")


def of_colleague(count: int = 3) -> tuple[tuple[Dossier, bytes], ...]:
    """Reports with a picture each, as the portal told them to the colleague."""
    made = []
    for number in range(FIRST, FIRST + count):
        picture = a_picture(number)
        made.append((_told(dossier(number, [media_item(number * 10, picture, number)])), picture))
    return tuple(made)


def report_of(number: int = FIRST) -> Report:
    """The report as the portal tells it, to whomever."""
    return next(one.report for one, _ in of_colleague(3) if one.report.report_id == number)


def in_revision(told: Dossier, revision: int) -> Dossier:
    return _told(replace(told, report=replace(told.report, revision=revision)))


def a_package(
    folder: Path,
    told: Sequence[tuple[Dossier, bytes]] | None = None,
    *,
    nature: Nature = Nature.DEMO,
    without: Sequence[int] = (),
    issuer: Authority | None = None,
    signer: Signer | None = None,
) -> tuple[Path, Sealed]:
    """The file, and all that is needed to check it. `without`: reports whose pictures stay out."""
    told = of_colleague() if told is None else told
    content: PackageContent = replace(
        package_content(nature=nature),
        reports=tuple(one for one, _ in told),
        media=tuple(
            packaged(one.media[0].media_id, picture)
            for one, picture in told
            if one.report.report_id not in without
        ),
        omitted_media=tuple(
            (one.media[0].media_id, "not chosen")
            for one, _ in told
            if one.report.report_id in without
        ),
    )
    made = sealed(content, issuer=issuer or authority(), signer=signer)
    path = folder / "from-colleague.age"
    path.write_bytes(made.blob)
    return path, made


def parcel_of(made: tuple[Path, Sealed], *, case: int | None = None) -> Parcel:
    path, package = made
    return Parcel(path, [package.identity], package.authority.pem, case)


def a_looker(sandbox: Sandbox, is_cancelled: IsCancelled = never) -> Looker:
    return Looker(sandbox, silent, is_cancelled)


def _told(made: Dossier) -> Dossier:
    return replace(made, document=print_report(made.report))


NUMBERS = tuple(ReportId(number) for number in range(FIRST, FIRST + 3))
