"""Sentences about keys in the window: at the door, in the wizard, where a key is asked for."""

from __future__ import annotations

from collections.abc import Mapping

# -- bringing a key

SLOT_CHOICE = "Open with"
ANY_PASSPHRASE = "any passphrase"  # noqa: S105 - a label
PASSPHRASE = "Passphrase"  # noqa: S105 - a label
RECOVERY = "Recovery code"
KEY_FILE = "Key file"
PIN = "PIN"
MODULE = "Program part of the token (optional)"
LABELS: Mapping[str, str] = {
    "passphrase": PASSPHRASE,
    "recovery": RECOVERY,
    "key_file": KEY_FILE,
    "keyring": "PIN of the keyring slot",
    "token": "PIN of the token",
}
RECOVERY_PLACEHOLDER = "eight groups of five, as on the sheet"
KEY_FILE_PLACEHOLDER = "path of the key file, on its stick"
MODULE_PLACEHOLDER = "found by itself where administrators install it"
HINTS: Mapping[str, str] = {
    "passphrase": "Nothing is locked by trying. Keyboard layout and Caps Lock matter.",
    "recovery": "Small letters, spaces and dashes do not matter; O is read as 0, I and L as 1.",
    "key_file": "Take the stick out again when the vault is open.",
    "keyring": "The keyring of this desktop must be unlocked.",
    "token": "Plug the token in. A token locks itself after some wrong PINs.",
}
NEEDS: Mapping[str, str] = {
    "passphrase": "Type the passphrase of one of the key slots of this vault.",
    "recovery": "Type the recovery code from its sheet.",
    "key_file": "Name the key file.",
    "keyring": "Type the PIN of this slot.",
    "token": "Type the PIN of the token.",
}


def slot_named(name: str, kind: str) -> str:
    return f"{name} – {kind}"


# -- making a key

NEW_PASSPHRASE = "New passphrase"  # noqa: S105 - a label
AGAIN = "The same once more"
NEW_PIN = "New PIN"
KIND = "Kind"
NEW_KEY_FILE = "Path of the new key file"
NEW_KEY_FILE_PLACEHOLDER = "on a stick that is kept elsewhere; never in the vault’s folder"
TOKEN_MODULE = "Program part of the token (PKCS#11 module)"  # noqa: S105 - a label
TOKEN_MODULE_PLACEHOLDER = "for instance /usr/lib/…/opensc-pkcs11.so"  # noqa: S105 - a label
TOKEN_WHICH = "Which token (serial number or label; empty: the only one)"  # noqa: S105 - a label
TOKEN_PIN = "PIN of the token"  # noqa: S105 - a label
DIFFER = "The two that were typed differ."
EMPTY = "Type it twice."
NEEDS_FILE = "Say where the key file is to be written."
NEEDS_MODULE = "Name the token’s program part."
WEAK = "This is short enough to be guessed. Use at least 12 characters."
LEAST = 12
"""Characters of a new passphrase that the window accepts."""
STRENGTH_HONEST = (
    "Only the length is judged. A sentence that others know is weak at any length; five or six "
    "words drawn by dice are not."
)
_STRENGTHS = (
    (8, "far too short: guessed in minutes", "gravest"),
    (12, "too short: guessed in days", "gravest"),
    (16, "fair, if nobody could expect it", "grave"),
    (22, "good", "lightest"),
)
_LONG = ("long", "lightest")


def strength(length: int) -> tuple[str, str]:
    """What so many characters are worth, and the tone that goes with it."""
    for below, words, tone in _STRENGTHS:
        if length < below:
            return f"{length} characters – {words}", tone
    return f"{length} characters – {_LONG[0]}", _LONG[1]


RECOVERY_ONCE = (
    "This code opens the vault when everything else is lost. It is shown now and never again. "
    "Write it down or save the sheet, and keep it away from this machine."
)
SHEET_WARNING = (
    "The sheet is a file in the clear: whoever has it opens the vault. Save it to a stick, print "
    "it elsewhere, destroy the file."
)
SHEET_WHERE = "Sheet (optional)"
SHEET_PLACEHOLDER = "path of a new file, on a removable medium"
SHEET_SAVE = "Save sheet"
TYPE_BACK = "Type two groups back, from the paper"
NOT_THE_GROUP = "These are not the groups of this code. Look at the paper again."
GROUPS_HIDDEN = "The code is hidden while you type it back."
SHOW_AGAIN = "Show it again"
WRITTEN_DOWN = "I have it on paper"
CONFIRM_PAPER = "Write the code down or save the sheet first, then say that you have it."


def group(number: int) -> str:
    return f"Group {number}"


def sheet_saved(path: str) -> str:
    return f"✓ Saved in the clear: {path}"


# -- the wizard

CREATE_TITLE = "Make a new vault"
CREATE_WHERE = "Where"
CREATE_WHERE_INTRO = (
    "A vault is a folder in which nothing lies in the clear. Choose an empty or new folder on a "
    "disk of this machine."
)
CREATE_FOLDER = "Folder"
CREATE_FOLDER_PLACEHOLDER = "path of an empty or new folder"
CREATE_NATURE = "What for"
LIVE = "Live – for the portal’s reports"
DEMO = "Demo – synthetic, for training; it never meets a live portal"
NATURE_FOR_EVER = "A vault is live or demo from birth and for ever."
CREATE_ANALYST = "Your name, as the audit log shows it"
CREATE_ANALYST_PLACEHOLDER = "for instance: A. Example"
CREATE_ANALYST_INTRO = "You are its first analyst, with every role."
CREATE_PASSPHRASE = "Passphrase"  # noqa: S105 - a label
CREATE_FIRST_WAY = "The first way to open the vault. Nobody can reset it for you."
CREATE_RECOVERY = "Recovery code"
CREATE_MAKE = "Make"
NEXT = "Next"
BACK = "Back"
CANCEL = "Cancel"
NO_RECOVERY = "Go on without a recovery code"
NO_RECOVERY_WARNING = (
    "Without one, a forgotten passphrase loses this vault: your work, its evidence, its log. "
    "Nobody has another key."
)
CREATE_MAKING = "Making the vault. The key is made dear to guess, which takes a few seconds."
CREATE_DONE = "The vault is made. Open it with its passphrase."
CREATE_AFTER = (
    "What you typed is forgotten when the door comes up. Make a backup soon, and let somebody else "
    "have a slot of their own: under Vault."
)
OPEN_IT = "Open it"
GO_ON_ALL_THE_SAME = "Choose another folder, or press Next once more to keep it there all the same."
NEEDS_FOLDER = "Say where the vault is to lie."
NEEDS_ANALYST = "Type your name."
RECOVERY_SLOT = "recovery sheet"
PASSPHRASE_SLOT = "passphrase"  # noqa: S105 - a label


def step_of(number: int, steps: int, title: str) -> str:
    return f"Step {number} of {steps} – {title}"


# -- the door

ACKNOWLEDGE_REASON = "Why the older copy is opened all the same"
ACKNOWLEDGE_INTRO = (
    "Only if the newer copy is lost: what was done after this copy was made is gone. The reason "
    "and the gap are put on record, and a new lineage of the log begins."
)
