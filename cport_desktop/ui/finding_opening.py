"""Fills `ui.finding` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.roles import Role
from cport_desktop.domain.saved_search import MOST_KEPT, NewSince, SavedSearch
from cport_desktop.errors import InputUnreadable
from cport_desktop.formats.saved_search_file import LARGEST_FILE
from cport_desktop.ui.finding import BroughtLine, Finding, SearchOrder
from cport_desktop.usecases import query_names, saved_searches
from cport_desktop.vault.vault import Vault


def finding_of(workstation: Workstation, vault: Vault) -> Finding:
    """The intentions about finding over `vault`."""
    kept = _Kept(workstation, vault)
    return Finding(
        names=partial(query_names.names_for_queries, vault),
        searches=partial(saved_searches.list_searches, vault),
        save=kept.save,
        rename=partial(saved_searches.rename_search, vault),
        remove=partial(saved_searches.remove_search, vault),
        put_back=partial(saved_searches.put_back_search, vault),
        pin=partial(saved_searches.pin_search, vault),
        look=partial(saved_searches.look_at_search, vault),
        new_since=kept.new_since,
        export=partial(saved_searches.export_searches, vault),
        bring=kept.bring,
        may_keep_for_unit=Role.SUPERVISOR in vault.roles,
    )


class _Kept:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def save(self, order: SearchOrder) -> SavedSearch:
        return saved_searches.save_search(
            self._vault,
            order.terms,
            is_units=order.is_units,
            replaces=order.replaces,
            taxonomy=self._workstation.taxonomy,
            new_id=self._workstation.new_id(),
        )

    def new_since(self, search: SavedSearch) -> NewSince:
        return saved_searches.new_in_search(
            self._vault,
            search,
            taxonomy=self._workstation.taxonomy,
            now=self._workstation.clock.now(),
        )

    def bring(self, path: Path) -> BroughtLine:
        try:
            with path.open("rb") as file:
                untrusted = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error
        done = saved_searches.import_searches(
            self._vault,
            untrusted,
            is_units=False,
            taxonomy=self._workstation.taxonomy,
            ids=tuple(self._workstation.new_id() for _ in range(MOST_KEPT)),
        )
        return BroughtLine(len(done.kept), done.renamed, done.duplicates, done.unread)
