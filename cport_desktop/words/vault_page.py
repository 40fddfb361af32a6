"""Sentences of the Vault page and of the audit page: what keeps a vault, and what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

TITLE = tr("Vault")
SECTIONS = tr("Parts of the vault page")

HEALTH = tr("Health")
SLOTS = tr("Key slots")
BACKUPS = tr("Backups")
CHECK = tr_in("a part of the page", "Check")
ANALYSTS = tr("Analysts")
RETENTION = tr("Retention")
HOLDS = tr("Holds")
ERASURES = tr("Erasures")
ANCHORS = tr("Anchors")

WORKING = tr("Working…")
STOPPED = tr("Stopped. What was finished so far stays; the rest was undone.")
STOPPING = tr("Stopping at the next safe point…")
STOP = tr("Stop")
CLOSE = tr("Close")
LEAVE = tr("Leave")
REASON = tr("Reason")
REASON_PLACEHOLDER = tr("Why, in a sentence; it is kept in the audit log")
NEEDS_REASON = tr("Say why: it is kept in the audit log.")
SINCE_NEVER = tr("never")
CHOOSE = tr("Choose…")
PATH_OF_NEW = tr("Path of a new file; an existing one is never overwritten")
NEEDS_PATH = tr("Say where the file is to be written.")
RELOAD = tr("Look again")

ROLES: Mapping[str, str] = {
    "analyst": tr("analyst"),
    "supervisor": tr("supervisor"),
    "exporter": tr("exporter"),
    "auditor": tr("auditor"),
    "administrator": tr("administrator"),
}
ROLE_DOES: Mapping[str, str] = {
    "analyst": tr("searches, opens, looks, assesses, exchanges with the portal"),
    "supervisor": tr("places and releases holds, applies retention, erases, sets the unit’s rules"),
    "exporter": tr("lets packages and tables leave"),
    "auditor": tr("reads the audit log, for a purpose"),
    "administrator": tr("people and their slots, new keys, backups, the portal"),
}


def needs_role(role: str, what: str) -> str:
    """Stands where an act would be that this analyst may not do."""
    return tr(
        "{act} needs the role “{role}”. Under Analysts stands who can give it.",
        act=what,
        role=ROLES.get(role, role),
    )


# -- health

HEALTH_INTRO = tr(
    "What keeps this vault safe and what does not, each with what to do; Enter goes where it is done. Looking starts confined decoders, tries to get out of them, and reads the disk; it changes nothing."
)
HEALTH_NAME = tr("What")
HEALTH_VERDICT = tr("Verdict")
HEALTH_FOUND = tr_in("what was found", "Found")
HEALTH_ADVICE = tr("What to do")
VERDICTS: Mapping[str, str] = {
    "ok": tr("✓ good"),
    "warning": tr("◆ look at it"),
    "missing": tr("✗ fails"),
}
VERDICT_TONES: Mapping[str, str | None] = {
    "ok": "lightest",
    "warning": "grave",
    "missing": "gravest",
}
NO_HEALTH = tr("Looking…")
NO_HEALTH_HELP = tr("Findings stand here in a moment, the ones that need something first.")
ALL_GOOD = tr("Nothing needs to be done.")
NOTHING_TO_DO = tr("nothing")


HEALTH_GO = tr("Go there")
LIBRARIES = tr("Libraries")
HEALTH_CURES: Mapping[str, tuple[str, str]] = {
    "vault.slots": (SLOTS, tr("Add a recovery code and keep it in a sealed envelope.")),
    "vault.key_age": (
        SLOTS,
        tr("Consider a new master key. Backups made before keep the old one."),
    ),
    "vault.backup": (BACKUPS, tr("Make a backup, onto a medium that is kept elsewhere.")),
    "vault.drill": (BACKUPS, tr("A drill shows whether the backup can really be restored.")),
    "vault.check": (CHECK, tr("Run a deep check; one that was interrupted goes on where it was.")),
    "vault.files": (CHECK, tr("Run a deep check.")),
    "vault.pictures": (CHECK, tr("Rebuild the pictures; nothing is shown by it.")),
}
"""What to do in the window, where doctor names a command, and on which part of the page."""


def health_told(worries: int) -> str:
    if worries == 0:
        return ALL_GOOD
    return tr_many("{count} finding needs something.", "{count} findings need something.", worries)


# -- slots

SLOTS_INTRO = tr(
    "Every slot opens the whole vault by itself. A passphrase or recovery slot always remains, so that no keyring, stick or token can lock you out."
)
SLOT = tr("Slot")
KIND = tr("Kind")
WHOSE = tr("Whose")
MADE = tr("Made")
OPENED = tr("Last opened")
TESTED = tr("Last tested")
IN_USE = tr("in use now")
ADD_SLOT = tr("Add…")
TEST_SLOT = tr("Test…")
RENAME_SLOT = tr("Rename…")
CHANGE_SECRET = tr("Change secret…")
REMOVE_SLOT = tr("Remove…")
REKEY = tr("New master key…")
OTHERS_SLOTS = tr("Changing the slots of others, a new master key, and sealing files anew")
AS_IT_IS = tr("What opens it now")
DOES_NOT_OPEN = tr("✗ It does not open this slot.")
NO_SLOTS = tr("No slots")
NO_SLOTS_HELP = tr("Every vault has one; if none stands here, run Check.")

KINDS: Mapping[str, str] = {
    "passphrase": tr("passphrase"),
    "recovery": tr("recovery code"),
    "key_file": tr("key file"),
    "keyring": tr("keyring + PIN"),
    "token": tr("token + PIN"),
}
KINDS_EXPLAINED: Mapping[str, str] = {
    "passphrase": tr("Something you know. Opens on any machine."),
    "recovery": tr("Eight groups on paper, for the day on which all else is lost."),
    "key_file": tr(
        "A file on a stick that is kept elsewhere. Whoever has the file opens the vault."
    ),
    "keyring": (
        tr(
            "A convenience: half of it lies with this desktop’s keyring and opens nothing once that is gone."
        )
    ),
    "token": tr("A PKCS#11 token (smart card, HSM) and its PIN."),
}

ADD_TITLE = tr("Add a key slot")
ADD_INTRO = tr("It opens the vault beside the slots there are. Nothing is encrypted anew.")
TEST_TITLE = tr("Test a key slot")
TEST_INTRO = tr("Shows whether it opens, without closing anything. That it was tried is on record.")
RENAME_TITLE = tr("Rename a key slot")
RENAME_INTRO = tr("The name is a label that anybody can read who has the vault’s folder.")
CHANGE_TITLE = tr("Change the secret of a key slot")
REMOVE_TITLE = tr("Remove a key slot")
INSIST = tr("Remove it even if its analyst could not get in any more")
REKEY_TITLE = tr("Give the vault a new master key")
REKEY_INTRO = tr(
    "For the day on which somebody left, or a key may have become known. The vault locks, its database is copied under the new key, and the door comes back. Every slot opens it as before. Backups made before keep the old key and open with the slots they had."
)
REKEY_BEGIN = tr("Lock and renew")
RESEAL = tr("Seal files anew…")
RESEAL_TITLE = tr("Seal every file anew")
RESEAL_INTRO = tr(
    "A new master key leaves the keys of the files as they are. Where the old database may be in wrong hands, with the old master key, this gives each file a key and a name of its own anew. Every byte is read and written once more, so that it takes long in a large vault; you can go on working, and what was stopped goes on where it was."
)
RESEAL_BACKUPS = tr("Backups made before keep the old keys. Make a new one afterwards.")
RESEAL_BEGIN = tr("Begin")
REKEYING = tr("Renewing the master key. Nothing is lost if this is cut off.")
NEW_NAME = tr("New name")
SLOT_NAME = tr("Name of the slot")
SLOT_NAME_PLACEHOLDER = tr("for instance: sheet in the safe")
NEEDS_NAME = tr("Give the slot a name that tells it from the others.")
ADD = tr("Add")
TEST = tr("Test")
RENAME = tr("Rename")
CHANGE = tr_in("act", "Change")
REMOVE = tr("Remove")
WAIT_FOR_KEY = tr("Deriving the key. This takes a second or two by design.")


def opens(slot: str) -> str:
    return tr("✓ It opens: slot “{slot}”.", slot=slot)


def slot_added(name: str) -> str:
    return tr(
        "Slot “{name}” opens the vault from now on. Test it once before you rely on it.", name=name
    )


def slot_removed(name: str) -> str:
    return tr("✓ Slot “{name}” opens this vault no more.", name=name)


def slot_changed(name: str) -> str:
    return tr("Slot “{name}” opens with the new secret, and no longer with the old one.", name=name)


def remove_what(name: str, kind: str) -> str:
    return tr("“{name}” ({kind}) opens the vault no more once it is removed.", name=name, kind=kind)


def change_what(name: str, kind: str) -> str:
    return tr(
        "“{name}” ({kind}) keeps its name, its owner and what it opens.", name=name, kind=kind
    )


def resealed(files: int, size: str, damaged: Sequence[str]) -> str:
    """What became of the files."""
    told = tr_many(
        "{count} file has a key of its own anew ({size}).",
        "{count} files have a key of their own anew ({size}).",
        files,
        size=size,
    )
    if not damaged:
        return f"✓ {told} {RESEAL_BACKUPS}"
    left = tr_many(
        "{count} file is damaged and left as found: {files}. Run a deep check; what is lost can come from a backup, or from the portal.",
        "{count} files are damaged and left as found: {files}. Run a deep check; what is lost can come from a backup, or from the portal.",
        len(damaged),
        files=_first_few(damaged),
    )
    return f"◆ {told} {left}"


def _first_few(files: Sequence[str]) -> str:
    return ", ".join(files[:5]) + ("…" if len(files) > 5 else "")


# -- backups

BACKUPS_INTRO = tr(
    "One sealed file with everything, made while you work, read back before it gets its name. A backup that was never restored is a hope: a drill restores it into a folder that is removed afterwards."
)
KEPT_AT = tr("When")
KEPT_KIND = tr("What")
KEPT_VERDICT = tr("Outcome")
KEPT_SUBJECT = tr("File")
KEPT_KINDS: Mapping[str, str] = {
    "backup": tr("backup"),
    "drill": tr("restore drill"),
    "check": tr_in("what was done", "check"),
    "restore": tr_in("what was done", "restore"),
}
KEPT_SOUND = tr("✓ sound")
NO_KEPT = tr("No backup yet")
NO_KEPT_HELP = tr(
    "Without one, a broken disk or a lost machine loses all that the portal cannot send again: your work, your keys, the audit log. Press Back up."
)
BACK_UP = tr("Back up…")
DRILL = tr("Drill…")
BACKUP_TITLE = tr("Back up the vault")
BACKUP_INTRO = tr(
    "Put it on a medium that is kept elsewhere. It opens with the slots the vault has now; the slots removed later still open it."
)
BACKUP_WHERE = tr("New file")
BACKUP_SINCE = tr("Leave out what an earlier backup has (optional)")
BACKUP_SINCE_PLACEHOLDER = tr("Path of an earlier backup; both are needed to restore")
BACKUP_BEGIN = tr("Back up")
DRILL_TITLE = tr("Restore drill")
DRILL_INTRO = tr(
    "Restores the backup into a private folder, checks every page and file, and removes it again. It needs as much free space as the vault."
)
DRILL_FILE = tr("Backup file")
DRILL_BASES = tr("Backups that it builds on (one path a line, if any)")
DRILL_BEGIN = tr("Try it")
DRILL_KEY = tr("What opens it (empty: the keys in memory, so that no slot is tried)")
BACKING_UP = tr("Backing up and drills")
NEEDS_BACKUP = tr("Name the backup file to try.")
RESTORE_HINT = tr(
    "To restore for good, into an empty folder: start cport-desktop without a vault and choose “Restore a backup instead”, or “cport vault restore”. What was erased since does not come back."
)


def backup_written(size: str, blobs: int, needed: int) -> str:
    written = tr_many(
        "✓ Written and read back: {size}, {count} sealed file.",
        "✓ Written and read back: {size}, {count} sealed files.",
        blobs,
        size=size,
    )
    files = tr_many("One file restores it.", "{count} files are needed to restore it.", needed)
    return f"{written} {files}"


def backup_faults(faults: Iterable[str]) -> str:
    return tr(
        "Written and read back, but the vault itself has faults: {faults}", faults="; ".join(faults)
    )


def drill_done(made_at: str, size: str, findings: int) -> str:
    if findings:
        return tr_many(
            "✗ The backup of {made_at} came back with {count} fault.",
            "✗ The backup of {made_at} came back with {count} faults.",
            findings,
            made_at=made_at,
        )
    return tr(
        "✓ The backup of {made_at} came back whole ({size}) and was checked to the last byte.",
        made_at=made_at,
        size=size,
    )


DIGEST = tr("SHA-256 of the file")

# -- check

CHECK_INTRO = tr(
    "Pages, references, log and rows; a deep check also reads every sealed file to its end. It goes on beside your work, and one that was stopped goes on where it was."
)
CHECK_QUICK = tr_in("act", "Check")
CHECK_DEEP = tr("Deep check")
CHECK_AGAIN = tr("Deep check from the beginning")
REBUILD = tr("Rebuild pictures")
REBUILD_EXPLAINED = tr(
    "Veils and thumbnails are no evidence: they are made from the originals and can be made again in the confined decoder, without showing anything."
)
WHERE = tr("Where")
WHAT = tr("What is wrong")
NO_FINDINGS = tr("Not checked in this session")
NO_FINDINGS_HELP = tr("Findings stand here, each with where it is. Nothing is repaired unasked.")
SOUND = tr("✓ No fault found")
SOUND_HELP = tr("Every page, reference and entry is as it should be.")
SOUND_DEEP_HELP = tr("Every page, reference, entry and sealed file is as it should be.")
FAULTY_HELP = tr(
    "Keep a copy of the vault’s folder as it is. What is lost can come from a backup, and media from the portal."
)


def last_check(when: str | None, *, is_sound: bool) -> str:
    if when is None:
        return tr("Never checked so far.")
    if is_sound:
        return tr("Last checked {when}: no fault found.", when=when)
    return tr("Last checked {when}: with findings.", when=when)


def findings(number: int) -> str:
    told = tr_many("✗ {count} finding.", "✗ {count} findings.", number)
    return f"{told} {FAULTY_HELP}"


def rebuilt(made: int, without: Sequence[str]) -> str:
    told = tr_many("{count} picture was made anew.", "{count} pictures were made anew.", made)
    if not without:
        return told
    none = tr_many(
        "{count} file gives none: {files}",
        "{count} files give none: {files}",
        len(without),
        files=_first_few(without),
    )
    return f"{told} {none}"


# -- analysts

ANALYSTS_INTRO = tr(
    "Who works on this workstation. Everybody opens the vault with slots of their own; roles order the work and count from the next opening on."
)
NAME = tr("Name")
ROLE_LIST = tr("Roles")
THEIR_SLOTS = tr("Slots")
SINCE = tr_in("how something stands", "State")
PRESENT = tr("here now")
RETIRED = tr("retired")
WORKS_HERE = tr("works here")
ADD_ANALYST = tr("Add…")
CHANGE_ROLES = tr("Roles…")
RETIRE = tr("Retire…")
NO_ANALYSTS = tr("Nobody")
NO_ANALYSTS_HELP = tr("A vault has one analyst at least.")
ADD_ANALYST_TITLE = tr("Add an analyst")
ADD_ANALYST_INTRO = tr(
    "They get a slot of their own and a personal key that nobody else’s slot opens. Let them type their passphrase themselves."
)
ROLES_TITLE = tr("Roles of an analyst")
RETIRE_TITLE = tr("Retire an analyst")
GIVE = tr("Give these roles")
RETIRE_NOW = tr("Retire")
NEEDS_PERSON = tr("Type the analyst’s name as the audit log is to show it.")
OTHERS_ACTS = tr("Adding analysts and giving roles")


def retire_what(name: str) -> str:
    return tr(
        "{name} has no slot and no role here any more; what they did stays on record. Backups made earlier still open with their slots. Afterwards, give the vault a new master key.",
        name=name,
    )


def role_title(role: str) -> str:
    name = ROLES.get(role, role)
    return f"{name[:1].upper()}{name[1:]}"


def role_with_meaning(role: str) -> str:
    return f"{role_title(role)} – {ROLE_DOES.get(role, '')}"


# -- retention

RETENTION_INTRO = tr(
    "What the agreement no longer lets this vault keep, and by which clause. Nothing is erased by itself."
)
DUE_REPORT = tr("Report")
DUE_STANDING = tr("Standing")
DUE_CLAUSE = tr("Clause")
DUE_SINCE = tr("Since")
DUE_RULE = tr("Rule")
STANDINGS: Mapping[str, str] = {
    "due": tr("due"),
    "later": tr("not yet due"),
    "held": tr("◆ due, kept by a hold"),
    "unsettled": tr("◆ due, waits for the portal"),
    "unlimited": tr("no period applies"),
}
SCOPES: Mapping[str, str] = {
    "received": tr("since receipt"),
    "updated": tr("since the last update"),
    "withdrawn": tr("since its withdrawal"),
    "not-illegal": tr("since found not illegal"),
    "closed": tr("since it was closed"),
}
NO_PERIODS = tr("The agreement states no retention period")
NO_PERIODS_HELP = tr(
    "Periods arrive with the agreement, from the portal. Reports can still be erased by order, from the report’s own pane."
)
NOTHING_DUE = tr("Nothing is due")
NOTHING_DUE_HELP = tr("No report has outlived a period of the agreement.")
ERASE_DUE = tr("Erase what is due…")
ERASE_TITLE = tr("Erase")
ERASE_NOW = tr("Erase")
DUE_AND_ERASURE = tr("Seeing and erasing what is due")
NOT_YOURS = tr("Shown to supervisors")
ERASE_FINAL = tr(
    "The keys of their files are destroyed. Nothing of their content comes back, from here or from a backup that is restored later; the portal is not asked to send them again. Statistics without personal fields and a signed certificate remain."
)
DATE_READ = tr("Today’s date, read elsewhere (YYYY-MM-DD)")
DATE_HINT = tr(
    "The clock is not believed by itself, because time decides here about destruction. A date that agrees with it confirms it; another one changes nothing."
)
DATE_PLACEHOLDER = tr("from a calendar or another clock, not from this machine")
COUNT_PLACEHOLDER = tr("the number, in digits")
NO_DATE = tr("Type the date as YYYY-MM-DD.")
COUNTING = tr("Counting what would go…")
NO_AGREEMENT = tr("No agreement yet")
NO_AGREEMENT_HELP = tr("Periods are stated by the agreement with a portal. Enrol first.")


def periods_unknown(scopes: Iterable[str]) -> str:
    return tr(
        "The agreement states periods that this version of the program does not know, so that a person has to apply them: {periods}",
        periods="; ".join(scopes),
    )


def clock_doubted(clock: str, doubt: str) -> str:
    return tr(
        "◆ The clock says {clock}: {doubt} Erasing asks for a date that was read elsewhere.",
        clock=clock,
        doubt=doubt,
    )


def due_told(due: int, kept: int, *, is_all: bool) -> str:
    told = [tr_many("{count} report is due.", "{count} reports are due.", due)]
    if kept:
        told.append(
            tr_many(
                "{count} other is past its time and kept.",
                "{count} others are past their time and kept.",
                kept,
            )
        )
    if not is_all:
        told.append(tr("More than one run takes: the rest stands here after it."))
    return " ".join(told)


def type_count(number: int) -> str:
    return tr_many(
        "Type {count} to erase this report", "Type {count} to erase these reports", number
    )


def erase_what(reports: int, media: int | None = None, size: str = "", media_kept: int = 0) -> str:
    if media is None:
        return tr_many(
            "{count} report with its media.", "{count} reports with their media.", reports
        )
    told = tr(
        "{reports} and {media_items} ({size}).",
        reports=_reports(reports),
        media_items=_media_items(media),
        size=size,
    )
    if not media_kept:
        return told
    stay = tr_many(
        "{count} media item stays: another report or a hold keeps it.",
        "{count} media items stay: another report or a hold keeps them.",
        media_kept,
    )
    return f"{told} {stay}"


def _reports(number: int) -> str:
    return tr_many("{count} report", "{count} reports", number)


def _media_items(number: int) -> str:
    return tr_many("{count} media item", "{count} media items", number)


def erase_held(number: int) -> str:
    return tr_many(
        "✗ {count} report is under a legal hold: release it first, or choose others.",
        "✗ {count} reports are under a legal hold: release it first, or choose others.",
        number,
    )


def with_searches(number: int) -> str:
    return tr_many(
        "Erase {count} search text in the audit log that names one of them (the entry stays)",
        "Erase {count} search texts in the audit log that name one of them (the entries stay)",
        number,
    )


def with_kept_searches(number: int) -> str:
    return tr_many(
        "Erase {count} kept search that names one of them, whoever keeps it",
        "Erase {count} kept searches that name one of them, whoever keeps them",
        number,
    )


def with_kept_aside(number: int) -> str:
    return tr_many(
        "Erase {count} refused message kept aside, too",
        "Erase {count} refused messages kept aside, too",
        number,
    )


def forced(number: int) -> str:
    return tr_many(
        "Take back {count} operation that waits for the portal, and erase its texts too",
        "Take back {count} operations that wait for the portal, and erase their texts too",
        number,
    )


def erased(erasures: Iterable[str], reports: int, media: int, *, is_finished: bool) -> str:
    done = tr(
        "Erasure {erasures}: {reports} and {media_items}.",
        erasures=", ".join(erasures),
        reports=_reports(reports),
        media_items=_media_items(media),
    )
    if is_finished:
        return tr("✓ {erasure} The certificate stands under Erasures.", erasure=done)
    return tr(
        "→ {erasure} The next opening of the vault finishes it; until then there is no certificate.",
        erasure=done,
    )


# -- holds

HOLDS_INTRO = tr(
    "What nobody may erase until it is released: neither retention, nor an order, nor the portal. A hold on a report holds its media too."
)
HOLD_ID = tr("Hold")
HOLD_ITEM = tr("Item")
HOLD_BY = tr("Placed by")
HOLD_AT = tr("When")
HOLD_WHY = tr("Why")
PLACE_HOLD = tr("Place a hold…")
RELEASE_HOLD = tr("Release…")
HOLD_TITLE = tr("Place a legal hold")
HOLD_INTRO = tr("On a report (HL-…) or a media item (M-…).")
RELEASE_TITLE = tr("Release a legal hold")
HOLD_REFERENCE = tr("Item")
HOLD_REFERENCE_PLACEHOLDER = tr("HL-884179 or M-20417")
ITEM = tr("report or media item")
NEEDS_REFERENCE = tr("Name the report or media item.")
PLACE = tr("Place the hold")
RELEASE = tr("Release")
HOLDING = tr("Placing and releasing holds")
NO_HOLDS = tr("Nothing is held")
NO_HOLDS_HELP = tr(
    "A hold is placed on a report or a media item that a proceeding needs, from here or from the report’s own pane."
)


def hold_placed(reference: str) -> str:
    return tr(
        "{reference} is held: nobody erases it until the hold is released.", reference=reference
    )


def hold_released(reference: str) -> str:
    return tr(
        "The hold on {reference} is released. If its time has come, it is due now.",
        reference=reference,
    )


def release_what(reference: str, reason: str) -> str:
    return tr("{reference} is held because: {reason}", reference=reference, reason=reason)


def held_by(who: str, when: str, why: str) -> str:
    return tr("◆ Legal hold, {who}, {when}: {why}", who=who, when=when, why=why)


PANE_KEEPING = tr("Keeping")
PANE_HOLD = tr("Hold…")
PANE_HOLD_KEY = "Ctrl+H"
PANE_RELEASE = tr("Release hold…")
PANE_ERASE = tr("Erase…")
PANE_ACTS = tr("Holding and erasing")

# -- erasures

ERASURES_INTRO = tr(
    "What was erased, by whom and by which rule, and the certificate of each. A certificate names numbers and never content."
)
ERASURE_ID = tr("Erasure")
ERASURE_AT = tr("When")
ERASURE_BY = tr_in("a person", "By")
ERASURE_GROUND = tr("Ground")
ERASURE_REPORTS = tr("Reports")
ERASURE_MEDIA = tr("Media")
ERASURE_STATE = tr_in("how something stands", "State")
FINISHED = tr("✓ certified")
UNFINISHED = tr("→ being finished")
SAVE_CERTIFICATE = tr("Save certificate…")
CERTIFICATE_TITLE = tr("Save a certificate of erasure")
CERTIFICATE_INTRO = tr(
    "A signed statement that anybody can check without this product. It is handed out, so the file is on record as a disclosure."
)
SAVE = tr("Save")
SAVING = tr("Saving certificates and applying registers")
SAVE_REGISTER = tr("Save register…")
SAVE_REGISTER_TITLE = tr("Save the register of erasures")
SAVE_REGISTER_INTRO = tr(
    "What was erased here, signed by this vault’s log, for other copies of this vault: applied there, the same is erased. It is handed out, so the file is on record as a disclosure."
)
REGISTER = tr("Apply register…")
REGISTER_TITLE = tr("Apply a register of erasures")
REGISTER_INTRO = tr(
    "What another copy of this vault has erased goes here, too, and does not come back. Needed after a restore on another machine. It counts only if this vault’s own log signed it."
)
REGISTER_FILE = tr("Register")
REGISTER_PLACEHOLDER = tr("path of a file from “Save register…” or “cport vault erasures export”")
REGISTER_APPLY = tr("Erase what it names")
NEEDS_REGISTER = tr("Name the register.")
NO_ERASURES = tr("Nothing was erased yet")
NO_ERASURES_HELP = tr(
    "Each erasure stands here with its certificate, for as long as the vault exists."
)


def certificate_saved(path: str) -> str:
    return tr("✓ Saved: {path}", path=path)


def register_applied(reports: int, absent: int) -> str:
    erased_again = tr_many(
        "{count} report was erased again", "{count} reports were erased again", reports
    )
    not_here = tr_many(
        "{count} other was not here, and will not come",
        "{count} others were not here, and will not come",
        absent,
    )
    return f"✓ {erased_again}; {not_here}."


def register_held(references: Sequence[str]) -> str:
    some = ", ".join(references[:10]) + ("…" if len(references) > 10 else "")
    return tr(
        "◆ A legal hold keeps {some}: release it first, then apply the register again. It was erased elsewhere.",
        some=some,
    )


# -- anchors

ANCHORS_INTRO = tr(
    "The head of the audit log, known outside the vault too. Whoever keeps one can show later that no entry was changed, removed or put back: this is what finds a vault that was rolled back."
)
ANCHOR_KIND = tr("Kept by")
ANCHOR_AT = tr("When")
ANCHOR_HOLDER = tr("Holder")
ANCHOR_SIZE = tr("Entries")
ANCHOR_KINDS: Mapping[str, str] = {
    "portal": tr("the portal"),
    "export": tr("an export"),
    "file": tr("a file"),
    "code": tr("a paper diary"),
    "session": tr("this machine"),
}
DIARY = tr("Code for the diary")
CHECKPOINT = tr("Checkpoint…")
VERIFY = tr("Verify the log")
VERIFY_AGAINST = tr("Verify against…")
NO_ANCHORS = tr("The log is anchored nowhere yet")
NO_ANCHORS_HELP = tr(
    "An exchange with the portal anchors it, and so does a code in a diary or a checkpoint on a stick. Until then nobody outside can tell whether the log was put back."
)
CHECKPOINT_TITLE = tr("Write a checkpoint")
CHECKPOINT_INTRO = tr(
    "A small signed file with the head of the log and no content. Keep it elsewhere: on a stick, in another office."
)
WRITE = tr("Write")
VERIFY_TITLE = tr("Verify the log against what was kept")
VERIFY_INTRO = tr("Name a checkpoint file, or type the code from a diary.")
AGAINST = tr("Checkpoint file or diary code")
AGAINST_PLACEHOLDER = tr("path of a checkpoint, or a code like 7K2M-…")
NEEDS_AGAINST = tr("Name the file, or type the code.")


def write_down(size: int) -> str:
    return tr_many(
        "Write this down with today’s date: it stands for the log’s first {count} entry. Typing it under Verify against… later shows whether it is still the same.",
        "Write this down with today’s date: it stands for the log’s first {count} entries. Typing it under Verify against… later shows whether they are still the same.",
        size,
    )


def checkpoint_written(size: int, path: str) -> str:
    return tr_many(
        "✓ {path}: the head over {count} entry. Keep it away from this machine.",
        "✓ {path}: the head over {count} entries. Keep it away from this machine.",
        size,
        path=path,
    )


def verified(entries: int, anchors: int, erased_entries: int) -> str:
    told = [
        tr_many(
            "✓ {count} entry is as it was written, none is missing.",
            "✓ {count} entries are as they were written, none is missing.",
            entries,
        )
    ]
    if anchors:
        told.append(tr_many("{count} anchor agrees.", "{count} anchors agree.", anchors))
    if erased_entries:
        told.append(
            tr_many(
                "The particulars of {count} entry were erased, on record.",
                "The particulars of {count} entries were erased, on record.",
                erased_entries,
            )
        )
    return " ".join(told)


def not_verified(faults: Iterable[str]) -> str:
    return tr("✗ The log is not as it was written: {faults}", faults=" ".join(faults))


# -- the audit page

PURPOSE_TITLE = tr("Reading the audit log is itself recorded")
PURPOSE_INTRO = tr(
    "Say what you read it for: complaint, self-monitoring, integrity, a criminal proceeding (Directive (EU) 2016/680, Art. 25). The purpose stands in the log beside your name. It cannot be sorted, filtered or added up by person."
)
PURPOSE_DEMO = tr("In a demo vault the purpose may be left empty.")
PURPOSE = tr("Purpose")
PURPOSE_PLACEHOLDER = tr("for instance: monthly self-monitoring, November")
READ = tr("Read the log")
NEEDS_PURPOSE = tr("State a purpose: without one the log is not read.")
EXPORT = tr("Export…")
OTHER_PURPOSE = tr("Other purpose")
EXPORT_TITLE = tr("Export the audit log")
EXPORT_INTRO = tr(
    "For the supervisory authority: entries, head and signature in files that are readable without this product. It leaves the vault in the clear and is on record as a disclosure."
)
EXPORT_NOW = tr("Export")
SILENCE = tr("Erase particulars…")
SILENCE_TITLE = tr("Erase the particulars of one entry")
SILENCE_INTRO = tr(
    "The words of a search or the name of a file may be personal data. They go for good; the entry stays, with person, time and object, and stays provable. Another entry says who erased them, when and why. Backups and exports made before still have them."
)
SILENCE_WHAT = tr("What goes")
SILENCE_NOW = tr("Erase")


def silence_entry(number: int, act: str, when: str) -> str:
    return tr("Entry {number}: {act}, {when}", number=amount(number), act=act, when=when)


def particulars(pairs: Iterable[tuple[str, str]]) -> str:
    """What an entry says beside person, time and object; a pair a line."""
    return "\n".join(f"{name.replace('_', ' ')}: {text}" for name, text in pairs)


def silenced(number: int) -> str:
    return tr(
        "✓ The particulars of entry {number} are gone; the entry stays.", number=amount(number)
    )


AUDITING = tr("Reading the audit log")


def read_for(purpose: str) -> str:
    return (
        tr("Read for: {purpose}", purpose=purpose)
        if purpose
        else tr("Read in a demo vault, without a stated purpose.")
    )


EXPORT_FOR = tr("For whom (optional)")
EXPORT_FOR_PLACEHOLDER = tr("for instance: the supervisory authority")


def exported(entries: int, path: str) -> str:
    return tr_many(
        "✓ {count} entry exported to {path}.",
        "✓ {count} entries exported to {path}.",
        entries,
        path=path,
    )


# -- concerns, in the status line

CONCERN_KEY = "Ctrl+J"
CONCERN_MARK = "◆"


def concerns(first: str, more: int) -> str:
    told = f"{CONCERN_MARK} {first}"
    if not more:
        return told
    return tr_many("{concern} · {count} more", "{concern} · {count} more", more, concern=told)


NEVER_BACKED_UP = tr("No verified backup")
NEVER_BACKED_UP_ADVICE = tr("Make one under Vault, Backups.")
NOT_ANCHORED = tr("Log not anchored outside")
NOT_ANCHORED_ADVICE = tr("Synchronise, or take a code for the diary under Vault, Anchors.")
MARK_NOT_KEPT = tr("No high-water mark on this machine")
MARK_NOT_KEPT_ADVICE = tr(
    "The folder for it cannot be written, so that a vault that was put back would not be noticed."
)


def backup_old(days: int) -> str:
    return tr_many("Last backup {count} day ago", "Last backup {count} days ago", days)


PLACE_HAZARD = tr("The vault lies in a bad place")
