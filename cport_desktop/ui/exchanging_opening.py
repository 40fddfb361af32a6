"""Fills `ui.exchanging.Exchanging` from the workstation and an open vault: each intention is one
use case, its answer in the window's terms. What they do stands in the rooms beside this one.
"""

from __future__ import annotations

from collections.abc import Callable

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.progress import IsCancelled
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.ui.exchanging import (
    Agreements,
    Departures,
    Enrolling,
    Exchanging,
    Links,
    Outbox,
    Stick,
    Transfers,
)
from cport_desktop.ui.exchanging_agreement import WhatIsAllowed
from cport_desktop.ui.exchanging_colleagues import Colleagues, FromColleagues
from cport_desktop.ui.exchanging_departures import WhatLeft
from cport_desktop.ui.exchanging_enrolment import Bonds
from cport_desktop.ui.exchanging_outbox import Operations
from cport_desktop.ui.exchanging_roads import Roads
from cport_desktop.vault.vault import Vault


def exchanging_of(
    workstation: Workstation,
    vault: Vault,
    *,
    decoders: Callable[[], Sandbox],
    or_locked: Callable[[IsCancelled], IsCancelled],
) -> Exchanging:
    """All that may be asked about the exchange of one open vault, from any lane."""
    operations = Operations(workstation, vault)
    roads = Roads(vault, decoders, or_locked)
    allowed = WhatIsAllowed(vault)
    bonds = Bonds(workstation, vault)
    left = WhatLeft(workstation, vault)
    colleagues = FromColleagues(workstation, vault, decoders, or_locked)
    return Exchanging(
        history=roads.history,
        outbox=Outbox(
            page=operations.page,
            revise=operations.revise,
            send_again=operations.send_again,
            set_aside=operations.set_aside,
        ),
        stick=Stick(
            standing=roads.standing,
            carry_out=roads.carry_out,
            bring_in=roads.bring_in,
        ),
        transfers=Transfers(
            page=roads.transfers,
            tally=roads.tally,
            ask_first=roads.ask_first,
            pause=roads.pause,
            resume=roads.resume,
            retry=roads.retry,
            cancel=roads.cancel,
        ),
        links=Links(
            listed=roads.links,
            keep=roads.keep_link,
            use=roads.use_link,
            remove=roads.remove_link,
        ),
        agreements=Agreements(
            shown=allowed.shown,
            functions=allowed.functions,
            may=allowed.may,
            rehearse=allowed.rehearse,
            accept=allowed.accept,
            allowed=allowed.allowed,
            mark=allowed.mark,
            export=allowed.export,
        ),
        enrolling=Enrolling(
            standing=bonds.standing,
            request=bonds.request,
            answer=bonds.answer,
            enrol=bonds.enrol,
            set_address=bonds.set_address,
        ),
        departures=Departures(
            sought=left.sought,
            who=left.who,
            copies_of=left.copies_of,
            shown=left.shown,
            received=left.received,
            take_receipt=left.take_receipt,
            draft=left.draft,
            affected=left.affected,
            notify=left.notify,
            settle=left.settle,
        ),
        colleagues=Colleagues(
            page=colleagues.page,
            look=colleagues.look,
            take_in=colleagues.take_in,
            receipt=colleagues.receipt,
            origins=colleagues.origins,
        ),
    )
