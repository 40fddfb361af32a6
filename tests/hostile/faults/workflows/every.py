"""All workflows, by name."""

from __future__ import annotations

from tests.hostile.faults.workflows.creating import Creating
from tests.hostile.faults.workflows.importing import Importing
from tests.hostile.faults.workflows.workflow import Workflow


def every_workflow() -> tuple[Workflow, ...]:
    return (Creating(), Importing())


def workflow_named(name: str) -> Workflow:
    return next(workflow for workflow in every_workflow() if workflow.name == name)
