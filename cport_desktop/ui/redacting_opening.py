"""Fills `ui.redacting.Redacting` from an open vault: each intention is one use case."""

from __future__ import annotations

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.kept_redaction import FileRedaction, KeptRedaction
from cport_desktop.ui.redacting import Redacting
from cport_desktop.usecases import keep_redactions
from cport_desktop.vault.vault import Vault


def redacting_of(vault: Vault) -> Redacting:
    """All that may be asked about redactions in one open vault, from any lane."""

    def of(media_id: MediaId) -> KeptRedaction | None:
        return keep_redactions.redaction_of(vault, media_id)

    def keep(media_id: MediaId, redaction: FileRedaction, draft: DraftPlace) -> Changes:
        return keep_redactions.keep_redaction(vault, media_id, redaction, draft=draft)[1]

    def take_back(media_id: MediaId, why: str) -> Changes:
        return keep_redactions.remove_redaction(vault, media_id, reason=why)[1]

    return Redacting(of=of, keep=keep, take_back=take_back)
