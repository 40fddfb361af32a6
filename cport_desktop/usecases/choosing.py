"""From what a person chose to reports: for acts that take a bounded number of them, one by one."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import ChoiceUnfit
from cport_desktop.usecases.asking import asked_of
from cport_desktop.vault import reports
from cport_desktop.vault.vault import Vault


def numbers_chosen(
    vault: Vault, chosen: Chosen, *, limit: int, taxonomy: Taxonomy, now: datetime
) -> tuple[ReportId, ...]:
    """The numbers of the reports, each once; of a query's the newest first.

    Raises:
        QueryError: its text does not parse.
        ChoiceUnfit: there is none, or there are more than `limit`.
    """
    if isinstance(chosen, tuple):
        found = tuple(dict.fromkeys(chosen))
    else:
        query = asked_of(vault, chosen.text, taxonomy, now)
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
