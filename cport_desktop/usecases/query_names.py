"""What may be typed into a query because this vault has a name for it."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.query import Field
from cport_desktop.domain.query_completion import Named
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.withhold import is_askable
from cport_desktop.vault import query_names
from cport_desktop.vault.vault import Vault


def names_for_queries(vault: Vault) -> Mapping[Field, tuple[Named, ...]]:
    """For each field whose values have names here, these names; none of what the agreement withholds.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        found = query_names.names(reader)
    return {field: named for field, named in found.items() if is_askable(field, allowed)}
