"""What an analyst did and can undo: one act is one deed, with a step for each item that it was done to.

- Undone is the newest deed first, each analyst's own; redone what was undone last, until something else
  is done.
- A second reader's word is taken back while what it is about has not been sent.
- A step towards the portal is undone by setting its operation aside while it waits, and afterwards by a
  correcting operation where the workflow has one; a step here by bringing back the rows as they were.
- What cannot go back stays done and says why; the rest of the deed goes back all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.about import About
from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.second_reading import SecondWord


class DeedKind(StrEnum):
    """What was done; the words of the table."""

    ASSESSED = "assessed"
    ACTED = "acted"
    """Anything else towards the portal; the detail is the operation's kind."""
    READ_SECOND = "read_second"
    """Said as a second reader; the detail is the classification's code."""
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    FLAGGED = "flagged"
    UNFLAGGED = "unflagged"
    NOTED = "noted"
    NOTE_CHANGED = "note_changed"
    NOTE_TAKEN_BACK = "note_taken_back"
    NOTE_PUT_BACK = "note_put_back"
    PUT_IN_CASE = "put_in_case"
    TAKEN_OUT_OF_CASE = "taken_out_of_case"
    ASSIGNED = "assigned"
    TASK_SET = "task_set"
    """The detail of these four is the task's title."""
    TASK_CHANGED = "task_changed"
    TASK_FINISHED = "task_finished"
    TASK_REOPENED = "task_reopened"
    STACK_SPLIT = "stack_split"
    """The detail of these two is a media item of it."""
    STACKS_MERGED = "stacks_merged"


OF_STACKS: Final = frozenset({DeedKind.STACK_SPLIT, DeedKind.STACKS_MERGED})
"""What stands in stacks is computed anew when these go back or come again."""


OF_CLASSES: Final = frozenset({DeedKind.ASSESSED, DeedKind.READ_SECOND})
"""Their detail is the code of a classification."""


class DeedState(StrEnum):
    DONE = "done"
    UNDONE = "undone"


Value = int | str | None
Image = tuple[tuple[str, Value], ...]
"""A row: its columns with their values."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of `table` as it was and as it became; None: there was none."""

    table: str
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Codes:
    """How a content item stood: classification, age, gender."""

    classification: int
    age: int | None
    gender: int | None


@dataclass(frozen=True, slots=True)
class OperationStep:
    """An operation that was queued. `before`: how what it assesses stood, for the way back after it
    was sent. `instead`: while it is undone, the operation that was queued in its place.
    """

    operation_id: OperationId
    before: Codes | None = None
    instead: OperationId | None = None


@dataclass(frozen=True, slots=True)
class RowsStep:
    """Rows that changed together, in the order in which they came to be."""

    changes: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """What stood as the second reader's word on an operation, None where there was none, and what was said."""

    operation_id: OperationId
    before: SecondWord | None
    after: SecondWord


Step = OperationStep | ReadingStep | RowsStep


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step at its place in its deed. `about`: the item, None where it is about none."""

    place: int
    about: About | None
    step: Step
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """One act. `detail`: a classification's code, the name of a tag. `items`: how many steps it has;
    `first`: what the first of them is about.
    """

    number: int
    kind: DeedKind
    detail: str
    at: datetime
    state: DeedState
    items: int
    undone: int
    first: About | None
