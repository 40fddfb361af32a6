"""Where the manual tells of a part of a page. A part that does not stand here is told of where its page is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.ui.views.page_section import PageSection

CHAPTERS: Final[Mapping[str, str]] = {
    "AgreementSection": "agreement",
    "AnalystsSection": "people#let-somebody-work-here",
    "AnchorsSection": "audit#keep-its-head-elsewhere",
    "BackupSection": "backup",
    "CandidatesSection": "worst-of#which-domains-come-into-question",
    "CasesSection": "cases",
    "CheckSection": "backup#when-something-is-wrong",
    "ComparisonSection": "worst-of",
    "DecisionsSection": "worst-of",
    "DeedsSection": "triage#taking-it-back",
    "DeparturesSection": "register",
    "AffectedSection": "register#what-was-corrected-since",
    "DossiersSection": "worst-of#the-dossier",
    "EnrolmentSection": "first-day#enrol",
    "ErasuresSection": "retention#erase",
    "ExposureSection": "looking#your-own-looking",
    "HashListsSection": "hash-lists",
    "HealthSection": "hardening#ask-the-doctor",
    "HistorySection": "exchange#by-network",
    "HoldsSection": "retention#holds",
    "ImportsSection": "from-colleagues",
    "LinksSection": "exchange#links-that-carry-little",
    "MaySection": "agreement#may-i-",
    "ReadingsSection": "triage#a-second-reader",
    "RetentionSection": "retention#what-is-due",
    "ShiftSection": "end-of-shift",
    "RecipientsSection": "packages#recipients-and-signers",
    "SignersSection": "packages#recipients-and-signers",
    "SlotsSection": "people#key-slots",
    "StickSection": "stick",
    "SuggestionsSection": "worst-of",
    "TasksSection": "cases#tasks",
    "TemplatesSection": "packages#the-same-again",
    "TransfersSection": "exchange#links-that-carry-little",
    "UnitSection": "hardening#what-the-unit-sets-for-everybody",
}
"""By the name of its class: `chapter` or `chapter#anchor` (a test holds both together with what there is)."""


def chapter_of(part: PageSection, page: str) -> str:
    """Where the manual tells of `part`, which stands on a page that it tells of at `page`."""
    return CHAPTERS.get(type(part).__name__, page)
