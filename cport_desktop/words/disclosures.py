"""What is said of the register of what left, and the words of notices to recipients."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "package": "intelligence package",
    "operations": "message to the portal",
    "courier": "courier bundle",
    "case": "case handed over",
    "table": "table",
    "hash_list": "hash list",
    "dossier": "dossier",
    "audit_log": "audit log",
    "certificate": "certificates of erasure",
    "notice": "notice",
}

OUTCOMES: Mapping[str, str] = {
    "left": "left",
    "not_left": "did not leave",
    "unknown": "interrupted; counts as left",
}

HANDLINGS: Mapping[str, str] = {
    "open": "open",
    "notice_written": "notice written",
    "handed_over": "notice handed over",
    "acknowledged": "acknowledged",
    "not_needed": "not needed",
}

AUDIT_LOG = "Audit log"
REGISTER = "Register of erasures"


def operations_sent(count: int) -> str:
    """The title of a message with operations."""
    return "1 operation" if count == 1 else f"{count} operations"


def certificates(count: int) -> str:
    """The title of certificates of erasure that were handed out."""
    return "1 certificate of erasure" if count == 1 else f"{count} certificates of erasure"
