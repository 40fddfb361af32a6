"""The bond of an open vault with its portal, as the window asks for it."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.pending_enrolment import PendingEnrolment
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.errors import KeyFileMalformed
from cport_desktop.ui.enrolment_lines import (
    BondLine,
    EnrolmentStanding,
    NetworkOrder,
    RequestLine,
    RequestOrder,
)
from cport_desktop.usecases import enrol, manage_links, overview
from cport_desktop.vault.vault import Vault

_LARGEST_AUTHORITY = 65_536
"""Bytes; an honest one has two thousand."""


class Bonds:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def standing(self) -> EnrolmentStanding:
        known = overview.enrolment_of(self._vault)
        request = None
        if ROLE_FOR["enrol"] in self._vault.roles:
            request = enrol.pending_enrolment(self._vault)
        return EnrolmentStanding(
            bond=None if known is None else _bond(known),
            request=None if request is None else _request(request),
        )

    def request(self, order: RequestOrder) -> None:
        who = order.introduction
        enrol.request_enrolment(
            self._vault,
            order.path,
            enrol.Caller(who.code, who.station, who.agency, who.confirmed),
            is_replacing=order.is_replacing,
            is_renewal=self._is_enrolled(),
        )

    def answer(self, path: Path, url: str) -> str:
        bond, _ = enrol.accept_answer(self._vault, path, portal_url=url)
        return bond.answer.portal_name

    def enrol(self, order: NetworkOrder) -> str:
        authority = _authority(order.authority)
        transport = self._workstation.first_road(order.url, authority, self._proxy())
        who = order.introduction
        try:
            bond, _ = enrol.enrol(
                self._vault,
                transport,
                enrol.Introduction(
                    portal_url=order.url,
                    authority=authority,
                    code=who.code,
                    station_name=who.station,
                    agency=who.agency,
                    confirmed=who.confirmed,
                ),
                is_renewal=self._is_enrolled(),
            )
        finally:
            transport.close()
        return bond.answer.portal_name

    def set_address(self, url: str) -> None:
        enrol.set_address(self._vault, url)

    def _proxy(self) -> str | None:
        """That of the link in use, for those who may know it."""
        if ROLE_FOR["sync"] not in self._vault.roles:
            return None
        return manage_links.link_in_use(self._vault).proxy

    def _is_enrolled(self) -> bool:
        return overview.enrolment_of(self._vault) is not None


def _authority(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(_LARGEST_AUTHORITY)
    except OSError as error:
        raise KeyFileMalformed(what=path.name) from error


def _bond(known: Enrolment) -> BondLine:
    return BondLine(
        portal=known.answer.portal_name,
        station=known.answer.station,
        agency=known.answer.agreement.agency,
        since=known.enrolled_at,
        has_address=bool(known.portal_url),
        has_stick=known.knows_both_roads,
    )


def _request(pending: PendingEnrolment) -> RequestLine:
    asked = pending.request
    return RequestLine(pending.made_at, asked.station_name, asked.agency, pending.confirmed)
