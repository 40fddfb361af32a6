"""From the text of a query to what is asked here and now: by whom, and by the rules of which unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cport_desktop.domain import query_language
from cport_desktop.domain.query import (
    Between,
    Field,
    Is,
    IsState,
    Query,
    all_of,
    leaves,
    with_instead,
)
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.vault import unit_rules
from cport_desktop.vault.vault import Vault

_OVERDUE = IsState(Is.OVERDUE)


def asked_of(vault: Vault, text: str, taxonomy: Taxonomy, now: datetime) -> Query:
    """What `text` asks, by the analyst who opened the vault and by the rules of their unit: overdue is
    what was assigned longer ago than they allow, and is undecided.

    Raises:
        QueryError: if the text does not parse.
    """
    query = query_language.parse(text, taxonomy=taxonomy, now=now)
    if _OVERDUE in leaves(query):
        with vault.reader() as reader:
            days = unit_rules.load(reader).work.overdue_after
        late = Between(Field.ASSIGNED_ON, None, now - timedelta(days=days))
        query = with_instead(query, _OVERDUE, all_of([IsState(Is.UNDECIDED), late]))
    return replace(query, asker=vault.analyst.analyst_id)
