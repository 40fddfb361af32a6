"""What the register has of a package that leaves."""

from __future__ import annotations

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.disclosure import (
    DisclosedItem,
    Disclosure,
    DisclosureKind,
    media_item,
    report_item,
)
from cport_desktop.domain.disclosure import Recipient as Holder
from cport_desktop.usecases.package_order import Order
from cport_desktop.usecases.package_writing import Departure


def departure_entry(order: Order, departure: Departure) -> Disclosure:
    """For the register: which reports in which revision, with which of their files."""
    chosen = departure.chosen
    goes = departure.variant.media is PackageMedia.ORIGINAL
    sha256 = {each.media_id: each.digests.sha256 for each in chosen.media if goes and each.digests}
    items: list[DisclosedItem] = []
    for dossier in chosen.dossiers:
        report = dossier.report
        items.append(report_item(report.report_id, report.revision))
        items += [
            media_item(item.media_id, sha256[item.media_id], within=report.report_id)
            for item in dossier.media
            if item.media_id in sha256
        ]
    return Disclosure(
        disclosure_id=departure.disclosure_id,
        kind=DisclosureKind.PACKAGE,
        title=order.title,
        recipients=tuple(Holder(one.name, one.public) for one in departure.variant.recipients),
        items=tuple(items),
        clause=departure.variant.clause,
        reason=order.reason,
    )
