"""The reports of a choice, with their media: those that can go, and those that cannot, each with why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cport_desktop.domain.chosen import chosen_of
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.domain.redaction import Redacted
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.domain.withholding import Withheld, media_without
from cport_desktop.usecases.choosing import numbers_chosen
from cport_desktop.usecases.package_order import LARGEST_PACKAGE, Choice
from cport_desktop.usecases.withhold import dossier_without
from cport_desktop.vault import reports, second_readings
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Chosen:
    """Reports, and media that can go. `omitted`: those that cannot, each with a code of `words`.

    `redactions`: what was destroyed of it; `redrawn`: media whose file is made from the original.
    """

    dossiers: tuple[Dossier, ...]
    media: tuple[MediaItem, ...]
    omitted: tuple[tuple[MediaId, str], ...]
    redactions: tuple[Redacted, ...] = ()
    redrawn: frozenset[MediaId] = frozenset()

    @property
    def reports(self) -> tuple[ReportId, ...]:
        return tuple(dossier.report.report_id for dossier in self.dossiers)


def chosen_reports(vault: Vault, choice: Choice, *, taxonomy: Taxonomy, now: datetime) -> Chosen:
    """All of the reports of `choice`, as they stand now.

    Raises:
        RoleMissing, QueryError, UnknownReference, ChoiceUnfit, AgreementForbids: as the choice gives
            reason.
    """
    numbers = numbers_chosen(
        vault, chosen_of(choice), limit=LARGEST_PACKAGE, taxonomy=taxonomy, now=now
    )
    with vault.reader() as reader:
        dossiers = tuple(_dossier(reader, number) for number in numbers)
    items = {item.media_id: item for dossier in dossiers for item in dossier.media}
    return Chosen(
        dossiers=dossiers,
        media=tuple(item for item in items.values() if may_go(item)),
        omitted=tuple(
            (item.media_id, item.refusal or item.state.value)
            for item in items.values()
            if not may_go(item)
        ),
    )


def chosen_without(chosen: Chosen, withheld: Withheld) -> Chosen:
    """What is chosen, with nothing in it of what is `withheld`."""
    return replace(
        chosen,
        dossiers=tuple(dossier_without(each, withheld) for each in chosen.dossiers),
        media=tuple(media_without(item, withheld.fields) for item in chosen.media),
    )


def may_go(item: MediaItem) -> bool:
    """Its file is here."""
    return item.state is MediaState.HELD and item.digests is not None


def _dossier(reader: Reader, number: ReportId) -> Dossier:
    """All of a report but what waits for a second reader: that is told to nobody yet."""
    dossier = reports.dossier(reader, number)
    named = [row.operation.operation_id for row in dossier.operations]
    held = second_readings.held_among(reader, named)
    left = tuple(row for row in dossier.operations if row.operation.operation_id not in held)
    return replace(dossier, operations=left) if held else dossier
