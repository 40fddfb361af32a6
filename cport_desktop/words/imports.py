"""What is said of packages that come from colleagues."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

REPORT_RECORD = tr("the record of a report cannot be read")
CHANGED_MEANWHILE = tr("the file was changed while it was read")

STANDINGS: Mapping[str, str] = {
    "new": tr_in("how an item of a package stands here", "new here"),
    "same": tr_in("how an item of a package stands here", "here already, the same"),
    "other": tr_in("how an item of a package stands here", "here in another revision; that stays"),
    "clash": tr_in(
        "how an item of a package stands here",
        "not taken in: a media number has other bytes here",
    ),
    "erased": tr_in("how an item of a package stands here", "was erased here, does not come back"),
    "unreadable": tr_in(
        "how an item of a package stands here", "not taken in: this version cannot read it"
    ),
}

PREVIEW = tr("Nothing was changed: this is what taking it in would do.")


def signed(signer: str, moment: str) -> str:
    return tr("Signed by {signer}, who states {moment} as the time.", signer=signer, moment=moment)


def composed(agency: str, agreement: str, person: str) -> str:
    """By whom it was composed, and under which agreement."""
    return tr(
        "Composed by {person} of {agency}, under the agreement {agreement}.",
        person=person,
        agency=agency,
        agreement=agreement,
    )


def imported_before(moment: str) -> str:
    return tr("This very package was taken in before, on {moment}.", moment=moment)


def standing(word: str, reports: int) -> str:
    """How many reports stand so."""
    match word:
        case "new":
            return tr_many("{count} report is new here.", "{count} reports are new here.", reports)
        case "same":
            return tr_many(
                "{count} report is here already, the same.",
                "{count} reports are here already, the same.",
                reports,
            )
        case "other":
            return tr_many(
                "{count} report is here in another revision, which stays.",
                "{count} reports are here in other revisions, which stay.",
                reports,
            )
        case "clash":
            return tr_many(
                "{count} report is not taken in: a media number of it has other bytes here.",
                "{count} reports are not taken in: media numbers of theirs have other bytes here.",
                reports,
            )
        case "erased":
            return tr_many(
                "{count} report was erased here and does not come back.",
                "{count} reports were erased here and do not come back.",
                reports,
            )
        case _:
            return tr_many(
                "{count} report cannot be read by this version and is not taken in.",
                "{count} reports cannot be read by this version and are not taken in.",
                reports,
            )


def files(new: int, here: int) -> str:
    return tr(
        "Media files to take in: {new}; here already: {here}.", new=amount(new), here=amount(here)
    )


def withheld(count: int) -> str:
    return tr_many(
        "The agreement does not let {count} file come.",
        "The agreement does not let {count} files come.",
        count,
    )


def absent(count: int) -> str:
    return tr_many(
        "{count} media item comes without its file.",
        "{count} media items come without their files.",
        count,
    )


def taken_in(reports: int, media: int) -> str:
    return tr(
        "Taken in: {reports} and {media_files}.",
        reports=tr_many("{count} report", "{count} reports", reports),
        media_files=tr_many("{count} media file", "{count} media files", media),
    )


def in_case(case: str, added: int) -> str:
    return tr_many(
        "In case {case}: {count} thing is new there.",
        "In case {case}: {count} things are new there.",
        added,
        case=case,
    )


def receipt_written(path: str) -> str:
    return tr("A signed receipt for the sender: {path}", path=path)
