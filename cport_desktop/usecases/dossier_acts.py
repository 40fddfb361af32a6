"""What every act on a dossier has in common: how it is refused, and how it goes on record."""

from __future__ import annotations

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.dossier import DossierRule
from cport_desktop.errors import DossierUnfit, TextUnfit
from cport_desktop.vault.transaction import Transaction
from cport_desktop.words import dossiers as words


def unfit(domain: str, rule: DossierRule) -> DossierUnfit:
    """The refusal under a rule, to be raised."""
    return DossierUnfit(domain=domain, rule=words.RULES[rule.value])


def require_short(text: str, longest: int) -> None:
    """Nothing, if the text is no longer than this, in characters.

    Raises:
        TextUnfit: it is.
    """
    if len(text) > longest:
        raise TextUnfit(length=len(text), limit=longest)


def stated(text: str, longest: int) -> str:
    """The text without what surrounds it.

    Raises:
        TextUnfit: nothing is left of it, or it is longer than this, in characters.
    """
    told = text.strip()
    if not told:
        raise TextUnfit(length=0, limit=longest)
    require_short(told, longest)
    return told


def record_change(tx: Transaction, domain: str, verb: str, *payload: tuple[str, str]) -> None:
    """The dossier of this domain is not what it was."""
    tx.record(
        AuditDraft(
            action=AuditAction.ALTERATION,
            verb=verb,
            object_kind=ObjectKind.DOMAIN,
            object_reference=domain,
            payload=payload,
        )
    )
