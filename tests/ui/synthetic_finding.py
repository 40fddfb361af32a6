"""Saved searches and names over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cport_desktop.domain.query import Field
from cport_desktop.domain.query_completion import Named
from cport_desktop.domain.saved_search import NewSince, RemovedSearch, SavedSearch, SearchTerms
from cport_desktop.errors import SearchExists, UnknownReference
from cport_desktop.ui.finding import BroughtLine, Finding, SearchOrder

NAMES: Mapping[Field, tuple[Named, ...]] = {
    Field.HOTLINE: (Named("Hotline Example NL", "NL"), Named("Second <b>Line</b>", "DE")),
    Field.HOST: (Named("NL"), Named("FR")),
    Field.TAG: (Named("to look at"),),
}


class MemoryFinding:
    """`kept`: by id. `looked`: ids that were looked at, in order. `news`: what is new in each."""

    def __init__(self) -> None:
        self.kept: dict[str, SavedSearch] = {}
        self.looked: list[str] = []
        self.news: dict[str, NewSince] = {}
        self.written: list[Path] = []
        self.brought: list[Path] = []

    def intentions(self) -> Finding:
        return Finding(
            names=lambda: NAMES,
            searches=self.searches,
            save=self.save,
            rename=self.rename,
            remove=self.remove,
            put_back=self.put_back,
            pin=self.pin,
            look=self.look,
            new_since=lambda search: self.news.get(search.search_id, NewSince(0)),
            export=self.export,
            bring=self.bring,
            may_keep_for_unit=True,
        )

    def searches(self) -> tuple[SavedSearch, ...]:
        order = sorted(self.kept.values(), key=lambda s: (s.place is None, s.place or 0, s.name))
        return tuple(order)

    def add(self, name: str, text: str, *, place: int | None = None, **more: object) -> str:
        """One is kept; its id."""
        search_id = f"search-{len(self.kept) + 1}"
        terms = replace(SearchTerms(name, text), **more)  # type: ignore[arg-type]
        self.kept[search_id] = SavedSearch(search_id, terms, False, place, 0)
        return search_id

    def save(self, order: SearchOrder) -> SavedSearch:
        there = next((s for s in self.kept.values() if s.name == order.terms.name), None)
        if there is not None and not order.replaces:
            raise SearchExists(name=order.terms.name)
        if there is None:
            there = self.kept[self.add(order.terms.name, "")]
        self.kept[there.search_id] = replace(there, terms=order.terms, is_units=order.is_units)
        return self.kept[there.search_id]

    def rename(self, search_id: str, name: str) -> SavedSearch:
        search = self._one(search_id)
        if any(each.name == name for each in self.kept.values()):
            raise SearchExists(name=name)
        self.kept[search_id] = replace(search, terms=replace(search.terms, name=name))
        return self.kept[search_id]

    def remove(self, search_id: str) -> RemovedSearch:
        self._one(search_id)
        return RemovedSearch(self.kept.pop(search_id), 0, ())

    def put_back(self, removed: RemovedSearch) -> SavedSearch:
        if any(each.name == removed.search.name for each in self.kept.values()):
            raise SearchExists(name=removed.search.name)
        self.kept[removed.search.search_id] = removed.search
        return removed.search

    def pin(self, search_id: str, place: int | None) -> tuple[SavedSearch, ...]:
        self.kept[search_id] = replace(self._one(search_id), place=place)
        return self.searches()

    def look(self, search_id: str) -> SavedSearch:
        self.looked.append(search_id)
        self.news.pop(search_id, None)
        return self._one(search_id)

    def export(self, path: Path) -> int:
        self.written.append(path)
        return len(self.kept)

    def bring(self, path: Path) -> BroughtLine:
        self.brought.append(path)
        return BroughtLine(2, 1, 0, 0)

    def _one(self, search_id: str) -> SavedSearch:
        if search_id not in self.kept:
            raise UnknownReference(kind="saved search", reference=search_id)
        return self.kept[search_id]
