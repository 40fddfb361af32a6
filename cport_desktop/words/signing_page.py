"""What the window says of who signs packages and who receives them, and of time stamps."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in, tr_many

SIGNERS: Final = tr("Who signs")
SIGNERS_INTRO: Final = tr(
    "Certificates that packages can be signed with, beside the one that the portal issued. Their keys are sealed in the vault or stay on a token, whose PIN is asked each time and kept nowhere."
)
NO_SIGNERS: Final = tr("No signer is kept yet")
NO_SIGNERS_HELP: Final = tr(
    "Without one, packages are signed with the certificate that the portal issued to this station."
)
RECIPIENTS: Final = tr("Who receives")
RECIPIENTS_INTRO: Final = tr(
    "Public keys of those who get packages again and again, under the name that you know them by. What may go to whom, the agreement says."
)
NO_RECIPIENTS: Final = tr("No recipient is kept yet")
NO_RECIPIENTS_HELP: Final = tr(
    "Ask them for their age public key, compare it with them by another channel, and keep it here."
)
KEEPING: Final = tr("Keeping signers and recipients")

NAME: Final = tr_in("what a signer or recipient is called here", "Name")
CERTIFICATE: Final = tr("Certificate of")
ISSUER: Final = tr("Issued by")
VALID: Final = tr("Valid until")
STANDING: Final = tr_in("whether a certificate can be used", "Stands")
KEY: Final = tr_in("a cryptographic key", "Key")
KEPT_BY: Final = tr("Kept by")
KEPT_AT: Final = tr("Kept since")
IN_VAULT: Final = tr("in the vault")
IN_FORCE: Final = tr("in force")
EXPIRED: Final = tr("◆ expired")
NOT_YET: Final = tr("◆ not valid yet")

ADD_FILE: Final = tr("From a file…")
ADD_TOKEN: Final = tr("On a token…")
ADD_RECIPIENT: Final = tr("Keep a recipient…")
REMOVE: Final = tr("Remove…")
KEEP: Final = tr("Keep")

FILE_TITLE: Final = tr("Keep a signer from a file")
FILE_INTRO: Final = tr(
    "One PEM file with the key (not encrypted), its certificate and those behind it. The key goes into the vault, sealed; destroy the file afterwards."
)
TOKEN_TITLE: Final = tr("Keep a signer on a token")
TOKEN_INTRO: Final = tr(
    "The key stays on the token. It signs something once, so that it is certain that key and certificate belong together."
)
RECIPIENT_TITLE: Final = tr("Keep a recipient")
RECIPIENT_INTRO: Final = tr(
    "Whoever has the identity of this key can open what is sealed to it: compare the key with its owner by another channel."
)
NAME_HERE: Final = tr("As it is to be called here")
PEM_WITH_KEY: Final = tr("Key and certificate")
PEM: Final = tr("Certificate")
PEM_HERE: Final = tr("Path of a PEM file")
MODULE: Final = tr("PKCS#11 module")
MODULE_HERE: Final = tr("Path of the token’s program part")
TOKEN: Final = tr("Token (may be left empty)")
TOKEN_HERE: Final = tr("Label or serial number, if several are plugged in")
KEY_ON_TOKEN: Final = tr("Key on the token (may be left empty)")
KEY_HERE: Final = tr("Label, or id in hex, if it has several")
PIN: Final = tr("PIN of the token")
PUBLIC_KEY: Final = tr("Public key")
PUBLIC_KEY_HERE: Final = tr("age1…, or the path of a file with it")
NEEDS_NAME: Final = tr("Say what it is to be called.")
NEEDS_PEM: Final = tr("Say where the file is.")
NEEDS_MODULE: Final = tr("Say where the token’s program part is.")
NEEDS_PIN: Final = tr("Type the PIN of the token.")
NEEDS_KEY: Final = tr("Paste the public key.")

REMOVE_TITLE: Final = tr("Remove it?")
REMOVE_NOW: Final = tr("Remove")

SIGNED_BY: Final = tr("Who signs it")
OWN: Final = tr("The certificate that the portal issued")
FROM_FILE: Final = tr("Key and certificate in a file…")
MODULE_ELSEWHERE: Final = tr("PKCS#11 module (only if it lies elsewhere than usual)")
NEEDS_SIGNER: Final = tr("The signer that was chosen is not kept any more. Choose who signs it.")
ADD_KEPT: Final = tr("Add somebody who is kept …")
KEPT_RECIPIENTS: Final = tr("Recipients that are kept")
STAMPS: Final = tr("Time stamp at signing")
STAMPS_HERE: Final = tr("https://… – address of an authority (RFC 3161); empty: none")
STAMPS_HELP: Final = tr(
    "Proves for years when it was signed. Only digests leave for it. Without a network, leave it out: one can be added later under Exchange, What left."
)


def ends_in(days: int) -> str:
    """Of a certificate that ends soon."""
    return tr_many("◆ ends in {count} day", "◆ ends in {count} days", days)


def on_token(label: str) -> str:
    """Where a key is."""
    return tr("on token “{label}”", label=label)


def signer_named(name: str, subject: str) -> str:
    """A kept signer in a choice."""
    return f"{name} – {subject}"


def certificate_told(subject: str, issuer: str, day: str) -> str:
    """Beneath the choice of who signs."""
    return tr(
        "Certificate of {subject}, issued by {issuer}, valid until {day}.",
        subject=subject,
        issuer=issuer,
        day=day,
    )


def certificate_ends(told: str, days: int) -> str:
    """The same, where it ends soon."""
    return tr_many(
        "{told} ◆ It ends in {count} day: ask for another.",
        "{told} ◆ It ends in {count} days: ask for another.",
        days,
        told=told,
    )


def certificate_unfit(told: str) -> str:
    """The same, where nothing can be signed with it now."""
    return tr("{told} ◆ It is not valid now, and nothing is signed with it.", told=told)


def needs_pin_of(label: str) -> str:
    return tr("Type the PIN of the token “{label}”.", label=label)


def remove_signer(name: str) -> str:
    return tr(
        "“{name}” is forgotten: a key in the vault is gone for good, one on a token stays there. What was signed stays signed.",
        name=name,
    )


def remove_recipient(name: str) -> str:
    return tr(
        "“{name}” is no longer offered. Packages that left, and templates, stay as they are.",
        name=name,
    )
