"""Sentences of the Vault page and of the audit page: what keeps a vault, and what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

TITLE = "Vault"
SECTIONS = "Parts of the vault page"

HEALTH = "Health"
SLOTS = "Key slots"
BACKUPS = "Backups"
CHECK = "Check"
ANALYSTS = "Analysts"
RETENTION = "Retention"
HOLDS = "Holds"
ERASURES = "Erasures"
ANCHORS = "Anchors"

WORKING = "Working…"
STOPPED = "Stopped. What was finished so far stays; the rest was undone."
STOPPING = "Stopping at the next safe point…"
STOP = "Stop"
CLOSE = "Close"
LEAVE = "Leave"
REASON = "Reason"
REASON_PLACEHOLDER = "Why, in a sentence; it is kept in the audit log"
NEEDS_REASON = "Say why: it is kept in the audit log."
SINCE_NEVER = "never"
CHOOSE = "Choose…"
PATH_OF_NEW = "Path of a new file; an existing one is never overwritten"
NEEDS_PATH = "Say where the file is to be written."
RELOAD = "Look again"

ROLES: Mapping[str, str] = {
    "analyst": "analyst",
    "supervisor": "supervisor",
    "exporter": "exporter",
    "auditor": "auditor",
    "administrator": "administrator",
}
ROLE_DOES: Mapping[str, str] = {
    "analyst": "searches, opens, looks, assesses, exchanges with the portal",
    "supervisor": "places and releases holds, applies retention, erases, sets the unit’s rules",
    "exporter": "lets packages and tables leave",
    "auditor": "reads the audit log, for a purpose",
    "administrator": "people and their slots, new keys, backups, the portal",
}


def needs_role(role: str, what: str) -> str:
    """Stands where an act would be that this analyst may not do."""
    return f"{what} needs the role “{role}”. Under Analysts stands who can give it."


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


# -- health

HEALTH_INTRO = (
    "What keeps this vault safe and what does not, each with what to do; Enter goes where it is "
    "done. Looking starts confined decoders, tries to get out of them, and reads the disk; it changes nothing."
)
HEALTH_NAME = "What"
HEALTH_VERDICT = "Verdict"
HEALTH_FOUND = "Found"
HEALTH_ADVICE = "What to do"
VERDICTS: Mapping[str, str] = {"ok": "✓ good", "warning": "◆ look at it", "missing": "✗ fails"}
VERDICT_TONES: Mapping[str, str | None] = {
    "ok": "lightest",
    "warning": "grave",
    "missing": "gravest",
}
NO_HEALTH = "Looking…"
NO_HEALTH_HELP = "Findings stand here in a moment, the ones that need something first."
ALL_GOOD = "Nothing needs to be done."
NOTHING_TO_DO = "nothing"


HEALTH_GO = "Go there"
LIBRARIES = "Libraries"
HEALTH_CURES: Mapping[str, tuple[str, str]] = {
    "vault.slots": (SLOTS, "Add a recovery code and keep it in a sealed envelope."),
    "vault.key_age": (SLOTS, "Consider a new master key. Backups made before keep the old one."),
    "vault.backup": (BACKUPS, "Make a backup, onto a medium that is kept elsewhere."),
    "vault.drill": (BACKUPS, "A drill shows whether the backup can really be restored."),
    "vault.check": (CHECK, "Run a deep check; one that was interrupted goes on where it was."),
    "vault.files": (CHECK, "Run a deep check."),
    "vault.pictures": (CHECK, "Rebuild the pictures; nothing is shown by it."),
}
"""What to do in the window, where doctor names a command, and on which part of the page."""


def health_told(worries: int) -> str:
    if worries == 0:
        return ALL_GOOD
    return f"{counted(worries, 'finding needs', 'findings need')} something."


# -- slots

SLOTS_INTRO = (
    "Every slot opens the whole vault by itself. A passphrase or recovery slot always remains, so "
    "that no keyring, stick or token can lock you out."
)
SLOT = "Slot"
KIND = "Kind"
WHOSE = "Whose"
MADE = "Made"
OPENED = "Last opened"
TESTED = "Last tested"
IN_USE = "in use now"
ADD_SLOT = "Add…"
TEST_SLOT = "Test…"
RENAME_SLOT = "Rename…"
CHANGE_SECRET = "Change secret…"  # noqa: S105 - a label
REMOVE_SLOT = "Remove…"
REKEY = "New master key…"
OTHERS_SLOTS = "Changing the slots of others, a new master key, and sealing files anew"
AS_IT_IS = "What opens it now"
DOES_NOT_OPEN = "✗ It does not open this slot."
NO_SLOTS = "No slots"
NO_SLOTS_HELP = "Every vault has one; if none stands here, run Check."

KINDS: Mapping[str, str] = {
    "passphrase": "passphrase",
    "recovery": "recovery code",
    "key_file": "key file",
    "keyring": "keyring + PIN",
    "token": "token + PIN",
}
KINDS_EXPLAINED: Mapping[str, str] = {
    "passphrase": "Something you know. Opens on any machine.",
    "recovery": "Eight groups on paper, for the day on which all else is lost.",
    "key_file": "A file on a stick that is kept elsewhere. Whoever has the file opens the vault.",
    "keyring": (
        "A convenience: half of it lies with this desktop’s keyring and opens nothing once that "
        "is gone."
    ),
    "token": "A PKCS#11 token (smart card, HSM) and its PIN.",
}

ADD_TITLE = "Add a key slot"
ADD_INTRO = "It opens the vault beside the slots there are. Nothing is encrypted anew."
TEST_TITLE = "Test a key slot"
TEST_INTRO = "Shows whether it opens, without closing anything. That it was tried is on record."
RENAME_TITLE = "Rename a key slot"
RENAME_INTRO = "The name is a label that anybody can read who has the vault’s folder."
CHANGE_TITLE = "Change the secret of a key slot"
REMOVE_TITLE = "Remove a key slot"
INSIST = "Remove it even if its analyst could not get in any more"
REKEY_TITLE = "Give the vault a new master key"
REKEY_INTRO = (
    "For the day on which somebody left, or a key may have become known. The vault locks, its "
    "database is copied under the new key, and the door comes back. Every slot opens it as before. "
    "Backups made before keep the old key and open with the slots they had."
)
REKEY_BEGIN = "Lock and renew"
RESEAL = "Seal files anew…"
RESEAL_TITLE = "Seal every file anew"
RESEAL_INTRO = (
    "A new master key leaves the keys of the files as they are. Where the old database may be in "
    "wrong hands, with the old master key, this gives each file a key and a name of its own anew. "
    "Every byte is read and written once more, so that it takes long in a large vault; you can go "
    "on working, and what was stopped goes on where it was."
)
RESEAL_BACKUPS = "Backups made before keep the old keys. Make a new one afterwards."
RESEAL_BEGIN = "Begin"
REKEYING = "Renewing the master key. Nothing is lost if this is cut off."
NEW_NAME = "New name"
SLOT_NAME = "Name of the slot"
SLOT_NAME_PLACEHOLDER = "for instance: sheet in the safe"
NEEDS_NAME = "Give the slot a name that tells it from the others."
ADD = "Add"
TEST = "Test"
RENAME = "Rename"
CHANGE = "Change"
REMOVE = "Remove"
WAIT_FOR_KEY = "Deriving the key. This takes a second or two by design."


def opens(slot: str) -> str:
    return f"✓ It opens: slot “{slot}”."


def slot_added(name: str) -> str:
    return f"Slot “{name}” opens the vault from now on. Test it once before you rely on it."


def slot_removed(name: str) -> str:
    return f"✓ Slot “{name}” opens this vault no more."


def slot_changed(name: str) -> str:
    return f"Slot “{name}” opens with the new secret, and no longer with the old one."


def remove_what(name: str, kind: str) -> str:
    return f"“{name}” ({kind}) opens the vault no more once it is removed."


def change_what(name: str, kind: str) -> str:
    return f"“{name}” ({kind}) keeps its name, its owner and what it opens."


def resealed(files: int, size: str, damaged: Sequence[str]) -> str:
    """What became of the files."""
    told = f"{counted(files, 'file has', 'files have')} a key of their own anew ({size})."
    if not damaged:
        return f"✓ {told} {RESEAL_BACKUPS}"
    number = counted(len(damaged), "file is", "files are")
    some = ", ".join(damaged[:5])
    return (
        f"◆ {told} {number} damaged and left as found: {some}{'…' if len(damaged) > 5 else ''}. "
        "Run a deep check; what is lost can come from a backup, or from the portal."
    )


def rekeyed(slots: int) -> str:
    return f"The vault has a new master key; {counted(slots, 'slot has', 'slots have')} it."


# -- backups

BACKUPS_INTRO = (
    "One sealed file with everything, made while you work, read back before it gets its name. A "
    "backup that was never restored is a hope: a drill restores it into a folder that is removed "
    "afterwards."
)
KEPT_AT = "When"
KEPT_KIND = "What"
KEPT_VERDICT = "Outcome"
KEPT_SUBJECT = "File"
KEPT_KINDS: Mapping[str, str] = {
    "backup": "backup",
    "drill": "restore drill",
    "check": "check",
    "restore": "restore",
}
KEPT_SOUND = "✓ sound"
NO_KEPT = "No backup yet"
NO_KEPT_HELP = (
    "Without one, a broken disk or a lost machine loses all that the portal cannot send again: "
    "your work, your keys, the audit log. Press Back up."
)
BACK_UP = "Back up…"
DRILL = "Drill…"
BACKUP_TITLE = "Back up the vault"
BACKUP_INTRO = (
    "Put it on a medium that is kept elsewhere. It opens with the slots the vault has now; the "
    "slots removed later still open it."
)
BACKUP_WHERE = "New file"
BACKUP_SINCE = "Leave out what an earlier backup has (optional)"
BACKUP_SINCE_PLACEHOLDER = "Path of an earlier backup; both are needed to restore"
BACKUP_BEGIN = "Back up"
DRILL_TITLE = "Restore drill"
DRILL_INTRO = (
    "Restores the backup into a private folder, checks every page and file, and removes it again. "
    "It needs as much free space as the vault."
)
DRILL_FILE = "Backup file"
DRILL_BASES = "Backups that it builds on (one path a line, if any)"
DRILL_BEGIN = "Try it"
DRILL_KEY = "What opens it (empty: the keys in memory, so that no slot is tried)"
BACKING_UP = "Backing up and drills"
NEEDS_BACKUP = "Name the backup file to try."
RESTORE_HINT = (
    "To restore for good, into an empty folder: start cport-desktop without a vault and choose "
    "“Restore a backup instead”, or “cport vault restore”. What was erased since does not come back."
)


def backup_written(size: str, blobs: int, needed: int) -> str:
    files = "One file restores it." if needed == 1 else f"{needed} files are needed to restore it."
    return (
        f"✓ Written and read back: {size}, {counted(blobs, 'sealed file', 'sealed files')}. {files}"
    )


def backup_faults(faults: Iterable[str]) -> str:
    return "Written and read back, but the vault itself has faults: " + "; ".join(faults)


def drill_done(made_at: str, size: str, findings: int) -> str:
    if findings:
        return f"✗ The backup of {made_at} came back with {counted(findings, 'fault', 'faults')}."
    return f"✓ The backup of {made_at} came back whole ({size}) and was checked to the last byte."


DIGEST = "SHA-256 of the file"

# -- check

CHECK_INTRO = (
    "Pages, references, log and rows; a deep check also reads every sealed file to its end. It "
    "goes on beside your work, and one that was stopped goes on where it was."
)
CHECK_QUICK = "Check"
CHECK_DEEP = "Deep check"
CHECK_AGAIN = "Deep check from the beginning"
REBUILD = "Rebuild pictures"
REBUILD_EXPLAINED = (
    "Veils and thumbnails are no evidence: they are made from the originals and can be made again "
    "in the confined decoder, without showing anything."
)
WHERE = "Where"
WHAT = "What is wrong"
NO_FINDINGS = "Not checked in this session"
NO_FINDINGS_HELP = "Findings stand here, each with where it is. Nothing is repaired unasked."
SOUND = "✓ No fault found"
SOUND_HELP = "Every page, reference and entry is as it should be."
SOUND_DEEP_HELP = "Every page, reference, entry and sealed file is as it should be."
FAULTY_HELP = (
    "Keep a copy of the vault’s folder as it is. What is lost can come from a backup, and media "
    "from the portal."
)


def last_check(when: str | None, *, is_sound: bool) -> str:
    if when is None:
        return "Never checked so far."
    return f"Last checked {when}: {'no fault found' if is_sound else 'with findings'}."


def findings(number: int) -> str:
    return f"✗ {counted(number, 'finding', 'findings')}. {FAULTY_HELP}"


def rebuilt(made: int, without: Sequence[str]) -> str:
    told = f"{counted(made, 'picture was', 'pictures were')} made anew."
    if without:
        number = counted(len(without), "file gives", "files give")
        some = ", ".join(without[:5])
        told += f" {number} none: {some}{'…' if len(without) > 5 else ''}"
    return told


# -- analysts

ANALYSTS_INTRO = (
    "Who works on this workstation. Everybody opens the vault with slots of their own; roles "
    "order the work and count from the next opening on."
)
NAME = "Name"
ROLE_LIST = "Roles"
THEIR_SLOTS = "Slots"
SINCE = "State"
PRESENT = "here now"
RETIRED = "retired"
WORKS_HERE = "works here"
ADD_ANALYST = "Add…"
CHANGE_ROLES = "Roles…"
RETIRE = "Retire…"
NO_ANALYSTS = "Nobody"
NO_ANALYSTS_HELP = "A vault has one analyst at least."
ADD_ANALYST_TITLE = "Add an analyst"
ADD_ANALYST_INTRO = (
    "They get a slot of their own and a personal key that nobody else’s slot opens. Let them type "
    "their passphrase themselves."
)
ROLES_TITLE = "Roles of an analyst"
RETIRE_TITLE = "Retire an analyst"
GIVE = "Give these roles"
RETIRE_NOW = "Retire"
NEEDS_PERSON = "Type the analyst’s name as the audit log is to show it."
OTHERS_ACTS = "Adding analysts and giving roles"


def retire_what(name: str) -> str:
    return (
        f"{name} has no slot and no role here any more; what they did stays on record. Backups made "
        "earlier still open with their slots. Afterwards, give the vault a new master key."
    )


def role_with_meaning(role: str) -> str:
    return f"{ROLES.get(role, role).capitalize()} – {ROLE_DOES.get(role, '')}"


# -- retention

RETENTION_INTRO = (
    "What the agreement no longer lets this vault keep, and by which clause. Nothing is erased by "
    "itself."
)
DUE_REPORT = "Report"
DUE_STANDING = "Standing"
DUE_CLAUSE = "Clause"
DUE_SINCE = "Since"
DUE_RULE = "Rule"
STANDINGS: Mapping[str, str] = {
    "due": "due",
    "later": "not yet due",
    "held": "◆ due, kept by a hold",
    "unsettled": "◆ due, waits for the portal",
    "unlimited": "no period applies",
}
SCOPES: Mapping[str, str] = {
    "received": "since receipt",
    "updated": "since the last update",
    "withdrawn": "since its withdrawal",
    "not-illegal": "since found not illegal",
    "closed": "since it was closed",
}
NO_PERIODS = "The agreement states no retention period"
NO_PERIODS_HELP = "Periods arrive with the agreement, from the portal. Reports can still be erased by order, from the report’s own pane."
NOTHING_DUE = "Nothing is due"
NOTHING_DUE_HELP = "No report has outlived a period of the agreement."
ERASE_DUE = "Erase what is due…"
ERASE_TITLE = "Erase"
ERASE_NOW = "Erase"
DUE_AND_ERASURE = "Seeing what is due, and erasing it,"
NOT_YOURS = "Shown to supervisors"
ERASE_FINAL = (
    "The keys of their files are destroyed. Nothing of their content comes back, from here or from "
    "a backup that is restored later; the portal is not asked to send them again. Statistics "
    "without personal fields and a signed certificate remain."
)
DATE_READ = "Today’s date, read elsewhere (YYYY-MM-DD)"
DATE_HINT = (
    "The clock is not believed by itself, because time decides here about destruction. A date "
    "that agrees with it confirms it; another one changes nothing."
)
DATE_PLACEHOLDER = "from a calendar or another clock, not from this machine"
COUNT_PLACEHOLDER = "the number, in digits"
NO_DATE = "Type the date as YYYY-MM-DD."
COUNTING = "Counting what would go…"
NO_AGREEMENT = "No agreement yet"
NO_AGREEMENT_HELP = "Periods are stated by the agreement with a portal. Enrol first."


def periods_unknown(scopes: Iterable[str]) -> str:
    return (
        "The agreement states periods that this version does not know, so that a person has to "
        "apply them: " + "; ".join(scopes)
    )


def clock_doubted(clock: str, doubt: str) -> str:
    return f"◆ The clock says {clock}: {doubt} Erasing asks for a date that was read elsewhere."


def due_told(due: int, kept: int, *, is_all: bool) -> str:
    told = f"{counted(due, 'report is', 'reports are')} due."
    if kept:
        told += f" {counted(kept, 'other is', 'others are')} past its time and kept."
    return told if is_all else f"{told} More than one run takes: the rest stands here after it."


def type_count(number: int) -> str:
    return f"Type {number:,} to erase {'this report' if number == 1 else 'these reports'}"


def erase_what(reports: int, media: int | None = None, size: str = "", media_kept: int = 0) -> str:
    told = counted(reports, "report", "reports")
    if media is None:
        return f"{told} with their media."
    told += f" and {counted(media, 'media item', 'media items')} ({size})."
    if media_kept:
        stay = counted(media_kept, "media item stays", "media items stay")
        told += f" {stay}: another report or a hold keeps them."
    return told


def erase_held(number: int) -> str:
    are = counted(number, "report is", "reports are")
    return f"✗ {are} under a legal hold: release it first, or choose others."


def with_searches(number: int) -> str:
    texts = counted(number, "search text", "search texts")
    return f"Erase {texts} in the audit log that name one of them (the entries stay)"


def with_kept_aside(number: int) -> str:
    return f"Erase {counted(number, 'refused message', 'refused messages')} kept aside, too"


def forced(number: int) -> str:
    waits = counted(number, "operation that waits", "operations that wait")
    return f"Take back {waits} for the portal, and erase their texts too"


def erased(erasures: Iterable[str], reports: int, media: int, *, is_finished: bool) -> str:
    done = (
        f"Erasure {', '.join(erasures)}: {counted(reports, 'report', 'reports')} and "
        f"{counted(media, 'media item', 'media items')}."
    )
    if is_finished:
        return f"✓ {done} The certificate stands under Erasures."
    return (
        f"→ {done} The next opening of the vault finishes it; until then there is no certificate."
    )


# -- holds

HOLDS_INTRO = (
    "What nobody may erase until it is released: neither retention, nor an order, nor the portal. "
    "A hold on a report holds its media too."
)
HOLD_ID = "Hold"
HOLD_ITEM = "Item"
HOLD_BY = "Placed by"
HOLD_AT = "When"
HOLD_WHY = "Why"
PLACE_HOLD = "Place a hold…"
RELEASE_HOLD = "Release…"
HOLD_TITLE = "Place a legal hold"
HOLD_INTRO = "On a report (HL-…) or a media item (M-…)."
RELEASE_TITLE = "Release a legal hold"
HOLD_REFERENCE = "Item"
HOLD_REFERENCE_PLACEHOLDER = "HL-884179 or M-20417"
ITEM = "report or media item"
NEEDS_REFERENCE = "Name the report or media item."
PLACE = "Place the hold"
RELEASE = "Release"
HOLDING = "Placing and releasing holds"
NO_HOLDS = "Nothing is held"
NO_HOLDS_HELP = (
    "A hold is placed on a report or a media item that a proceeding needs, from here or from the "
    "report’s own pane."
)


def hold_placed(reference: str) -> str:
    return f"{reference} is held: nobody erases it until the hold is released."


def hold_released(reference: str) -> str:
    return f"The hold on {reference} is released. If its time has come, it is due now."


def release_what(reference: str, reason: str) -> str:
    return f"{reference} is held because: {reason}"


def held_by(who: str, when: str, why: str) -> str:
    return f"◆ Legal hold, {who}, {when}: {why}"


PANE_KEEPING = "Keeping"
PANE_HOLD = "Hold…"
PANE_HOLD_KEY = "Ctrl+H"
PANE_RELEASE = "Release hold…"
PANE_ERASE = "Erase…"
PANE_ACTS = "Holding and erasing"

# -- erasures

ERASURES_INTRO = (
    "What was erased, by whom and by which rule, and the certificate of each. A certificate names "
    "numbers and never content."
)
ERASURE_ID = "Erasure"
ERASURE_AT = "When"
ERASURE_BY = "By"
ERASURE_GROUND = "Ground"
ERASURE_REPORTS = "Reports"
ERASURE_MEDIA = "Media"
ERASURE_STATE = "State"
FINISHED = "✓ certified"
UNFINISHED = "→ being finished"
SAVE_CERTIFICATE = "Save certificate…"
CERTIFICATE_TITLE = "Save a certificate of erasure"
CERTIFICATE_INTRO = (
    "A signed statement that anybody can check without this product. It is handed out, so the file "
    "is on record as a disclosure."
)
SAVE = "Save"
SAVING = "Saving certificates and applying registers"
SAVE_REGISTER = "Save register…"
SAVE_REGISTER_TITLE = "Save the register of erasures"
SAVE_REGISTER_INTRO = (
    "What was erased here, signed by this vault’s log, for other copies of this vault: applied there, "
    "the same is erased. It is handed out, so the file is on record as a disclosure."
)
REGISTER = "Apply register…"
REGISTER_TITLE = "Apply a register of erasures"
REGISTER_INTRO = (
    "What another copy of this vault has erased goes here, too, and does not come back. Needed "
    "after a restore on another machine. It counts only if this vault’s own log signed it."
)
REGISTER_FILE = "Register"
REGISTER_PLACEHOLDER = "path of a file from “Save register…” or “cport vault erasures export”"
REGISTER_APPLY = "Erase what it names"
NEEDS_REGISTER = "Name the register."
NO_ERASURES = "Nothing was erased yet"
NO_ERASURES_HELP = "Each erasure stands here with its certificate, for as long as the vault exists."


def certificate_saved(path: str) -> str:
    return f"✓ Saved: {path}"


def register_applied(reports: int, absent: int) -> str:
    were = counted(reports, "report was", "reports were")
    others = counted(absent, "other was", "others were")
    return f"✓ {were} erased again; {others} not here, and will not come."


def register_held(references: Sequence[str]) -> str:
    some = ", ".join(references[:10]) + ("…" if len(references) > 10 else "")
    return (
        f"◆ A legal hold keeps {some}: release it first, then apply the register again. It was "
        "erased elsewhere."
    )


# -- anchors

ANCHORS_INTRO = (
    "The head of the audit log, known outside the vault too. Whoever keeps one can show later that "
    "no entry was changed, removed or put back: this is what finds a vault that was rolled back."
)
ANCHOR_KIND = "Kept by"
ANCHOR_AT = "When"
ANCHOR_HOLDER = "Holder"
ANCHOR_SIZE = "Entries"
ANCHOR_KINDS: Mapping[str, str] = {
    "portal": "the portal",
    "export": "an export",
    "file": "a file",
    "code": "a paper diary",
    "session": "this machine",
}
DIARY = "Code for the diary"
CHECKPOINT = "Checkpoint…"
VERIFY = "Verify the log"
VERIFY_AGAINST = "Verify against…"
NO_ANCHORS = "The log is anchored nowhere yet"
NO_ANCHORS_HELP = (
    "An exchange with the portal anchors it, and so does a code in a diary or a checkpoint on a "
    "stick. Until then nobody outside can tell whether the log was put back."
)
CHECKPOINT_TITLE = "Write a checkpoint"
CHECKPOINT_INTRO = (
    "A small signed file with the head of the log and no content. Keep it elsewhere: on a stick, "
    "in another office."
)
WRITE = "Write"
VERIFY_TITLE = "Verify the log against what was kept"
VERIFY_INTRO = "Name a checkpoint file, or type the code from a diary."
AGAINST = "Checkpoint file or diary code"
AGAINST_PLACEHOLDER = "path of a checkpoint, or a code like 7K2M-…"
NEEDS_AGAINST = "Name the file, or type the code."


def write_down(size: int) -> str:
    return (
        f"Write this down with today’s date: it stands for the log’s first {size:,} entries. "
        "Typing it under Verify against… later shows whether they are still the same."
    )


def checkpoint_written(size: int, path: str) -> str:
    return f"✓ {path}: the head over {size:,} entries. Keep it away from this machine."


def verified(entries: int, anchors: int, erased_entries: int) -> str:
    told = f"✓ {entries:,} entries are as they were written, none is missing."
    if anchors:
        told += f" {counted(anchors, 'anchor agrees', 'anchors agree')}."
    if erased_entries:
        told += (
            f" The particulars of {counted(erased_entries, 'entry were', 'entries were')} erased, on "
            "record."
        )
    return told


def not_verified(faults: Iterable[str]) -> str:
    return "✗ The log is not as it was written: " + " ".join(faults)


# -- the audit page

PURPOSE_TITLE = "Reading the audit log is itself recorded"
PURPOSE_INTRO = (
    "Say what you read it for: complaint, self-monitoring, integrity, a criminal proceeding "
    "(Directive (EU) 2016/680, Art. 25). The purpose stands in the log beside your name. It cannot "
    "be sorted, filtered or added up by person."
)
PURPOSE_DEMO = "In a demo vault the purpose may be left empty."
PURPOSE = "Purpose"
PURPOSE_PLACEHOLDER = "for instance: monthly self-monitoring, November"
READ = "Read the log"
NEEDS_PURPOSE = "State a purpose: without one the log is not read."
EXPORT = "Export…"
OTHER_PURPOSE = "Other purpose"
EXPORT_TITLE = "Export the audit log"
EXPORT_INTRO = (
    "For the supervisory authority: entries, head and signature in files that are readable without "
    "this product. It leaves the vault in the clear and is on record as a disclosure."
)
EXPORT_NOW = "Export"
SILENCE = "Erase particulars…"
SILENCE_TITLE = "Erase the particulars of one entry"
SILENCE_INTRO = (
    "The words of a search or the name of a file may be personal data. They go for good; the entry "
    "stays, with person, time and object, and stays provable. Another entry says who erased them, "
    "when and why. Backups and exports made before still have them."
)
SILENCE_WHAT = "What goes"
SILENCE_NOW = "Erase"


def silence_entry(number: int, act: str, when: str) -> str:
    return f"Entry {number:,}: {act}, {when}"


def particulars(pairs: Iterable[tuple[str, str]]) -> str:
    """What an entry says beside person, time and object; a pair a line."""
    return "\n".join(f"{name.replace('_', ' ')}: {text}" for name, text in pairs)


def silenced(number: int) -> str:
    return f"✓ The particulars of entry {number:,} are gone; the entry stays."


AUDITING = "Reading the audit log"


def read_for(purpose: str) -> str:
    return f"Read for: {purpose}" if purpose else "Read in a demo vault, without a stated purpose."


EXPORT_FOR = "For whom (optional)"
EXPORT_FOR_PLACEHOLDER = "for instance: the supervisory authority"


def exported(entries: int, path: str) -> str:
    return f"✓ {counted(entries, 'entry', 'entries')} exported to {path}."


# -- concerns, in the status line

CONCERN_KEY = "Ctrl+J"
CONCERN_MARK = "◆"


def concerns(first: str, more: int) -> str:
    return f"{CONCERN_MARK} {first}" if not more else f"{CONCERN_MARK} {first} · {more} more"


NEVER_BACKED_UP = "No verified backup"
NEVER_BACKED_UP_ADVICE = "Make one under Vault, Backups."
NOT_ANCHORED = "Log not anchored outside"
NOT_ANCHORED_ADVICE = "Synchronise, or take a code for the diary under Vault, Anchors."
MARK_NOT_KEPT = "No high-water mark on this machine"
MARK_NOT_KEPT_ADVICE = (
    "The folder for it cannot be written, so that a vault that was put back would not be noticed."
)


def backup_old(days: int) -> str:
    return f"Last backup {days} days ago"


PLACE_HAZARD = "The vault lies in a bad place"
