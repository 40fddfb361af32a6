"""Short neutral labels for the closed choices of the product, by their stable words."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr

_CANNOT_SHOW: Mapping[str, str] = {
    "not_media": tr("not a picture or video"),
    "format_refused": tr("a format that is not decoded here"),
    "corrupt": tr("the file is damaged"),
    "truncated": tr("the file is cut short"),
    "too_large": tr("more pixels than the budget allows"),
    "audio_only": tr("sound without a picture"),
    "child_died": tr("the decoder ended over this file"),
    "child_hung": tr("the decoder made no progress on this file"),
    "child_breach": tr("the decoder gave an answer that is not allowed"),
}

_REFUSALS: Mapping[str, str] = {
    "untrusted.digest": tr("the bytes received are not those announced"),
    "untrusted.too_large": tr("longer than announced"),
    "untrusted.malformed": tr("the portal’s answer made no sense"),
    "import.not_in_package": tr("it was not in the package that brought its report"),
}

_WORKFLOW_RULES: Mapping[str, str] = {
    "baseline_is_final": tr("a Baseline assessment is final"),
    "only_national_overruled": tr("only a National assessment may be overruled"),
    "actions_exist": tr("actions have been taken on this content already"),
    "not_assigned_here": tr("the content is assigned to another country"),
}

SANDBOX_UNPROVEN = tr("this sandbox has not passed its contract on Windows yet")
"""What the window, the command line and doctor say there."""

_IN_NAMESPACES = tr(
    "{confinement}; in namespaces: no network, no process and no file of this machine is there"
)

_SANDBOX_LEVELS: Mapping[str, str] = {
    "none": tr("no confined decoder: media are not decoded"),
    "unproven": tr(
        "this sandbox has not passed its contract on Windows yet: media are not decoded"
    ),
    "process": tr(
        "a process of its own (clean interpreter, limited memory, no files, no privileges)"
    ),
    "filtered": tr("a process of its own that the kernel ends over any unusual system call"),
    "walled": tr(
        "a process of its own that the kernel ends over any unusual system call, and lets reach no file, network or neighbour"
    ),
}

OPERATION_STATES: Mapping[str, str] = {
    "queued": tr("queued"),
    "sending": tr("sending"),
    "settled": tr("settled"),
    "rejected": tr("rejected"),
    "needs_you": tr("needs you"),
    "set_aside": tr("set aside"),
}

_PHASES: Mapping[str, str] = {
    "connecting": tr("Connecting"),
    "changes": tr("Fetching changes"),
    "media": tr("Fetching media"),
    "operations": tr("Sending operations"),
    "composing": tr("Composing"),
    "exporting": tr("Writing rows"),
    "sealing": tr("Sealing"),
    "checking": tr("Checking"),
    "generating": tr("Generating"),
    "copying": tr("Copying the database"),
    "resealing": tr("Sealing files anew"),
    "backing_up": tr("Writing the backup"),
    "restoring": tr("Restoring"),
    "examining": tr("Going through a long file"),
    "rebuilding": tr("Making veils again"),
    "importing": tr("Reading the list"),
    "matching": tr("Matching hash lists"),
    "stacking": tr("Comparing what came"),
    "deciding": tr("Deciding"),
    "turning": tr("Undoing or doing again"),
}


def cannot_show(reason: str) -> str:
    """Why a file cannot be shown."""
    return _CANNOT_SHOW.get(reason, reason)


def refusal(code: str) -> str:
    """Why the bytes of a media item were not kept."""
    return _REFUSALS.get(code, code)


def workflow_rule(rule: str) -> str:
    """A rule of the network's workflow in words."""
    return _WORKFLOW_RULES.get(rule, rule)


def sandbox_level(code: str) -> str:
    """What confines a child, by `media.sandbox.Confinement.code`."""
    level, _, namespaces = code.partition(".")
    confinement = _SANDBOX_LEVELS.get(level, level)
    return _IN_NAMESPACES.format(confinement=confinement) if namespaces else confinement


def operation_state(state: str) -> str:
    return OPERATION_STATES.get(state, state)


def phase(name: str) -> str:
    return _PHASES.get(name, name)
