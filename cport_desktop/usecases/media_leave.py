"""Whether the agreement lets a media file come, by whichever road; and what is still to come."""

from __future__ import annotations

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.media_item import MediaKind, announced_kind
from cport_desktop.domain.report import MediaNotice
from cport_desktop.domain.roles import Role
from cport_desktop.domain.transfer import KindWithheld, MediaPending
from cport_desktop.errors import AgreementForbids, AgreementLapsed, NotEnrolled
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.permission import require
from cport_desktop.vault import media_items, turns
from cport_desktop.vault.vault import Vault


def may_come(vault: Vault, notice: MediaNotice) -> bool:
    """Whether files of its kind, as it was announced, may be received; what it really is shows only
    when it is here.

    Raises:
        NotEnrolled, AgreementLapsed: no file at all may.
        AgreementForbids: no clause lets any file come.
    """
    require_answer(vault, Question(Function.MEDIA_RECEIVE))
    try:
        _require_kind(vault, announced_kind(notice.declared_type))
    except AgreementForbids:
        return False
    return True


def kinds_withheld(vault: Vault) -> tuple[KindWithheld, ...]:
    """Kinds of media that the agreement in force does not let come, each with what it says to that.
    None where nothing comes for another reason: there is no agreement in force, and an exchange
    says so.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    withheld = []
    for kind in MediaKind:
        try:
            _require_kind(vault, kind)
        except (NotEnrolled, AgreementLapsed):
            return ()
        except AgreementForbids as error:
            named = error.facts["clause"] or error.facts.get("nearest")
            cause = str(error.facts["cause"])
            withheld.append(KindWithheld(kind.value, str(named) if named else None, cause))
    return tuple(withheld)


def media_pending(vault: Vault) -> MediaPending:
    """How many media items have no file here, parted by whether the agreement lets it come.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    withheld = kinds_withheld(vault)
    with vault.reader() as reader:
        wanted = media_items.tally(reader).wanted
        counts = turns.count_of_kinds(reader, [each.kind for each in withheld])
    not_granted = sum(counts.values())
    announced = tuple(each for each in withheld if each.kind in counts)
    return MediaPending(wanted - not_granted, not_granted, announced)


def _require_kind(vault: Vault, kind: MediaKind) -> None:
    require_answer(vault, Question(Function.MEDIA_RECEIVE, kinds=(kind.value,)))
