"""The links of the chain that a bundle brings, taken in as far as they join what is here.

1. A link that was applied already is passed over.
2. The next one is applied, in a transaction of its own.
3. In a bundle that begins behind us a link may not join: since the bundle was sent for, the station was
   told the same in other batches by the other road. The rest of the chain is passed over then; the next
   exchange goes on from here. What else the bundle holds is taken in.
4. The portal's word that nothing waits is passed over if it was heard later by the other road.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cport_desktop.domain.batch import Position
from cport_desktop.domain.courier import Member, MemberKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.formats import portal_messages
from cport_desktop.sync import courier, exchange
from cport_desktop.sync.courier import Turn
from cport_desktop.sync.exchange import Place
from cport_desktop.usecases.take_in import COURIER, Tally, take_in
from cport_desktop.vault import replica
from cport_desktop.vault.vault import Vault


class CarriedStream:
    """Takes the links of one bundle, in their order. `was_heard`: one of them was news."""

    def __init__(self, vault: Vault, enrolment: Enrolment) -> None:
        self.was_heard = False
        self._vault = vault
        self._enrolment = enrolment
        self._began_behind = False
        self._is_elsewhere = False

    def take_in(self, member: Member, message: Callable[[], bytes], *, tally: Tally) -> Tally:
        """`tally` after the link that `member` lists; `message` reads it, if it is needed.

        Raises:
            RoleMissing, UntrustedData: as `usecases.take_in`.
            RoadError: as `message`.
        """
        with self._vault.reader() as reader:
            state = replica.stream(reader)
        if self._is_elsewhere:
            return tally
        if courier.turn_of(member, state.position) is Turn.PASSED:
            self._began_behind = True
            return tally
        link = message()
        if self._began_behind and not self._joins(member, link, state.position):
            self._is_elsewhere = True
            return tally
        if member.kind == MemberKind.STANDING and not self._is_news(link, state.heard_at):
            return tally
        _, tally = take_in(self._vault, self._enrolment, link, road=COURIER, tally=tally)
        self.was_heard = True
        return tally

    def _joins(self, member: Member, link: bytes, position: Position) -> bool:
        payload = portal_messages.unseal(link, self._enrolment.answer.portal_key)
        if member.kind == MemberKind.STANDING:
            return portal_messages.parse_standing(payload).digest == position.digest
        batch = exchange.parse_batch(payload, enrolment=self._enrolment)
        return exchange.place_of(batch, position) is not Place.ELSEWHERE

    def _is_news(self, standing: bytes, heard_at: datetime | None) -> bool:
        if heard_at is None:
            return True
        payload = portal_messages.unseal(standing, self._enrolment.answer.portal_key)
        return portal_messages.parse_standing(payload).issued_at > heard_at
