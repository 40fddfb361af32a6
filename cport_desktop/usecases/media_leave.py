"""Whether the agreement lets a media file come, by whichever road."""

from __future__ import annotations

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.media_item import MediaKind
from cport_desktop.domain.report import MediaNotice
from cport_desktop.errors import AgreementForbids
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.vault.vault import Vault

_SPOKEN_OF = frozenset({MediaKind.IMAGE.value, MediaKind.VIDEO.value, MediaKind.AUDIO.value})


def may_come(vault: Vault, notice: MediaNotice) -> bool:
    """Whether files of its kind, as it was announced, may be received; what it really is shows only
    when it is here.

    Raises:
        NotEnrolled, AgreementLapsed: no file at all may.
        AgreementForbids: no clause lets any file come.
    """
    require_answer(vault, Question(Function.MEDIA_RECEIVE))
    try:
        require_answer(vault, Question(Function.MEDIA_RECEIVE, kinds=(announced_kind(notice),)))
    except AgreementForbids:
        return False
    return True


def announced_kind(notice: MediaNotice) -> str:
    """The word of `MediaKind` for what the portal said that it is."""
    stated = (notice.declared_type or "").partition("/")[0].lower()
    return stated if stated in _SPOKEN_OF else MediaKind.OTHER.value
