"""What verification says of a certificate's time, of its signer, and in the end.

The same sentences stand in `packaging/verify/verify_package.py`; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr

VERDICTS: Mapping[str, str] = {
    "verified": tr("Verified."),
    "verified_expired_proven": tr(
        "Verified. The certificate has expired since; a time stamp proves that the signature was made while it was valid."
    ),
    "intact_expired_claimed": tr(
        "NOT fully verified: the signature is intact, but the certificate has expired since, and that it was valid at signing is only the signer’s claim; no time stamp proves it."
    ),
    "incomplete": tr("NOT verified: nothing wrong was found, but not everything was checked."),
    "refused": tr("NOT verified."),
}


def valid_and_proven(start: str, end: str, authority: str, moment: str) -> str:
    return tr(
        "The certificate is valid from {start} to {end}. A time stamp of {authority} proves that the signature existed at {moment}.",
        start=start,
        end=end,
        authority=authority,
        moment=moment,
    )


def valid_as_stated(start: str, end: str, reason: str) -> str:
    return tr(
        "The certificate is valid from {start} to {end}, and the time that the signer states lies within. {reason}",
        start=start,
        end=end,
        reason=reason,
    )


def expired_and_claimed(start: str, end: str, reason: str) -> str:
    return tr(
        "The certificate was valid from {start} to {end} and has expired. That the signature was made before is only the signer’s claim. {reason}",
        start=start,
        end=end,
        reason=reason,
    )


def no_time_stamp() -> str:
    return tr("No time stamp proves it.")


def time_stamp_of_a_stranger() -> str:
    return tr("The time stamp does not go back to a given authority, and proves nothing.")


def time_stamp_too_late() -> str:
    return tr("The time stamp was made after the certificate had expired.")


def expected_signer(name: str) -> str:
    return tr("Signed by {name}, as expected.", name=name)
