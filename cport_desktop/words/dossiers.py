"""Sentences about dossiers of domains: criteria and why they stand so, warnings, states, refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

STATES: Final[Mapping[str, str]] = {
    "draft": tr("○ draft"),
    "submitted": tr("→ submitted, to be confirmed"),
    "confirmed": tr("✓ confirmed"),
    "listed": tr("● listed"),
    "review_due": tr("◆ listed, to be looked at again"),
    "delisted": tr("○ taken off"),
    "withdrawn": tr("– withdrawn"),
}
CRITERION_STATES: Final[Mapping[str, str]] = {
    "met": tr("✓ met"),
    "not_met": tr("✗ not met"),
    "undetermined": tr("? undetermined"),
}
RULES: Final[Mapping[str, str]] = {
    "not_draft": tr("only a draft can be changed or submitted; withdraw it and open it again"),
    "not_submitted": tr("only what the first officer submitted is confirmed"),
    "unconfirmed": tr("a second officer has not confirmed it yet"),
    "not_standing": tr("it was withdrawn; open it again first"),
    "same_officer": tr("whoever submitted it does not confirm it: another officer does"),
    "same_agency": tr(
        "the second agency must be another one, of another country where the criteria say so"
    ),
    "needs_agency": tr(
        "the criteria ask for the confirmation of a second agency: name it and its country"
    ),
    "no_report": tr("no report here is about it"),
    "no_evidence": tr("no report is named as evidence"),
    "not_on_domain": tr("the report has nothing on this domain"),
    "too_much_evidence": tr("more evidence is named than a dossier holds"),
    "needs_proportionality": tr("it says nothing of why the whole domain is to be blocked"),
    "needs_public": tr("it gives no reason that may be published"),
    "unmet": tr("a criterion is not met, or nobody has settled it yet"),
    "listed_already": tr("the domain is listed; suggest its removal instead"),
    "not_listed": tr("the domain is not listed"),
    "by_agencies": tr(
        "this criterion is settled by the confirmation of a second agency, and by nobody’s word"
    ),
    "other_domain": tr("the record is of another domain"),
    "too_much_enclosed": tr("as much is enclosed as a dossier holds; take something out first"),
    "removal_waits": tr("its removal was suggested, and the portal has not answered yet"),
    "unknown_criteria": tr("no such text of the criteria is kept here"),
}

LISTING: Final = tr("dossiers for the Worst-of list")
COMPARING: Final = tr("what is known here, and the Worst-of list")
MATCHES: Final[Mapping[str, str]] = {
    "agreed": tr("● listed, and known here"),
    "leaving": tr("◆ listed, and its removal is suggested"),
    "theirs": tr("● listed, nothing was done about it here"),
    "waiting": tr("→ suggested here, nothing was told yet"),
    "prepared": tr("○ a dossier here, not confirmed"),
    "refused": tr("✗ not listed"),
    "delisted": tr("○ taken off"),
    "back": tr("◆ taken off, and reported since"),
}
EXPORTING: Final = tr("Exporting a dossier")
REGISTRABLE: Final = tr("Registered domain")
SUFFIX: Final = tr("Public suffix")
READABLE: Final = tr("Reads as")
REPORTS: Final = tr("Reports")
LAST_SEEN: Final = tr("Last seen")
LISTED: Final = tr("On the list")
SUGGESTED: Final = tr("Suggested from here")
REMOVAL: Final = tr("Removal suggested")
DOSSIER: Final = tr("Dossier")
CRITERIA: Final = tr("Criteria")
WARNINGS: Final = tr("What gives pause")
EVIDENCE: Final = tr("Evidence")
NOT_TOLD: Final = tr("the portal told nothing of it")
NO_WARNING: Final = tr("nothing")
CAN: Final = tr("It can be suggested.")


def cannot(rule: str) -> str:
    return tr("It cannot be suggested: {rule}.", rule=rule)


def reports_at_hand(count: int, *, is_partial: bool) -> str:
    """`12 reports`, or that these are the newest of more."""
    if is_partial:
        return tr_many(
            "{count} report at least, by its newest items",
            "{count} reports at least, by its newest items",
            count,
        )
    return tr_many("{count} report", "{count} reports", count)


_GROUNDS: Final[Mapping[str, str]] = {
    "no_reports": tr("no report here is about it"),
    "age_implied": tr("what it was classed as implies the age"),
    "age_not_stated": tr("no assessment states an age that settles it"),
    "not_all_decided": tr("not everything on it was decided, and nothing so far settles it"),
    "virtual_unknown": tr("no assessment settles it"),
    "gone": tr("all that is known on it was removed, or could not be reached"),
    "not_all_read": tr("the newest items do not settle it, and those behind them were not read"),
    "reviewers_missing": tr("a second agency has not confirmed it yet"),
    "reviewed": tr("officers of two agencies reviewed it"),
}


def ground(  # noqa: PLR0911 - one sentence each
    code: str, count: int, *, moment: str = "", judge: str = ""
) -> str:
    """Why a criterion stands as it does."""
    match code:
        case "classed_so":
            return tr_many(
                "{count} report was classed so", "{count} reports were classed so", count
            )
        case "classed_otherwise":
            return tr("everything on it was decided, and nothing was classed so")
        case "age_stated":
            return tr_many(
                "the assessment of {count} report states it",
                "the assessments of {count} reports state it",
                count,
            )
        case "not_virtual":
            return tr_many(
                "{count} report that counts was not assessed as virtual",
                "{count} reports that count were not assessed as virtual",
                count,
            )
        case "all_virtual":
            return tr("everything on it was assessed as virtual")
        case "seen":
            return tr("the newest report is of {moment}", moment=moment)
        case "unseen":
            return tr("no report is newer than of {moment}", moment=moment)
        case "judged":
            return tr("{officer} judged it so", officer=judge)
    return _GROUNDS[code]


def caution(  # noqa: PLR0911 - one sentence each
    code: str, *, name: str = "", count: int = 0, moment: str = ""
) -> str:
    """What gives pause."""
    match code:
        case "shared_host":
            return tr(
                "It lies beneath {name}, where strangers register names: make sure that all of it is one site.",
                name=name,
            )
        case "above_shared":
            return tr(
                "Strangers register names beneath {name}, which is a part of it: all of them would be blocked.",
                name=name,
            )
        case "subdomain":
            return tr(
                "It is a part of {name}: blocking it leaves the rest of that domain open.",
                name=name,
            )
        case "legitimate_service":
            return tr(
                "{name} is on the list of legitimate services: many who have nothing to do with it would be blocked.",
                name=name,
            )
        case "unseen":
            return tr(
                "It was last seen on {moment}, more than three months ago: check that it is online.",
                moment=moment,
            )
        case "few_reports":
            return tr_many(
                "Only {count} report is about it.", "Only {count} reports are about it.", count
            )
        case "one_country":
            if not name:
                return tr("No hotline of a known country reported it.")
            return tr("Hotlines of one country alone reported it: {country}.", country=name)
    return tr("All that is known on it was removed, or could not be reached.")


def evidence_of(references: Sequence[str], count: int) -> str:
    """`HL-17, HL-18 and 3 more`."""
    more = count - len(references)
    told = ", ".join(references)
    if more <= 0:
        return told
    return tr_many(
        "{references} and {count} more", "{references} and {count} more", more, references=told
    )


def evidence_count(count: int, gone: int) -> str:
    if gone:
        return tr("{count}, of which {gone} stand no more", count=amount(count), gone=amount(gone))
    return amount(count)


# -- one dossier

FIRST_OFFICER: Final = tr("First officer")
SECOND_OFFICER: Final = tr("Second officer")
SECOND_AGENCY: Final = tr("Second agency")
REVIEW_AT: Final = tr("To be looked at again")
PROPORTIONALITY: Final = tr("Why the whole domain")
INTERNAL: Final = tr("Internal reason")
PUBLIC: Final = tr("Public reason")
REPORT: Final = tr("Report")
WHERE: Final = tr("Where on the domain")
CAPTURED: Final = tr("Received (UTC)")
ADDRESS: Final = tr("Address")
SYSTEM: Final = tr("AS")
COUNTRY: Final = tr("Country")
NOT_HERE: Final = tr("here no more")
TAKEN_BACK: Final = tr("taken back by its hotline")

# -- a file of dossiers

DOCUMENT_TITLE: Final = tr("Dossiers for the Worst-of list")
DOCUMENT_SUBTITLE: Final = tr("Domains that access providers should block, or block no more")
REFERENCES_ONLY: Final = tr(
    "Evidence is named and not copied: whoever needs it asks the agency for the report. What counts is the signed file; addresses are written so that they cannot be followed."
)
RECIPIENT: Final = tr("For")
DOMAINS: Final = tr("Domains")
ASKED: Final = tr("Asked for")
TO_ADD: Final = tr("to be listed")
TO_REMOVE: Final = tr("to be taken off")
FIRST_AGENCY: Final = tr("First agency")
CONFIRMED: Final = tr("Confirmed (UTC)")
REMOVAL_REASON: Final = tr("Why it is to be taken off")
CODE: Final = tr("No.")
CRITERION: Final = tr("Criterion")
STATE: Final = tr("State")
NO_CRITERIA: Final = tr("No criteria are kept here.")
NO_EVIDENCE: Final = tr("No report stands as evidence any more.")
UNNAMED: Final = tr("INTERPOL")
ALL_OF_THEM: Final = tr("any domain")


def file_title(count: int, name: str) -> str:
    """How an export stands in the register."""
    return tr_many(
        "Dossier of {count} domain: {name}", "Dossiers of {count} domains: {name}", count, name=name
    )
