"""From what a person chose to reports: for acts that take a bounded number of them, one by one."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import ChoiceUnfit
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.asking import asked_of
from cport_desktop.usecases.permission import require_one_of
from cport_desktop.usecases.withhold import without_asking
from cport_desktop.vault import reports
from cport_desktop.vault.vault import Vault


def numbers_chosen(
    vault: Vault, chosen: Chosen, *, limit: int, taxonomy: Taxonomy, now: datetime
) -> tuple[ReportId, ...]:
    """The numbers of the reports, each once; of a query's the newest first.

    Raises:
        RoleMissing: the analyst has neither the role “analyst” nor “exporter”.
        AgreementForbids: the agreement does not let reports be read, or withholds a field that is asked for.
        QueryError: its text does not parse.
        ChoiceUnfit: there is none, or there are more than `limit`.
    """
    require_one_of(vault, Role.ANALYST, Role.EXPORTER)
    if isinstance(chosen, tuple):
        found = tuple(dict.fromkeys(chosen))
    else:
        allowed = require_allowed(vault, Function.REPORTS_READ)
        query = without_asking(asked_of(vault, chosen.text, taxonomy, now), allowed)
        with vault.reader() as reader:
            most = limit + len(chosen.without) + 1
            numbers = reports.matching(reader, query, limit=most)
            found = tuple(number for number in numbers if number not in chosen.without)
            if len(found) > limit:
                counted = reports.count(reader, query) - len(chosen.without)
                raise ChoiceUnfit(count=counted, limit=limit)
    if not 1 <= len(found) <= limit:
        raise ChoiceUnfit(count=len(found), limit=limit)
    return found
