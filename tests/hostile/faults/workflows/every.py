"""All workflows, by name."""

from __future__ import annotations

from tests.hostile.faults.workflows.backing_up import BackingUp
from tests.hostile.faults.workflows.carrying import Carrying
from tests.hostile.faults.workflows.creating import Creating
from tests.hostile.faults.workflows.enrolling import Enrolling
from tests.hostile.faults.workflows.erasing import Erasing
from tests.hostile.faults.workflows.exporting import Exporting
from tests.hostile.faults.workflows.exporting_in_parts import ExportingInParts
from tests.hostile.faults.workflows.importing import Importing
from tests.hostile.faults.workflows.listing import Listing
from tests.hostile.faults.workflows.migrating import Migrating
from tests.hostile.faults.workflows.receiving import Receiving
from tests.hostile.faults.workflows.rekeying import Rekeying
from tests.hostile.faults.workflows.restoring import Restoring
from tests.hostile.faults.workflows.slot_keeping import SlotKeeping
from tests.hostile.faults.workflows.synchronising import Synchronising
from tests.hostile.faults.workflows.updating import Updating
from tests.hostile.faults.workflows.workflow import Workflow


def every_workflow() -> tuple[Workflow, ...]:
    return (
        Creating(),
        Synchronising(),
        Carrying(),
        Enrolling(),
        Importing(),
        Exporting(),
        SlotKeeping(),
        BackingUp(),
        Restoring(),
        Migrating(),
        Rekeying(),
        Erasing(),
        Listing(),
        ExportingInParts(),
        Receiving(),
        Updating(),
    )


def workflow_named(name: str) -> Workflow:
    return next(workflow for workflow in every_workflow() if workflow.name == name)
