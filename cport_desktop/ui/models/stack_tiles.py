"""Stacks as tiles, and the contents of one as rows: counts and reasons in words."""

from __future__ import annotations

from dataclasses import replace

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.likeness import Because, Stack, StackMember
from cport_desktop.ui import figures
from cport_desktop.ui.models.media_grid import marks_of
from cport_desktop.ui.models.tile_list import Mark, Tile, TileList
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import stack_page as say
from cport_desktop.words import stacks as words


def stack_tile(stack: Stack) -> Tile:
    """The lead, how many items, and how many of its reports are decided."""
    return Tile(
        left=media_reference(stack.stack_id),
        right=say.items(stack.items),
        beneath=say.reports(stack.reports, stack.decided_reports),
        short=say.items(stack.items),
        has_picture=True,
        has_fault=False,
    )


def stack_marks(stack: Stack, badge: Badge | None) -> tuple[Mark, ...]:
    """What lists say of its lead, and whether nothing is left to decide."""
    marks = () if badge is None else marks_of(replace(badge, stack_items=1))
    if stack.reports and stack.decided_reports == stack.reports:
        return (*marks, Mark(say.DECIDED_MARK, say.DECIDED_SPOKEN, "lightest"))
    return marks


def member_tile(member: StackMember) -> Tile:
    """Why it is in the stack: through which other content, and how far apart they are."""
    placed = ""
    if member.placed_by is not None and member.placed_at is not None:
        placed = say.placed(one_line(member.placed_by), figures.day(member.placed_at))
    return Tile(
        left=media_reference(member.media_id),
        right=say.items(member.items) if member.items > 1 else "",
        beneath="; ".join(part for part in (_why(member), placed) if part),
        short="",
        has_picture=True,
        has_fault=False,
    )


def _why(member: StackMember) -> str:
    if member.because is None or member.near is None:
        return say.LEAD
    why = words.because(member.because.value, member.distance, member.turn.value)
    by_person = member.because is Because.PERSON
    return say.member(why, media_reference(member.near), by_person=by_person)


class StackGrid(TileList[Stack]):
    """Stacks, each by its lead."""

    def __init__(self) -> None:
        super().__init__(stack_tile, lambda stack: stack.stack_id)


class MemberList(TileList[StackMember]):
    """The contents of one stack."""

    def __init__(self) -> None:
        super().__init__(member_tile, lambda member: member.media_id)
