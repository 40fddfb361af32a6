"""A case as a picture: what its reports share is what a plain comparison finds, and is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest

from cport_desktop.domain.case_links import (
    MOST_ELSEWHERE,
    MOST_REPORTS,
    MOST_SIGNS,
    MOST_THINGS,
    CaseLinks,
)
from cport_desktop.domain.case_shown import MOST_MOMENTS
from cport_desktop.domain.report import Report
from cport_desktop.domain.roles import Role
from cport_desktop.errors import RoleMissing, UnknownReference
from cport_desktop.usecases import open_case
from cport_desktop.usecases.case_pictures import case_in_time, links_of_case
from cport_desktop.usecases.gather_case import add_to_case
from cport_desktop.usecases.read_cases import timeline
from cport_desktop.vault import case_shown, cases
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_limit, an_agreement
from tests.builders import a_vault
from tests.report_builders import SPRING, a_notice, a_report, an_item, new
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply
from tests.work_builders import employ, opened_by_bert, report, verbs


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as opened:
        yield opened


def at(number: int, url: str, *files: bytes, **more: object) -> Report:
    """A report of a page whose path says nothing, with these files."""
    notices = tuple(a_notice(number * 10 + n, content) for n, content in enumerate(files))
    item = an_item(number, url, media=notices)
    return a_report(number, contents=(item,), **more)


def begin(vault: Vault, *numbers: int) -> None:
    open_case.open_case(vault, title="Harbour")
    add_to_case(vault, 1, [report(number) for number in numbers])


def found(links: CaseLinks) -> dict[tuple[str, str], set[int]]:
    return {
        (link.thing.kind.value, link.thing.text): {
            links.reports[place].report_id for place in link.reports
        }
        for link in links.links
    }


class TestLinks:
    def test_are_what_at_least_two_reports_share(self, vault: Vault) -> None:
        apply(
            vault,
            new(at(1, "https://a.one.example/", b"same", b"alone", referrer="https://x.example/")),
            new(at(2, "https://b.one.example/", b"same", payment_methods=(13,))),
            new(
                at(3, "https://b.one.example/", referrer="https://x.example", payment_methods=(13,))
            ),
            new(at(4, "https://c.two.example/")),
        )
        begin(vault, 1, 2, 3, 4)

        shown = links_of_case(vault, 1).links

        digest = a_notice(1, b"same").sha256
        assert found(shown) == {
            ("domain", "one.example"): {1, 2, 3},
            ("host", "b.one.example"): {2, 3},
            ("file", digest): {1, 2},
            ("referrer", "x.example"): {1, 3},
            ("payment", "2:13"): {2, 3},
        }
        assert (shown.size, shown.read, shown.linked, shown.things) == (4, 4, 3, 5)
        assert shown.is_whole
        assert verbs(vault) == [("link", "C-1")]

    def test_a_domain_with_one_host_is_that_host(self, vault: Vault) -> None:
        apply(vault, *(new(at(n, "https://a.one.example/")) for n in (1, 2)))
        begin(vault, 1, 2)

        assert found(links_of_case(vault, 1).links) == {("host", "a.one.example"): {1, 2}}

    def test_files_of_a_stack_are_one_thing(self, vault: Vault) -> None:
        apply(vault, *(new(at(n, f"https://{n}.example/", bytes([n]))) for n in (1, 2, 3)))
        begin(vault, 1, 2, 3)
        with vault.bookkeeping() as connection:
            connection.executemany(
                "INSERT INTO likeness (content, sha256, kind, stack) VALUES (?, ?, 'picture', 7)",
                [(n, a_notice(n, bytes([n])).sha256) for n in (1, 2)],
            )

        assert found(links_of_case(vault, 1).links) == {("stack", "7"): {1, 2}}

    def test_says_how_many_reports_elsewhere_share_it(self, vault: Vault) -> None:
        apply(
            vault,
            *(new(at(n, "https://a.one.example/")) for n in (1, 2, 3)),
            *(new(at(n, "https://busy.example/")) for n in range(10, 14 + MOST_ELSEWHERE)),
        )
        begin(vault, 1, 2, 10, 11)

        links = {one.thing.text: one for one in links_of_case(vault, 1).links.links}

        assert (links["a.one.example"].elsewhere, links["a.one.example"].is_more) == (1, False)
        busy = links["busy.example"]
        assert (busy.elsewhere, busy.is_more) == (MOST_ELSEWHERE, True)

    def test_a_case_of_nothing_in_common_has_none(self, vault: Vault) -> None:
        apply(vault, *(new(at(n, f"https://{n}.example/")) for n in (1, 2)))
        begin(vault, 1, 2)

        links = links_of_case(vault, 1).links

        assert (links.links, links.reports, links.size) == ((), (), 2)

    def test_are_the_same_picture_every_time_and_never_too_large(self, vault: Vault) -> None:
        """Each pair of hosts in 60 is shared by a report: far more than can be looked at."""
        pairs = list(combinations(range(60), 2))[:300]
        apply(
            vault,
            *(
                new(
                    a_report(
                        number,
                        contents=tuple(
                            an_item(number * 100 + n, f"https://h{host}.site-{host}.example/")
                            for n, host in enumerate(pair)
                        ),
                    )
                )
                for number, pair in enumerate(pairs, 1)
            ),
        )
        begin(vault, *range(1, 301))

        first, again = links_of_case(vault, 1).links, links_of_case(vault, 1).links

        assert first == again
        assert len(first.reports) == MOST_REPORTS
        assert 0 < len(first.links) <= MOST_THINGS
        assert (first.linked, first.is_whole) == (300, False)
        assert all(len(link.reports) > 1 for link in first.links)
        met = {place for link in first.links for place in link.reports}
        assert met == set(range(len(first.reports)))

    def test_cost_a_few_statements_however_large_the_case(self, vault: Vault) -> None:
        apply(vault, *(new(at(n, f"https://h{n % 50}.example/")) for n in range(1, 251)))
        begin(vault, *range(1, 251))
        seen: list[str] = []
        with vault.reader() as reader:
            case = cases.find(reader, 1)
            reader.connection.set_trace_callback(seen.append)  # type: ignore[attr-defined]
            shown = case_shown.linked(reader, case, ())
            reader.connection.set_trace_callback(None)  # type: ignore[attr-defined]

        assert len(seen) <= 4 + len(shown.links.links)
        assert (len(shown.links.links), len(shown.links.reports)) == (
            MOST_REPORTS // 5,
            MOST_REPORTS,
        )

    def test_one_report_with_hundreds_of_files_does_not_fill_it(self, vault: Vault) -> None:
        many = [n.to_bytes(2, "big") for n in range(200)]
        apply(vault, *(new(at(n, f"https://{n}.example/", *many)) for n in (100, 200)))
        begin(vault, 100, 200)

        assert links_of_case(vault, 1).links.things <= MOST_SIGNS

    def test_rest_on_nothing_that_is_withheld(self, vault: Vault) -> None:
        referrer = "https://x.example/"
        apply(vault, *(new(at(n, f"https://{n}.example/", referrer=referrer)) for n in (1, 2)))
        begin(vault, 1, 2)
        limit = a_limit("4.5", functions=("reports.read",), fields=("referrerUrl",))
        bind(vault, an_agreement(EVERYTHING, limit))

        assert links_of_case(vault, 1).links.links == ()

    def test_of_no_case_there_are_none(self, vault: Vault) -> None:
        with pytest.raises(UnknownReference):
            links_of_case(vault, 9)
        with pytest.raises(UnknownReference):
            case_in_time(vault, 9)

    def test_are_for_analysts(self, vault: Vault, tmp_path: Path) -> None:
        employ(vault, roles=frozenset({Role.AUDITOR}))
        vault.close()
        with opened_by_bert(tmp_path / "vault") as theirs:
            with pytest.raises(RoleMissing):
                links_of_case(theirs, 1)
            with pytest.raises(RoleMissing):
                case_in_time(theirs, 1)


class TestTime:
    def test_has_the_moments_of_the_timeline(self, vault: Vault) -> None:
        apply(vault, *(new(at(n, f"https://{n}.example/")) for n in (1, 2)))
        begin(vault, 1, 2)

        shown = case_in_time(vault, 1)

        assert list(shown.moments) == list(timeline(vault, 1, limit=99, after=None).rows)
        assert shown.is_whole

    def test_ends_where_nobody_could_look_any_more(self, vault: Vault) -> None:
        apply(
            vault,
            *(
                new(at(n, f"https://{n}.example/", received_at=SPRING + timedelta(hours=n)))
                for n in range(1, MOST_MOMENTS + 2)
            ),
        )
        begin(vault, *range(1, MOST_MOMENTS + 2))

        shown = case_in_time(vault, 1)

        assert (len(shown.moments), shown.is_whole) == (MOST_MOMENTS, False)
