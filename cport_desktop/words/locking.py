"""What the door says of the lock, and of what was being written."""

from __future__ import annotations

from collections.abc import Mapping

WHO = "CPORT Desktop"
STAY_AWAKE = "The vault is being locked."

LOCKED_BECAUSE: Mapping[str, str] = {
    "hand": "Locked. What you were writing is kept.",
    "idle": "Locked: nobody used this window for a while. What was being written is kept.",
    "sleep": "Locked before the machine went to sleep. What was being written is kept.",
    "screen": "Locked with the screen. What was being written is kept.",
    "switch": "Locked when another person’s session was shown. What was being written is kept.",
    "panic": "Locked.",
    "rekeyed": "The vault has a new master key, and every slot opens it as before.",
    "founded": "The vault is made. Open it with the passphrase that you chose.",
    "restored": "The vault is restored. Open it with a key slot of the backup’s time.",
}
"""By `ui.renewal.Why`. After the panic key the door says no more than it must."""

PANIC_KEYS = "F12 or Pause"
PANIC = "Panic: everything is gone from screen and memory at once, dialogs included"

FEEDBACK_NOT_KEPT = (
    "Escape leaves; what you wrote stays here until the vault is locked. "
    "The key slot that opened it carries no personal key, so no draft can be kept."
)
DISCARD = "Discard"
DISCARD_KEY = "Ctrl+D"
