"""What F1 says where a vault is made, and where one is restored."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.help import HelpText
from cport_desktop.words.tongue import tr

_KEYS: Final = (
    ("Ctrl+Enter", tr("The next step, once this one is complete")),
    ("Escape", tr("One step back; from the first one it leaves")),
    ("Ctrl+T", tr("Next theme: dark, light, high contrast")),
)
FOUNDING: Final = HelpText(
    tr("Making a vault"),
    tr(
        "A vault is one encrypted folder. Reports, media and what you write about them lie in it and"
        " nowhere else."
    ),
    (
        tr("Choose an empty folder on a disk of this machine: not a stick, not a share."),
        tr("Say whether it is for real reports or for practising. That cannot be changed later."),
        tr("Write the recovery code on paper and keep it apart from the machine."),
    ),
    _KEYS,
    chapter="first-day#make-the-vault",
)
RESTORING: Final = HelpText(
    tr("Restoring a vault"),
    tr("A backup becomes a vault again, in a folder of its own. The backup stays as it is."),
    (
        tr("Choose the file, and the full backup before it if it holds only what changed."),
        tr("Any key that the vault had when it was backed up opens it."),
        tr("Give the registers of erasures that were kept, so that what was erased stays away."),
    ),
    _KEYS,
    chapter="backup#restore",
)
