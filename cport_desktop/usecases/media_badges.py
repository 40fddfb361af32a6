"""What the items of a page wear: what lists say of each, and how large its stack is.

Two queries whatever the length of the page, nothing is opened, and so nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.vault import hits, stack_sizes
from cport_desktop.vault.vault import Vault


def badges_of(vault: Vault, media_ids: Sequence[MediaId]) -> dict[MediaId, Badge]:
    """Those of these items of which there is anything to say.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        known = hits.known_of(reader, media_ids)
        sizes = stack_sizes.sizes_of(reader, media_ids)
    return {
        media_id: Badge(known.get(media_id), sizes.get(media_id, 1))
        for media_id in {*known, *sizes}
    }
