from __future__ import annotations

from cport_desktop.media.patience import Patience

PATIENCE = Patience(computing_seconds=10, idle_seconds=30)


def test_a_child_that_computes_is_left_alone_within_its_budget():
    assert not PATIENCE.is_at_end(waited=9.9, computed=9.9)
    assert PATIENCE.is_at_end(waited=10.1, computed=10.1)


def test_a_child_that_does_nothing_is_given_up():
    assert PATIENCE.is_at_end(waited=30.1, computed=0)


def test_a_starved_child_is_not_taken_for_a_hung_one():
    assert not PATIENCE.is_at_end(waited=34, computed=5)
