"""Searches that are kept: whose they are, what is new in them, and the way into another vault."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.audit import AuditAction, AuditDraft
from cport_desktop.domain.batch import Change
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import ReportSort
from cport_desktop.domain.saved_search import (
    LONGEST_NAME,
    MOST_KEPT,
    MOST_NEW,
    NewSince,
    SavedSearch,
    SearchSubject,
    SearchTerms,
)
from cport_desktop.errors import (
    OutputExists,
    OutputUnwritable,
    QueryError,
    RoleMissing,
    SearchExists,
    SearchFileUnreadable,
    TextUnfit,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.formats.saved_search_file import parse_searches, print_searches
from cport_desktop.usecases import saved_searches as searches
from cport_desktop.usecases.inspect_vault import digest_of
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.vault import audit_log, replica, search_texts
from cport_desktop.vault import saved_searches as kept
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from cport_desktop.words.errors import explain
from tests.builders import NOON, a_clock, a_vault, an_entry, reopened
from tests.report_builders import (
    a_batch,
    a_notice,
    a_report,
    an_item,
    corrected,
    new,
    the_taxonomy,
    withdrawn,
)

TAXONOMY = the_taxonomy()
THEIRS = b"another passphrase altogether"


@pytest.fixture(scope="module")
def born(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with five reports, in which Bert works too, as analyst."""
    directory = tmp_path_factory.mktemp("searches") / "vault"
    with a_vault(directory) as vault:
        come(vault, *(new(a_report(number)) for number in range(1, 6)))
        slot = NewSlot("theirs", NewPassphrase(THEIRS, FLOOR))
        add_analyst(vault, "Bert Example", [Role.ANALYST], slot, now=NOON)
    return directory


@pytest.fixture
def directory(born: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(born, tmp_path / "vault"))


@pytest.fixture
def vault(directory: Path) -> Iterator[Vault]:
    with reopened(directory) as vault:
        yield vault


@contextmanager
def as_bert(directory: Path) -> Iterator[Vault]:
    clock = a_clock()
    with open_vault(directory, secret=Passphrase(THEIRS), clock=clock, program="tests") as vault:
        yield vault


def come(vault: Vault, *changes: Change) -> None:
    """The portal told of these."""
    with vault.transaction() as tx:
        last = replica.stream(tx).position
        batch = a_batch(*changes, following=uuid.uuid4().hex)
        replica.apply(tx, replace(batch, sequence=last.sequence + 1, previous=last.digest))


def save(
    vault: Vault,
    name: str,
    text: str = "",
    *,
    subject: SearchSubject = SearchSubject.REPORTS,
    sort: str = "-received",
    is_units: bool = False,
    replaces: bool = False,
) -> SavedSearch:
    return searches.save_search(
        vault,
        SearchTerms(name, text, subject, sort),
        is_units=is_units,
        replaces=replaces,
        taxonomy=TAXONOMY,
        new_id=uuid.uuid4(),
    )


def new_in(vault: Vault, name: str) -> NewSince:
    with vault.reader() as reader:
        search = kept.find(reader, vault.analyst.analyst_id, name)
    return searches.new_in_search(vault, search, taxonomy=TAXONOMY, now=vault.now())


def brought(vault: Vault, content: bytes) -> searches.Brought:
    ids = tuple(uuid.uuid4() for _ in range(MOST_KEPT))
    return searches.import_searches(vault, content, is_units=False, taxonomy=TAXONOMY, ids=ids)


def names(vault: Vault) -> list[str]:
    return [search.name for search in searches.list_searches(vault)]


def newest_entry(vault: Vault) -> AuditDraft:
    with vault.reader() as reader:
        return audit_log.page(reader, limit=1).rows[0].draft


def spoil(vault: Vault, search: SavedSearch, text: str) -> None:
    """It was kept by a version that knew another field."""
    with vault.transaction() as tx:
        kept.change(tx, search.search_id, replace(search.terms, text=text))
        tx.record(an_entry("save"))


