"""Every function of an agreement is asked for by the use cases that carry it out, at their door.

Whoever adds a use case that lets something out, or acts toward the portal, adds it here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.operation import OperationBody, UnknownAct
from cport_desktop.domain.operation_reason import function_of

USECASES = Path(__file__).resolve().parents[2] / "cport_desktop" / "usecases"

ASKS = {
    "second_reading.list_second_readings": {Function.REPORTS_READ},
    "second_reading.read_second": {Function.REPORTS_READ},
    "triage_round.rows_now": {Function.REPORTS_READ},
    "choosing.numbers_chosen": {Function.REPORTS_READ},
    "show_report.show_report": {Function.REPORTS_READ},
    "search_reports.searched": {Function.REPORTS_READ},
    "search_reports.search_reports": {Function.REPORTS_READ},
    "search_reports.count_reports": {Function.REPORTS_READ},
    "search_reports.facets_of_reports": {Function.REPORTS_READ},
    "search_reports.documents_of": {Function.REPORTS_READ},
    "list_candidates.list_candidates": {Function.REPORTS_READ},
    "check_domain.check_domain": {Function.REPORTS_READ},
    "list_dossiers.show_dossier": {Function.REPORTS_READ},
    "iwol_export.export_dossiers": {Function.IWOL_SUGGEST},
    "browse_contents.list_contents": {Function.REPORTS_READ},
    "query_names.names_for_queries": {Function.REPORTS_READ},
    "saved_searches.new_in_search": {Function.REPORTS_READ},
    "browse_media.list_media": {Function.REPORTS_READ},
    "browse_media.show_media": {Function.REPORTS_READ},
    "browse_stacks.list_stacks": {Function.REPORTS_READ},
    "browse_stacks.show_stack": {Function.REPORTS_READ},
    "similar_media.similar_media": {Function.REPORTS_READ},
    "remember.remember": {Function.REPORTS_READ},
    "work_queue.work_queue": {Function.REPORTS_READ},
    "survey.news": {Function.REPORTS_READ},
    "survey.overdue": {Function.REPORTS_READ},
    "survey.endings": {Function.REPORTS_READ},
    "read_cases.case_items": {Function.REPORTS_READ},
    "read_cases.timeline": {Function.REPORTS_READ},
    "figures.figure": {Function.REPORTS_READ},
    "case_pictures.case_in_time": {Function.REPORTS_READ},
    "case_pictures.links_of_case": {Function.REPORTS_READ},
    "gather_case.count_found": {Function.REPORTS_READ},
    "gather_case.add_found": {Function.REPORTS_READ},
    "reveal_media.reveal_media": {Function.MEDIA_REVEAL},
    "reveal_media.grant_look": {Function.MEDIA_REVEAL},
    "view_media.listen": {Function.MEDIA_REVEAL},
    "media_leave.may_come": {Function.MEDIA_RECEIVE},
    "fetch_media.fetch_media": {Function.MEDIA_RECEIVE},
    "take_in_media.take_in_file": {Function.MEDIA_RECEIVE},
    "package_leave.leave_for": {Function.PACKAGE_COMPOSE},
    "compose_package.compose_package": {Function.PACKAGE_COMPOSE},
    "export_table.foresee_table": {Function.TABLE_EXPORT},
    "export_table.export_table": {Function.TABLE_EXPORT},
    "export_figure.export_figure": {Function.TABLE_EXPORT},
    "export_hash_list.foresee_hash_list": {Function.HASHLIST_EXPORT},
    "export_hash_list.export_hash_list": {Function.HASHLIST_EXPORT},
    "notify_provider.draft_provider_notice": {Function.PROVIDER_NOTIFY},
    "share_hands.share_with_portal": {Function.WORK_SHARE},
    "share_hands.told_here": {Function.WORK_SHARE},
    "share_hands.hear_elsewhere": {Function.WORK_SHARE},
}
"""Use cases that ask for a function by its name, themselves or through one room."""

OF_OPERATIONS = {
    Function.ASSESSMENT_GIVE,
    Function.FEEDBACK_GIVE,
    Function.TAKEDOWN_HOLD,
    Function.INFORMATION_REQUEST,
    Function.IWOL_SUGGEST,
    Function.HASHLIST_CONTRIBUTE,
    Function.CASE_HAND_OVER,
    Function.FALSE_POSITIVE_NOTIFY,
}
"""Asked for by `queue_act.queue_act`, which every act toward the portal goes through."""

NOT_YET = set[Function]()
"""No use case does it yet. The one that does has to ask, and to stand above."""

LETS_OUT: Mapping[str, str] = {
    "compose_package": "asks",
    "export_table": "asks",
    "export_figure": "asks",
    "export_hash_list": "asks",
    "hand_out_operations": "asks, once more before they are sent",
    "iwol_export": "asks",
    "notify_provider": "asks",
    "send_by_courier": "asks the same before they are sent",
    "share_hands": "asks",
    "accept_agreement": "the agreement itself, which holds no report",
    "anchor_log": "a head of the log, for the portal to co-sign: digests",
    "chase": "a notice that a copy is wrong; correcting what left is a duty that never ends",
    "erase": "a certificate of erasure, in numbers",
    "export_audit": "the log, by order of an authority: the law's right, not the agreement's",
    "keep_checkpoint": "a head of the log: digests",
    "package_receipts": "a receipt tells the sender of a package what they know",
    "saved_searches": "what an analyst typed into searches: nothing that the portal shared",
    "write_rejects": "refused lines of a file that the analyst brought: nothing that the portal shared",
}
"""Rooms that put a disclosure on record, and why each may."""

THROUGH_ONE_ROOM = {"may_come", "leave_for", "searched"}
"""Use cases that others go through, each above with the function that it asks for."""

GATES = {"require_allowed", "require_answer", "require_agreed"} | THROUGH_ONE_ROOM


def functions_of(room: str) -> Mapping[str, ast.FunctionDef]:
    tree = ast.parse((USECASES / f"{room}.py").read_text())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def called_in(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
            yield each.func.id


def asked_in(room: str, name: str) -> tuple[set[str], set[str]]:
    """The gates and the functions named in a use case and in what it calls in its own room."""
    known = functions_of(room)
    gates, functions, left, seen = set[str](), set[str](), [name], set[str]()
    while left:
        current = left.pop()
        if current in seen or current not in known:
            continue
        seen.add(current)
        gates |= GATES & set(called_in(known[current]))
        left += called_in(known[current])
        functions |= {
            each.attr
            for each in ast.walk(known[current])
            if isinstance(each, ast.Attribute)
            and isinstance(each.value, ast.Name)
            and each.value.id == "Function"
        }
    return gates, functions


@pytest.mark.parametrize("name", ASKS)
def test_a_use_case_asks_the_agreement(name: str) -> None:
    room, _, function = name.partition(".")
    gates, functions = asked_in(room, function)

    assert gates, f"{name} does not ask the agreement"
    if functions:
        assert functions == {each.name for each in ASKS[name]}
    else:
        assert gates & THROUGH_ONE_ROOM, f"{name} asks for no function"


def test_who_others_go_through_asks_itself() -> None:
    assert {name.partition(".")[2] for name in ASKS} >= THROUGH_ONE_ROOM


def test_every_function_has_somebody_who_asks_for_it() -> None:
    asked = {function for functions in ASKS.values() for function in functions}

    assert asked | OF_OPERATIONS | NOT_YET == set(Function)
    assert not NOT_YET & asked


def test_every_act_toward_the_portal_is_asked_for() -> None:
    gates, _ = asked_in("queue_act", "queue_act")
    asked = {
        function_of(body.__new__(body)) for body in OperationBody.__args__ if body is not UnknownAct
    }

    assert "require_agreed" in gates
    assert asked == OF_OPERATIONS


def test_every_room_that_lets_something_out_is_accounted_for() -> None:
    rooms = {
        path.stem for path in USECASES.glob("*.py") if "AuditAction.DISCLOSURE" in path.read_text()
    }

    assert rooms == set(LETS_OUT)


@pytest.mark.parametrize("room", [room for room, why in LETS_OUT.items() if "asks" in why])
def test_a_room_that_lets_content_out_asks(room: str) -> None:
    called = {name for node in functions_of(room).values() for name in called_in(node)}

    assert called & (GATES | {"hold_back_doubtful"})


def test_nothing_is_queued_but_through_that_door() -> None:
    """`outbox.queue` is called by one use case alone."""
    callers = {
        path.stem
        for path in USECASES.glob("*.py")
        if "outbox.queue(" in path.read_text(encoding="utf-8")
    }

    assert callers == {"queue_act"}


def test_a_gate_that_is_missing_is_noticed() -> None:
    gates, functions = asked_in("hold_items", "list_holds")

    assert not gates
    assert not functions
