"""What the door says of the lock, and of what was being written."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr

WHO = "CPORT Desktop"
STAY_AWAKE = tr("The vault is being locked.")

LOCKED_BECAUSE: Mapping[str, str] = {
    "hand": tr("Locked. What you were writing is kept."),
    "idle": tr("Locked: nobody used this window for a while. What was being written is kept."),
    "sleep": tr("Locked before the machine went to sleep. What was being written is kept."),
    "screen": tr("Locked with the screen. What was being written is kept."),
    "switch": tr("Locked when another person’s session was shown. What was being written is kept."),
    "panic": tr("Locked."),
    "rekeyed": tr("The vault has a new master key, and every slot opens it as before."),
    "founded": tr("The vault is made. Open it with the passphrase that you chose."),
    "restored": tr("The vault is restored. Open it with a key slot of the backup’s time."),
}
"""By `ui.renewal.Why`. After the panic key the door says no more than it must."""

PANIC_KEYS = tr("F12 or Pause")
PANIC = tr("Panic: everything is gone from screen and memory at once, dialogs included")

FEEDBACK_NOT_KEPT = tr(
    "Escape leaves; what you wrote stays here until the vault is locked. The key slot that opened it carries no personal key, so no draft can be kept."
)
DISCARD = tr("Discard")
DISCARD_KEY = "Ctrl+D"
