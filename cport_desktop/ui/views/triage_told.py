"""What is told of an act of triage: what was done, what of it was refused, and whether it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.ui.triaging import DecidedLines, SecondLine, TurnedLines
from cport_desktop.words import second_reading as second_words
from cport_desktop.words import triage_page as say


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and what stays as it was, with the reason."""

    sentence: str
    stays: str = ""
    can_undo: bool = False


def of_decision(lines: DecidedLines, classification: int, label: Callable[[int], str]) -> Told:
    """What became of deciding that reports are of this class; `label` says what one is called."""
    if lines.second is not None:
        return _of_second(lines.second, label)
    named = label(classification)
    stays = [(_named(each.report_id), each.reason) for each in lines.stays]
    if len(lines.decided) == 1 and not lines.not_reached:
        told = say.decided(report_reference(lines.decided[0]), named)
    elif lines.decided or not stays:
        told = say.decided_many(len(lines.decided), named)
    else:
        told = ""
    refused = ""
    if len(stays) == 1:
        refused = say.refused(*stays[0])
    elif stays:
        refused = say.some_refused(len(stays), *stays[0])
    if lines.not_reached:
        refused = "\n".join(each for each in (say.stopped(lines.not_reached), refused) if each)
    return Told(told or refused, refused if told else "", can_undo=bool(lines.decided))


def of_turning(lines: TurnedLines) -> Told:
    """What was undone, or done again."""
    stays = [(_named(each.report_id), each.reason) for each in lines.stays]
    return Told(lines.told, say.some_refused(len(stays), *stays[0]) if stays else "")


def of_flag(report_id: ReportId, *, is_flagged: bool) -> Told:
    """A report was flagged, or is no more."""
    tell = say.flagged if is_flagged else say.unflagged
    return Told(tell(report_reference(report_id)), can_undo=True)


def _of_second(second: SecondLine, label: Callable[[int], str]) -> Told:
    """What both readers found; nothing of it is undone by one of them alone."""
    if second.is_confirmed:
        return Told(second_words.CONFIRMED)
    return Told(second_words.contradicted(label(second.first), label(second.second)))


def _named(report_id: ReportId | None) -> str:
    return "" if report_id is None else report_reference(report_id)
