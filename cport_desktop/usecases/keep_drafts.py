"""Keep what an analyst is typing and where their window stands, and give it back to them.

No act and no entry in the log: who wrote what is told when it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cport_desktop.domain.draft import DraftContent, DraftPlace, place_named
from cport_desktop.formats.draft_record import parse_draft, print_draft
from cport_desktop.vault.drafts import end_within
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


def keep_draft(
    vault: Vault, place: DraftPlace, content: DraftContent | None, *, now: datetime
) -> None:
    """This is what lies at `place` from now on, durably; None: nothing does.

    Raises:
        StorageFull, VaultDamaged: the disk; what lay there before still does.
    """
    if content is None:
        vault.drafts.end(place.name)
    else:
        vault.drafts.keep(place.name, print_draft(content), at=now)


def end_with_act(vault: Vault, tx: Transaction, draft: DraftPlace | None) -> None:
    """What lay at `draft` has come to its end with the act that it became, once the transaction commits."""
    if draft is not None:
        end_within(tx.connection, vault.analyst.analyst_id, draft.name)


def drafts(vault: Vault) -> Mapping[DraftPlace, DraftContent]:
    """All that the analyst who opened the vault left unfinished."""
    found: dict[DraftPlace, DraftContent] = {}
    for name, stored in vault.drafts.load().items():
        place = place_named(name)
        content = None if place is None else parse_draft(place.kind, stored)
        if place is not None and content is not None:
            found[place] = content
    return found
