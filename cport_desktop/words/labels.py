"""Short neutral labels for the closed choices of the product, by their stable words."""

from __future__ import annotations

from collections.abc import Mapping

_CANNOT_SHOW: Mapping[str, str] = {
    "not_media": "not a picture or video",
    "format_refused": "a format that is not decoded here",
    "corrupt": "the file is damaged",
    "truncated": "the file is cut short",
    "too_large": "more pixels than the budget allows",
    "audio_only": "sound without a picture",
    "child_died": "the decoder ended over this file",
    "child_hung": "the decoder made no progress on this file",
    "child_breach": "the decoder gave an answer that is not allowed",
}

_REFUSALS: Mapping[str, str] = {
    "untrusted.digest": "the bytes received are not those announced",
    "untrusted.too_large": "longer than announced",
    "untrusted.malformed": "the portal's answer made no sense",
}

_WORKFLOW_RULES: Mapping[str, str] = {
    "baseline_is_final": "a Baseline assessment is final",
    "only_national_overruled": "only a National assessment may be overruled",
    "actions_exist": "actions have been taken on this content already",
    "not_assigned_here": "the content is assigned to another country",
}

SANDBOX_UNPROVEN = "this sandbox has not passed its contract on Windows yet"
"""What the window, the command line and doctor say there."""

_IN_NAMESPACES = "; in namespaces: no network, no process and no file of this machine is there"

_SANDBOX_LEVELS: Mapping[str, str] = {
    "none": "no confined decoder: media are not decoded",
    "unproven": f"{SANDBOX_UNPROVEN}: media are not decoded",
    "process": "a process of its own (clean interpreter, limited memory, no files, no privileges)",
    "filtered": "a process of its own that the kernel ends over any unusual system call",
    "walled": "a process of its own that the kernel ends over any unusual system call, and lets reach no file, network or neighbour",
}

_OPERATION_STATES: Mapping[str, str] = {
    "queued": "queued",
    "sending": "sending",
    "settled": "settled",
    "rejected": "rejected",
    "needs_you": "needs you",
    "set_aside": "set aside",
}

_PHASES: Mapping[str, str] = {
    "connecting": "Connecting",
    "changes": "Fetching changes",
    "media": "Fetching media",
    "operations": "Sending operations",
    "composing": "Composing",
    "exporting": "Writing rows",
    "sealing": "Sealing",
    "checking": "Checking",
    "generating": "Generating",
    "copying": "Copying the database",
    "resealing": "Sealing files anew",
    "backing_up": "Writing the backup",
    "restoring": "Restoring",
    "examining": "Going through a long file",
    "rebuilding": "Making veils again",
    "importing": "Reading the list",
    "matching": "Matching hash lists",
    "stacking": "Comparing what came",
    "deciding": "Deciding",
    "turning": "Undoing or doing again",
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
    return _SANDBOX_LEVELS.get(level, level) + (_IN_NAMESPACES if namespaces else "")


def operation_state(state: str) -> str:
    return _OPERATION_STATES.get(state, state)


def phase(name: str) -> str:
    return _PHASES.get(name, name)
