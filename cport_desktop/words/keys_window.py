"""Sentences about keys in the window: at the door, in the wizard, where a key is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr, tr_in, tr_many

# -- bringing a key

SLOT_CHOICE = tr("Open with")
ANY_PASSPHRASE = tr("any passphrase")
PASSPHRASE = tr("Passphrase")
RECOVERY = tr("Recovery code")
KEY_FILE = tr("Key file")
MODULE = tr("Program part of the token (optional)")
LABELS: Mapping[str, str] = {
    "passphrase": PASSPHRASE,
    "recovery": RECOVERY,
    "key_file": KEY_FILE,
    "keyring": tr("PIN of the keyring slot"),
    "token": tr("PIN of the token"),
}
RECOVERY_PLACEHOLDER = tr("eight groups of five, as on the sheet")
KEY_FILE_PLACEHOLDER = tr("path of the key file, on its stick")
MODULE_PLACEHOLDER = tr("found by itself where administrators install it")
HINTS: Mapping[str, str] = {
    "passphrase": tr("Nothing is locked by trying. Keyboard layout and Caps Lock matter."),
    "recovery": tr("Small letters, spaces and dashes do not matter; O is read as 0, I and L as 1."),
    "key_file": tr("Take the stick out again when the vault is open."),
    "keyring": tr("The keyring of this desktop must be unlocked."),
    "token": tr("Plug the token in. A token locks itself after some wrong PINs."),
}
NEEDS: Mapping[str, str] = {
    "passphrase": tr("Type the passphrase of one of the key slots of this vault."),
    "recovery": tr("Type the recovery code from its sheet."),
    "key_file": tr("Name the key file."),
    "keyring": tr("Type the PIN of this slot."),
    "token": tr("Type the PIN of the token."),
}


def slot_named(name: str, kind: str) -> str:
    return f"{name} – {kind}"


# -- making a key

NEW_PASSPHRASE = tr("New passphrase")
AGAIN = tr("The same once more")
NEW_PIN = tr("New PIN")
KIND = tr("Kind")
NEW_KEY_FILE = tr("Path of the new key file")
NEW_KEY_FILE_PLACEHOLDER = tr("on a stick that is kept elsewhere; never in the vault’s folder")
TOKEN_MODULE = tr("Program part of the token (PKCS#11 module)")
TOKEN_MODULE_PLACEHOLDER = tr("for instance /usr/lib/…/opensc-pkcs11.so")
TOKEN_WHICH = tr("Which token (serial number or label; empty: the only one)")
TOKEN_PIN = tr("PIN of the token")
DIFFER = tr("The two that were typed differ.")
EMPTY = tr("Type it twice.")
NEEDS_FILE = tr("Say where the key file is to be written.")
NEEDS_MODULE = tr("Name the token’s program part.")
WEAK = tr("This is short enough to be guessed. Use at least 12 characters.")
LEAST = 12
"""Characters of a new passphrase that the window accepts."""
STRENGTH_HONEST = tr(
    "Only the length is judged. A sentence that others know is weak at any length; five or six words drawn by dice are not."
)
_STRENGTHS = (
    (8, tr("far too short: guessed in minutes"), "gravest"),
    (12, tr("too short: guessed in days"), "gravest"),
    (16, tr("fair, if nobody could expect it"), "grave"),
    (22, tr_in("strength of a passphrase", "good"), "lightest"),
)
_LONG = (tr_in("strength of a passphrase", "long"), "lightest")


def strength(length: int) -> tuple[str, str]:
    """What so many characters are worth, and the tone that goes with it."""
    verdict, tone = next(
        ((words, tone) for below, words, tone in _STRENGTHS if length < below), _LONG
    )
    told = tr_many(
        "{count} character – {verdict}", "{count} characters – {verdict}", length, verdict=verdict
    )
    return told, tone


RECOVERY_ONCE = tr(
    "This code opens the vault when everything else is lost. It is shown now and never again. Write it down or save the sheet, and keep it away from this machine."
)
SHEET_WARNING = tr(
    "The sheet is a file in the clear: whoever has it opens the vault. Save it to a stick, print it elsewhere, destroy the file."
)
SHEET_WHERE = tr("Sheet (optional)")
SHEET_PLACEHOLDER = tr("path of a new file, on a removable medium")
SHEET_SAVE = tr("Save sheet")
TYPE_BACK = tr("Type two groups back, from the paper")
NOT_THE_GROUP = tr("These are not the groups of this code. Look at the paper again.")
GROUPS_HIDDEN = tr("The code is hidden while you type it back.")
SHOW_AGAIN = tr("Show it again")
WRITTEN_DOWN = tr("I have it on paper")
CONFIRM_PAPER = tr("Write the code down or save the sheet first, then say that you have it.")


def group(number: int) -> str:
    return tr("Group {number}", number=number)


def sheet_saved(path: str) -> str:
    return tr("✓ Saved in the clear: {path}", path=path)


# -- the wizard

CREATE_TITLE = tr("Make a new vault")
CREATE_WHERE = tr("Where")
CREATE_WHERE_INTRO = tr(
    "A vault is a folder in which nothing lies in the clear. Choose an empty or new folder on a disk of this machine."
)
CREATE_FOLDER = tr("Folder")
CREATE_FOLDER_PLACEHOLDER = tr("path of an empty or new folder")
CREATE_NATURE = tr("What for")
LIVE = tr("Live – for the portal’s reports")
DEMO = tr("Demo – synthetic, for training; it never meets a live portal")
NATURE_FOR_EVER = tr("A vault is live or demo from birth and for ever.")
CREATE_ANALYST = tr("Your name, as the audit log shows it")
CREATE_ANALYST_PLACEHOLDER = tr("for instance: A. Example")
CREATE_ANALYST_INTRO = tr("You are its first analyst, with every role.")
CREATE_PASSPHRASE = tr("Passphrase")
CREATE_FIRST_WAY = tr("The first way to open the vault. Nobody can reset it for you.")
CREATE_RECOVERY = tr("Recovery code")
CREATE_MAKE = tr("Make")
NEXT = tr("Next")
BACK = tr("Back")
CANCEL = tr("Cancel")
NO_RECOVERY = tr("Go on without a recovery code")
NO_RECOVERY_WARNING = tr(
    "Without one, a forgotten passphrase loses this vault: your work, its evidence, its log. Nobody has another key."
)
CREATE_MAKING = tr("Making the vault. The key is made dear to guess, which takes a few seconds.")
CREATE_DONE = tr("The vault is made. Open it with its passphrase.")
CREATE_AFTER = tr(
    "What you typed is forgotten when the door comes up. Make a backup soon, and let somebody else have a slot of their own: under Vault."
)
OPEN_IT = tr("Open it")
GO_ON_ALL_THE_SAME = tr(
    "Choose another folder, or press Next once more to keep it there all the same."
)
NEEDS_FOLDER = tr("Say where the vault is to lie.")
NEEDS_ANALYST = tr("Type your name.")
RECOVERY_SLOT = "recovery sheet"
PASSPHRASE_SLOT = "passphrase"  # noqa: S105 - a name, and no secret
"""Names of slots, kept with them and typed on the command line: the same in every language."""


def step_of(number: int, steps: int, title: str) -> str:
    return tr("Step {number} of {steps} – {title}", number=number, steps=steps, title=title)


# -- the door

ACKNOWLEDGE_REASON = tr("Why the older copy is opened all the same")
ACKNOWLEDGE_INTRO = tr(
    "Only if the newer copy is lost: what was done after this copy was made is gone. The reason and the gap are put on record, and a new lineage of the log begins."
)
