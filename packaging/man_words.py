"""What the manual pages say beside what the program knows of itself (`man_pages`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EXITS: Final[Mapping[int, str]] = {
    0: "Done.",
    1: "A fault of the program. The reference of a local record is printed; it holds no content.",
    2: "Usage, including a query that does not parse.",
    3: "Refused by a rule, a policy or the agreement; the clause is named.",
    4: "The vault: wrong passphrase, locked, newer than the program, damaged, disk full.",
    5: "The road: network, portal or removable drive. Try later, or go by the other road.",
    6: "What came from outside was rejected; nothing of it was applied.",
    7: "A check ran and found something wrong.",
    130: "Interrupted by Ctrl-C. What was committed stays, and the next run goes on from there.",
    143: "The same by SIGTERM.",
}

ENVIRONMENT: Final[Mapping[str, str]] = {
    "CPORT_VAULT": "The vault, where --vault names none.",
    "CPORT_PASSPHRASE_FILE": "The file with its passphrase, where no option says what opens it.",
    "CPORT_LANGUAGE": "What the window speaks: en, fr, de or nl. Else what was chosen on this machine, "
    "else what LANGUAGE, LC_ALL, LC_MESSAGES and LANG say. The command line is English.",
    "CPORT_FLOOR": "If it is set, the installed version runs, whatever update was applied.",
    "XDG_STATE_HOME": "Below it lies what belongs to this machine (see FILES).",
    "XDG_DATA_HOME": "Below it lie updates that were applied without administrator's rights.",
    "QT_SCALE_FACTOR": "How large the window is drawn, where nothing was chosen on this machine.",
}

FILES: Final[Mapping[str, str]] = {
    "$XDG_STATE_HOME/cport-desktop/": "(~/.local/state/cport-desktop) Language and size of the window, "
    "how far each vault was seen, records of faults. No content of a case.",
    "$XDG_STATE_HOME/cport-desktop/region-profile.json": "This unit's own table of categories.",
    "$XDG_DATA_HOME/cport-desktop/": "(~/.local/share/cport-desktop) Updates: versions/VERSION/, and "
    "the file current, which names the one that runs.",
    "/usr/lib/cport-desktop/": "The program as it was installed, with its licences and its release list.",
}

DESCRIPTION: Final = """\
The workstation of an investigator who works on hotline reports. It keeps what a portal tells of in
an encrypted vault, finds and judges it while as little as possible is looked at, and hands over
signed and sealed intelligence packages. Everything but the exchange itself works with no network;
the exchange goes over HTTPS or by removable media.

A vault is a folder. One process writes to it at a time. Whoever’s key slot opened it is the actor of
what follows, and every look and act leaves an entry in its audit log.

A passphrase is never an argument: it is read from a file, from a descriptor, or asked for at the
terminal. Without --json answers are to be read; with it, one JSON object is printed and nothing
else. Times are UTC."""

WINDOW_DESCRIPTION: Final = """\
Opens the window on a vault; without one it helps to make one or to look at a demo. It takes the
options of the command line, and is the same as cport window. F1 helps in every view, F2 lists the
keys."""

ERRORS: Final = """\
With --json a failure is one object, error: its code, the exit status, the message, and what to do.
Words in capitals stand for what is told at the time."""

EXAMPLES: Final[Mapping[str, str]] = {
    "See it work, on synthetic data, without a display:": "cport demo --headless --keep DEMO",
    "Fetch what is new, and look at what came in the last week:": """\
cport --vault VAULT sync
cport --vault VAULT reports 'received:<7d'""",
    "Put a package together, and check it as its recipient would:": """\
cport --vault VAULT package create --case C-1 --recipient r.txt --signer s.pem --out p.age
cport package verify p.age --identity key.txt --trust ca.pem""",
}
