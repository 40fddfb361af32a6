"""What is said about key slots."""

from __future__ import annotations

FEW_TRIES_LEFT = "A wrong PIN was tried before; the token counts them."
ONE_TRY_LEFT = "Only one try is left before it locks itself."
TRIES_NOT_TOLD = "It does not say how many tries are left."

LAST_DOOR = "it is the last passphrase or recovery slot of this vault, and one always remains."
LAST_OF_ANALYST = (
    "it is the last one of its analyst, who could not open the vault any more"
    " (an administrator may insist with --force)."
)
OPENED_WITH = "the vault is open with it; open it with another slot to remove this one."

OLD_COPIES = (
    "Copies and backups made before still open with it, and whoever kept the master key may open"
    " this vault too: cport vault rekey gives it a new one."
)
LEFT_IN_KEYRING = "The keyring still has an entry for it, which opens nothing any more."
LEFT_ON_DEVICE = "The token still has its key, which opens nothing of this vault any more."
ALL_ELSE_THE_SAME = (
    "Nothing else changed: the slot's name, its owner and what it opens are the same."
)