def test_a_search_is_kept_as_it_was_typed_and_is_on_record(vault: Vault) -> None:
    made = save(vault, "  New  in NL ", "host:NL is:new", sort="domain")

    assert made.terms == SearchTerms("New in NL", "host:NL is:new", sort="domain")
    assert searches.list_searches(vault) == (made,)
    entry = newest_entry(vault)
    assert (entry.action, entry.verb) == (AuditAction.ALTERATION, "save")
    assert dict(entry.payload)["query"] == "host:NL is:new"


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (SearchTerms("x", "bogus:1"), QueryError),
        (SearchTerms(" ", "a"), TextUnfit),
        (SearchTerms("n" * (LONGEST_NAME + 1), "a"), TextUnfit),
        (SearchTerms("x", "a", sort="-bogus"), ValueUnknown),
    ],
)
def test_what_could_not_be_asked_again_is_not_kept(
    vault: Vault, terms: SearchTerms, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        save(vault, terms.name, terms.text, sort=terms.sort)
    assert names(vault) == []


def test_the_orders_that_there_are_are_named_in_their_order(vault: Vault) -> None:
    with pytest.raises(ValueUnknown) as refusal:
        save(vault, "x", "a", sort="bogus")
    accepted = str(refusal.value.facts["accepted"]).split(", ")
    assert accepted == sorted(sort.value for sort in ReportSort)


def test_a_name_is_there_once_unless_it_is_to_be_replaced(vault: Vault) -> None:
    first = save(vault, "Mine", "a")
    with pytest.raises(SearchExists):
        save(vault, "MINE", "b")
    second = save(vault, "mine", "b", replaces=True)

    assert (second.search_id, second.terms.text) == (first.search_id, "b")
    save(vault, "Other")
    with pytest.raises(SearchExists):
        searches.rename_search(vault, "Other", "Mine")
    assert searches.rename_search(vault, "Mine", "MINE").name == "MINE"


def test_everybody_sees_the_units_and_nobody_anothers(directory: Path) -> None:
    with reopened(directory) as vault:
        save(vault, "Mine")
        save(vault, "Ours", is_units=True)
    with as_bert(directory) as vault:
        assert names(vault) == ["Ours"]
        save(vault, "Mine", "of Bert")
        with pytest.raises(RoleMissing):
            searches.remove_search(vault, "Ours")
        with pytest.raises(RoleMissing):
            save(vault, "Ours too", is_units=True)
        with pytest.raises(RoleMissing):
            searches.pin_search(vault, "Ours", 1)
    with reopened(directory) as vault:
        assert sorted(names(vault)) == ["Mine", "Ours"]
        assert searches.look_at_search(vault, "mine").terms.text == ""


def test_what_came_or_changed_since_one_looked_is_counted_for_each_analyst(
    directory: Path,
) -> None:
    with reopened(directory) as vault:
        save(vault, "NL", "host:NL", is_units=True)
        assert new_in(vault, "NL") == NewSince(0)
        come(vault, new(a_report(6)), corrected(a_report(2, revision=2)), withdrawn(3))
        assert new_in(vault, "NL") == NewSince(3)
        searches.look_at_search(vault, "NL")
        assert new_in(vault, "NL") == NewSince(0)
    with as_bert(directory) as vault:
        assert new_in(vault, "NL") == NewSince(6)


def test_only_what_a_search_finds_is_new_in_it(vault: Vault) -> None:
    save(vault, "FR", "host:FR")
    save(vault, "Seven", "ref:HL-7")
    come(vault, new(a_report(7)))

    assert (new_in(vault, "FR").count, new_in(vault, "Seven").count) == (0, 1)


def test_media_and_content_items_of_new_reports_are_new(vault: Vault) -> None:
    save(vault, "Media", "host:NL", subject=SearchSubject.MEDIA)
    save(vault, "URLs", "url:/a/", subject=SearchSubject.CONTENTS)
    item = an_item(90, "https://files-9.example/a/9.png", media=(a_notice(901), a_notice(902)))
    come(vault, new(a_report(9, contents=(item,))))

    assert (new_in(vault, "Media").count, new_in(vault, "URLs").count) == (2, 1)


def test_counting_ends_where_nobody_reads_on(vault: Vault) -> None:
    save(vault, "All")
    come(vault, *(new(a_report(number)) for number in range(100, 101 + MOST_NEW)))

    assert new_in(vault, "All") == NewSince(MOST_NEW, is_more=True)


def test_a_search_that_is_not_understood_any_more_is_told_kept_and_can_be_mended(
    vault: Vault,
) -> None:
    spoil(vault, save(vault, "Old", "host:NL"), "gone-field:1")

    assert new_in(vault, "Old") == NewSince(None, fault="usage.query")
    assert searches.look_at_search(vault, "Old").terms.text == "gone-field:1"
    assert save(vault, "Old", "host:FR", replaces=True).terms.text == "host:FR"


def test_what_is_pinned_has_places_without_gaps(vault: Vault) -> None:
    for name in "abc":
        save(vault, name)
        searches.pin_search(vault, name, MOST_KEPT)
    searches.pin_search(vault, "c", 1)
    searches.remove_search(vault, "a")
    save(vault, "0")

    found = [(each.name, each.place) for each in searches.list_searches(vault)]
    assert found == [("c", 1), ("b", 2), ("0", None)]
    searches.pin_search(vault, "c", None)
    found = [(each.name, each.place) for each in searches.list_searches(vault)]
    assert found == [("b", 1), ("0", None), ("c", None)]


def test_what_was_removed_comes_back_with_its_place_and_what_everybody_had_looked_at(
    directory: Path,
) -> None:
    with reopened(directory) as vault:
        for name in "abc":
            save(vault, name, "host:NL", is_units=True)
            searches.pin_search(vault, name, MOST_KEPT)
    with as_bert(directory) as vault:
        searches.look_at_search(vault, "b")
        come(vault, new(a_report(6)))
        before = searches.list_searches(vault)
    with reopened(directory) as vault:
        counted = new_in(vault, "b")
        own = searches.list_searches(vault)
        removed = searches.remove_search(vault, "b")
        assert [(each.name, each.place) for each in searches.list_searches(vault)] == [
            ("a", 1), ("c", 2)
        ]  # fmt: skip
        searches.put_back_search(vault, removed)
        assert newest_entry(vault).verb == "put_back"
        assert searches.list_searches(vault) == own
        assert new_in(vault, "b") == counted == NewSince(1)
        with pytest.raises(SearchExists):
            searches.put_back_search(vault, removed)
        assert len(names(vault)) == 3
    with as_bert(directory) as vault:
        assert searches.list_searches(vault) == before
        with pytest.raises(RoleMissing):
            searches.put_back_search(vault, removed)


def test_searches_go_into_another_vault_by_a_file(vault: Vault, tmp_path: Path) -> None:
    save(vault, "One", 'note:"a, b" OR -host:NL', sort="domain")
    save(vault, "Two", "is:known", subject=SearchSubject.MEDIA)
    path = tmp_path / "searches.json"

    assert searches.export_searches(vault, path) == 2
    entry = newest_entry(vault)
    assert (entry.action, entry.object_reference) == (AuditAction.DISCLOSURE, "searches.json")
    before = searches.list_searches(vault)
    for name in names(vault):
        searches.remove_search(vault, name)
    done = brought(vault, path.read_bytes())
    assert [each.terms for each in done.kept] == [each.terms for each in before]
    assert (done.renamed, done.duplicates, done.unread) == (0, 0, 0)


def test_a_file_is_never_written_over_and_holds_what_was_named(
    vault: Vault, tmp_path: Path
) -> None:
    save(vault, "One", "a")
    save(vault, "Two", "b")
    path = tmp_path / "searches.json"
    assert searches.export_searches(vault, path, named=("two",)) == 1

    assert [each["name"] for each in json.loads(path.read_text())["searches"]] == ["Two"]
    with pytest.raises(OutputExists):
        searches.export_searches(vault, path)
    with pytest.raises(UnknownReference):
        searches.export_searches(vault, tmp_path / "other", named=("three",))
    assert not (tmp_path / "other").exists()


def test_a_disk_that_is_gone_is_told_and_the_same_file_can_be_written_later(
    vault: Vault, tmp_path: Path
) -> None:
    save(vault, "One", "a")
    stick = tmp_path / "stick"
    with pytest.raises(OutputUnwritable) as refusal:
        searches.export_searches(vault, stick / "searches.json")
    assert str(stick) in explain(refusal.value).message
    assert names(vault) == ["One"]

    stick.mkdir()
    assert searches.export_searches(vault, stick / "searches.json") == 1


def test_what_is_here_already_or_named_so_is_not_lost_by_an_import(vault: Vault) -> None:
    save(vault, "Same", "a")
    save(vault, "Taken", "ours")
    content = print_searches(
        [SearchTerms("Same", "a"), SearchTerms("Taken", "theirs"), SearchTerms("Odd", "bogus:1")]
    )

    done = brought(vault, content)

    assert (done.renamed, done.duplicates, done.unread) == (1, 1, 1)
    assert sorted(names(vault)) == ["Odd", "Same", "Taken", "Taken (2)"]
    assert searches.look_at_search(vault, "Taken").terms.text == "ours"


ONE = {"name": "a", "subject": "reports", "query": "", "sort": "-received"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"[" * 200_000,
        b" " * (1024 * 1024 + 1),
        *(
            json.dumps({"format": "cport-saved-searches", "version": 1, "searches": rows}).encode()
            for rows in (
                [{**ONE, "more": 1}],
                [{**ONE, "name": ""}],
                [{**ONE, "name": "a\nb"}],
                [{**ONE, "query": "\x00"}],
                [{**ONE, "subject": "analysts"}],
                [{**ONE, "sort": "received; DROP"}],
                [ONE, {**ONE, "name": "A"}],
                [{**ONE, "query": "x" * 8001}],
            )
        ),
        json.dumps({"format": "cport-saved-searches", "version": 2, "searches": []}).encode(),
    ],
)
def test_anything_else_than_such_a_file_is_refused_whole(content: bytes) -> None:
    with pytest.raises(SearchFileUnreadable):
        parse_searches(content)


def test_what_the_log_has_of_a_search_that_names_a_report_is_offered_with_its_erasure(
    vault: Vault,
) -> None:
    save(vault, "One", "ref:HL-1")
    save(vault, "Other", "host:FR")
    with vault.reader() as reader:
        (entry,) = search_texts.naming(reader, [ReportId(1)])
        assert audit_log.entry(reader, entry).draft.verb == "save"


def test_nothing_that_is_kept_changes_the_state_that_the_portal_told(vault: Vault) -> None:
    before = digest_of(vault)
    save(vault, "Mine", "a")
    searches.pin_search(vault, "Mine", 1)
    searches.look_at_search(vault, "Mine")

    assert digest_of(vault) == before
