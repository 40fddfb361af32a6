"""List content items of reports: the URLs that were looked into, each with what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from cport_desktop.domain.content_row import ContentRow
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.search_reports import LONGEST_PAGE, Asked, searched
from cport_desktop.vault import content_listing
from cport_desktop.vault.vault import Vault

_AGE: Final = "ageCategorization"
_GENDER: Final = "genderCategorization"


def list_contents(
    vault: Vault, text: str, *, limit: int, after: str | None, taxonomy: Taxonomy, now: datetime
) -> Page[ContentRow]:
    """A page of the content items that `text` asks for, those of the newest reports first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: if `text` does not parse.
    """
    require(vault, Role.ANALYST)
    query, allowed = searched(vault, Asked("contents", text, taxonomy, now, is_new=after is None))
    with vault.reader() as reader:
        page = content_listing.page(reader, query, limit=min(limit, LONGEST_PAGE), after=after)
    withheld = allowed.withheld.fields
    if not withheld:
        return page
    return replace(page, rows=[_without(row, frozenset(withheld)) for row in page.rows])


def _without(row: ContentRow, names: frozenset[str]) -> ContentRow:
    return replace(
        row,
        age=None if _AGE in names else row.age,
        gender=None if _GENDER in names else row.gender,
    )
