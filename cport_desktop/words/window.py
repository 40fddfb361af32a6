"""Every sentence of the window. Short, plain, one idea one word; no sentence is built elsewhere.

A `&` never marks a key here: keys are named in words (`F5`), so that they can be read aloud.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cport_desktop.words.cases_page import KEYS as CASE_KEYS
from cport_desktop.words.labels import SANDBOX_UNPROVEN
from cport_desktop.words.locking import PANIC, PANIC_KEYS
from cport_desktop.words.playing import KEY_LIST as PLAYER_KEYS
from cport_desktop.words.triage_page import KEY_LIST as TRIAGE_KEYS

PRODUCT = "CPORT Desktop"
SYNTHETIC = "SYNTHETIC"
SYNTHETIC_VAULT = "SYNTHETIC VAULT"
SYNTHETIC_EXPLAINED = "A demo vault: everything in it is made up and harmless."
DASH = "–"

# -- unlocking

UNLOCK_TITLE = "Unlock the vault"
UNLOCK_VAULT = "Vault"
UNLOCK_PASSPHRASE = "Passphrase"  # noqa: S105 - a label
UNLOCK = "Unlock"
UNLOCKING = "Deriving the key. This takes a second or two by design."
LOCKING = "Locking: what was being written is finished first."
UNLOCK_HINT = "Nothing is locked by trying. Keyboard layout and Caps Lock matter."
CAPS_LOCK = "Caps Lock seems to be on: every letter so far is a capital."
NO_PASSPHRASE = "Type the passphrase of one of the key slots of this vault."  # noqa: S105 - a sentence

# -- pages

REPORTS = "Reports"
MEDIA = "Media"
HOTLINES = "Hotlines"
OUTBOX = "Outbox"
AUDIT = "Audit"
LOCK = "Lock"
PAGES = "Pages"

# -- searching

QUERY = "Query"
QUERY_PLACEHOLDER = "words, or field:value – host:NL class:baseline received:<30d has:video"
QUERY_KEYS = "Enter searches, / comes back here"
FACETS = "Refine"
FACET_HELP = (
    "Enter or a click adds the value to the query, or takes it away again; minus, or Shift with a click, keeps"
    " it out"
)
SORT = "Sort"
PACKAGE = "Package…"
FEEDBACK = "Feedback"
KEYS = "Keys"
SEARCHING = "Searching…"

FACET_TITLES: Mapping[str, str] = {
    "class": "Classification",
    "site": "Site type",
    "hotline": "Hotline",
    "host": "Hosted in",
    "status": "State",
}
SORT_TITLES: Mapping[str, str] = {
    "received": "Received",
    "updated": "Updated",
    "ref": "Reference",
    "domain": "Domain",
    "host": "Host",
    "provider": "Provider",
    "class": "Class",
}
REPORT_STATES: Mapping[str, str] = {
    "new": "New",
    "corrected": "Corrected",
    "withdrawn": "Withdrawn",
}
ROADS: Mapping[str, str] = {
    "https": "HTTPS",
    "courier": "courier",
    "in process": "the gateway in process",
}
UNDECIDED = "Undecided"

RECEIVED = "Received"
UPDATED = "Updated"
REFERENCE = "Reference"
DOMAIN = "Domain"
HOST = "Host"
PROVIDER = "Provider"
CLASS = "Class"
STATE = "State"
DELIVERY_NETWORK = "CDN"
OVERLAID = "Your own assessment, not settled by the portal yet"

NO_REPORTS = "No reports yet"
NO_REPORTS_HELP = (
    "Reports of your jurisdiction arrive when the vault synchronises with its portal (F5)."
)
NOTHING_FOUND = "No report matches this query"
NOTHING_FOUND_HELP = "Take a condition away, or press Escape in the query line to clear it."
NO_MEDIA = "No media match"
NO_MEDIA_HELP = "Media files are fetched after the reports when the vault synchronises (F5)."
NO_HOTLINES = "No hotlines yet"
NO_HOTLINES_HELP = "The portal's list of hotlines arrives with the first reports (F5)."
NO_AUDIT = "No entries"
NO_AUDIT_HELP = "Every look, act and exchange leaves an entry here."


def found(shown: str, total: str) -> str:
    return f"{shown} of {total} reports"


def found_media(number: str) -> str:
    return f"{number} items"


def more_below(found: str) -> str:
    """`found`: how many of what, as it is told where that is all."""
    return f"{found}, more below"


def took(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds >= 1 else "under 1 ms"


def sorted_by(column: str, *, is_descending: bool) -> str:
    return f"Sorted by {column.lower()} {'↓' if is_descending else '↑'}"


def selected(number: str) -> str:
    return f"{number} selected"


# -- one report

NO_SELECTION = "Select a report to see what is known about it."
REPORTED_URL = "Reported URL"
HOSTED_IN = "Hosted in"
ADDRESS = "Address"
ASSIGNED_TO = "Assigned to"
SITE_TYPE = "Site type"
COMMERCIALITY = "Commerciality"
PAYMENT = "Payment"
REFERRER = "Referrer"
CREDENTIALS = "Sign-in given"
MEMO = "Memo"
HOTLINE_REFERENCE = "Hotline’s no."
ITEM_REFERENCE = "Item’s no."
ANALYST = "Analyst"
REVISION = "Revision"
TIMELINE = "Assessments, actions and answers"
TIMELINE_EMPTY = "No assessment and no action yet."
YOUR_OPERATIONS = "Waiting for the portal"
ASSESS = "Assess"
WITHDRAWN = "Withdrawn by the hotline"
AGE = "age"
GENDER = "gender"
FLAGS: Mapping[str, str] = {
    "virtual": "virtual",
    "user_generated": "self-generated",
    "modeling": "modelling",
}
HOTLINE_SIDE = "Hotline"
FEEDBACK_TITLE = "Feedback to the hotline"
FEEDBACK_PLACEHOLDER = "A few words to the hotline that made this report."
FEEDBACK_SEND = "Queue feedback"
FEEDBACK_KEPT = "Escape leaves; what you wrote is kept as your draft, through a lock as well."
CONFIRM = "Queue it"
LEAVE = "Leave"
COPY_CODE = "Copy code"
COPIED = "Copied"
OPEN_MEDIA = "Open in Media"


def received(hotline: str, when: str) -> str:
    return f"{hotline} · received {when}"


def hotline_unnamed(number: int) -> str:
    return f"Hotline {number}"


def autonomous_system(number: int | None, provider: str | None) -> str:
    parts = [f"AS{number}" if number is not None else "", provider or ""]
    return " ".join(part for part in parts if part) or DASH


def contents(number: int) -> str:
    return "Content item" if number == 1 else f"Content items · {number}"


def media_of(number: int) -> str:
    return f"Media · {number} item" if number == 1 else f"Media · {number} items"


def withdrawn_because(reason: str | None) -> str:
    return f"Withdrawn by the hotline: {reason}" if reason else "Withdrawn by the hotline."


def corrected(revision: int) -> str:
    return f"Corrected by the hotline; this is revision {revision}."


def cannot_assess(rule: str) -> str:
    return f"No new assessment here: {rule}."


def confirm_assessment(reference: str, label: str, *, is_final: bool) -> str:
    finality = " A Baseline assessment is final." if is_final else ""
    return f"Assess {reference} as {label}?{finality} It goes out at the next exchange."


NOT_ENROLLED = "This vault has no agreement with a portal, so nothing can be assessed."


def hotline_of(hotline: str, analyst: str | None) -> str:
    return f"{hotline}, {analyst}" if analyst else hotline


def waits(what: str, state: str, reason: str | None) -> str:
    return f"{what} – {state}: {reason}" if reason else f"{what} – {state}"


def assessed_as(label: str) -> str:
    return f"Assessed {label}"


FEEDBACK_GIVEN = "Feedback"

# -- media

MEDIA_KINDS: Mapping[str, str] = {
    "image": "image",
    "video": "video",
    "audio": "sound",
    "other": "other file",
}
MEDIA_STATES: Mapping[str, str] = {
    "wanted": "not here yet",
    "held": "held",
    "refused": "refused",
}
LEVELS: Mapping[str, str] = {
    "blurred": "blurred grey",
    "small_grey": "small grey",
    "grey": "grey",
    "blurred_colour": "blurred colour",
    "full": "full colour",
}
NO_MEDIA_SELECTION = "Select a media item to see what is known without looking."
KNOWN_WITHOUT_LOOKING = "What is known without looking"
IN_REPORTS = "In reports"
KIND = "Kind"
SIZE = "Size"
DUPLICATES = "Same bytes"
DIGESTS = "Digests"
COMPARABLE = "Comparable"
FILE_NAME = "File name"
HELD_SINCE = "Held since"
FROM_THE_FILE = "Told by the file itself"
NOT_SHOWN = "Not shown"
LEVEL = "Level"
BLUR = "blur"
SPACE = "Space"
VEILED_HOLD = "Veiled. Hold"
LOOKING = "Release to veil"
ASKING = "Recording this look…"
STAYS_VEILED = "Stays veiled."
SPENT = "Veiled again. Release, then hold once more to look."
GLASS = "Veiled picture"
NOTHING_DECODED = "the decoder gave no picture"
GRID = "Media items"
STRIP = "Media of this report"


def to_look(level: str, seconds: float) -> str:
    return f"to look: {LEVELS[level]}, {seconds:.0f} s"


def hold_to_look(level: str, seconds: float) -> str:
    return f"{VEILED_HOLD} {SPACE} {to_look(level, seconds)}"


def level_named(level: str) -> str:
    return f"{LEVEL} {level}"


def level_absent(level: str, why: str) -> str:
    """In the place of a level that the agreement does not allow."""
    return f"No look in {LEVELS[level]}: {why[:1].lower()}{why[1:]}"


def cannot_look(reason: str) -> str:
    return f"Cannot be shown: {reason}"


def still_wanted(here: str, size: str) -> str:
    return f"Announced by the portal; {here} of {size} here. Synchronise to fetch it (F5)."


def refused_media(reason: str) -> str:
    return f"The portal’s bytes were refused: {reason}. Nothing of them was kept."


def duplicates(number: int) -> str:
    if number == 0:
        return "in no other item"
    return "in one other item" if number == 1 else f"in {number:,} other items"


def copies(number: int) -> str:
    return f"{number + 1:,} copies"


def dimensions(width: int, height: int) -> str:
    return f"{width} × {height}"


def quality(number: int) -> str:
    return f"quality {number} of 100"


TOO_PLAIN = "too plain to compare"
WANTED_REFUSAL = "not here yet"

# -- other lists

COUNTRY = "Country"
NAME = "Name"
CONTACT = "Contact"
REPORT_COUNT = "Reports"
LAST_RECEIVED = "Last received"
MADE = "Made"
WHAT = "What"
REPORT = "Report"
REASON = "Reason"
SETTLED_AT = "Settled"
NUMBER = "No."
AT = "When"
ACTOR = "Who"
ACTION = "Action"
VERB = "Verb"
OBJECT = "Object"
RECIPIENT = "For whom, why"
LEAF = "Leaf"
AUDIT_ACTIONS: Mapping[str, str] = {
    "collection": "Collection",
    "alteration": "Alteration",
    "consultation": "Consultation",
    "disclosure": "Disclosure",
    "combination": "Combination",
    "erasure": "Erasure",
    "access": "Access",
}
OBJECT_KINDS: Mapping[str, str] = {
    "vault": "vault",
    "report": "report",
    "media": "media",
    "search": "search",
    "batch": "batch",
    "operation": "operation",
    "package": "package",
    "audit_log": "audit log",
    "hotlines": "hotlines",
    "analyst": "analyst",
    "key_slot": "key slot",
    "agreement": "agreement",
    "disclosure": "disclosure",
    "unit_rule": "unit rule",
    "hash_list": "hash list",
    "table": "table",
    "case": "case",
    "content": "content",
    "domain": "domain",
    "hotline": "hotline",
    "task": "task",
    "saved_search": "kept search",
}
HOTLINES_INTRO = "Every hotline of the network that the portal has named."
AUDIT_INTRO = "Every look and act, newest first. Entries cannot be altered unnoticed."


def hotline_reports(number: str) -> str:
    return f"Reports of this hotline: {number}"


# -- the exchange

SYNCHRONISE = "Synchronise"
CANCEL = "Cancel"
CANCELLING = "Stopping at the next safe point…"
EXCHANGE = "Exchange with the portal"
STOPPED = "Stopped. What had arrived stays; the next exchange goes on from there."
NOT_SYNCED = "Not synchronised: the reason stands at the top of the window."
NEVER_SYNCED = "Never synchronised"


def progress(phase: str, done: str, total: str | None) -> str:
    return f"{phase}: {done} of {total}" if total else f"{phase}: {done}"


def time_left(seconds: float) -> str:
    if seconds < 10:
        return "a few seconds left"
    if seconds < 90:
        return f"about {round(seconds / 10) * 10} s left"
    return f"about {round(seconds / 60)} min left"


def exchange_result(
    *, new: int, changed: int, withdrawn: int, fetched: int, sent: int, pending: int, complete: bool
) -> str:
    parts = [
        _counted(new, "new report", "new reports"),
        _counted(changed, "corrected", "corrected"),
        _counted(withdrawn, "withdrawn", "withdrawn"),
        _counted(fetched, "media file", "media files"),
        _counted(sent, "operation sent", "operations sent"),
    ]
    told = ", ".join(part for part in parts if part) or "Nothing new"
    if complete:
        return f"{told}. Complete."
    left = f" {pending:,} media files still to fetch." if pending else ""
    return f"{told}. Not complete yet.{left}"


def _counted(number: int, one: str, many: str) -> str:
    return "" if number == 0 else f"{number:,} {one if number == 1 else many}"


def synced(age: str, road: str, bundle: int | None = None) -> str:
    """`Synced 3 h ago by courier no. 118`."""
    return f"Synced {age} by {_by(road, bundle)}"


def heard(age: str, road: str, bundle: int | None = None) -> str:
    """On a list: `3 h ago, by courier no. 118`."""
    return f"{age}, by {_by(road, bundle)}"


def beside(told: str) -> str:
    """Behind what a list found."""
    return f"·  {told}"


def worth_a_look(told: str) -> str:
    return f"◆ {told}"


def _by(road: str, bundle: int | None) -> str:
    name = ROADS.get(road, road)
    return name if bundle is None else f"{name} no. {bundle}"


def age(seconds: float) -> str:
    """How long ago, in words; what lies in the future (a clock set back) is `just now`."""
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min ago"
    if seconds < 48 * 3600:
        return f"{seconds // 3600:.0f} h ago"
    return f"{seconds // 86400:.0f} days ago"


# -- the status line

CONFINEMENT: Mapping[str, str] = {
    "none": "no decoder: media stay veiled",
    "process": "separate process",
    "filtered": "confined by call filter",
    "walled": "confined, walled off",
    "unproven": SANDBOX_UNPROVEN,
}
IN_NAMESPACES = ", in namespaces"
NO_AGREEMENT = "No agreement yet"


CONFINEMENT_TRIED = "Decoder: being tried…"


def confinement(code: str) -> str:
    """By `media.sandbox.Confinement.code`."""
    level, _, namespaces = code.partition(".")
    return f"Decoder: {CONFINEMENT.get(level, level)}{IN_NAMESPACES if namespaces else ''}"


def looked(length: str) -> str:
    return f"Looked {length} this session"


def agreement(reference: str, until: str) -> str:
    return f"Agreement {reference} until {until}"


def analyst(name: str) -> str:
    return name if name.startswith("Analyst") else f"Analyst {name}"


# -- a package

PACKAGE_TITLE = "Compose an intelligence package"
PACKAGE_WHAT = "What goes out"
PACKAGE_TO = "To whom"
PACKAGE_WHERE = "Where"
PACKAGE_NAME = "Title"
PACKAGE_NAME_DEFAULT = "Intelligence package"
PACKAGE_RECIPIENTS_PLACEHOLDER = "age1… – one public key a line, as the recipients gave them"
PACKAGE_FROM_FILE = "From file…"
PACKAGE_PATH_PLACEHOLDER = "Path of a new file, ending in .asice.age"
PACKAGE_CHOOSE = "Choose…"
PACKAGE_COMPOSE = "Compose"
PACKAGE_CLOSE = "Close"
PACKAGE_COUNTING = "Counting what would go out…"
PACKAGE_FIELDS = (
    "Each report goes out whole, as the portal sent it: URLs, hosting, assessments, actions, "
    "memos. With it a PDF summary, a manifest with digests, and the head of the audit log."
)
PACKAGE_SEALED = (
    "It is signed by this station and sealed to the recipients; nobody else can open it."
)
PACKAGE_DIGEST = "SHA-256 of the sealed file"
PACKAGE_STEPS = "Read back and checked"
PACKAGE_VERIFIED = "Written, read back and verified. It is safe to unplug the medium."
PACKAGE_WRITTEN = (
    "Written, read back from the medium, and its digest is the one computed while sealing. "
    "It is safe to unplug. What only a recipient can check is marked below."
)
PACKAGE_NOT_VERIFIED = "Written, but a check did not pass. Do not hand it over."
PACKAGE_STOPPED = "Stopped. No package was left behind."
PACKAGE_COPY_DIGEST = "Copy digest"
PACKAGE_NEEDS_RECIPIENT = "Name at least one recipient: an age public key."
PACKAGE_NEEDS_PATH = "Say where the package is to be written."
PACKAGE_NEEDS_REPORTS = "There is nothing to send: no report is chosen."
STEP_STATES: Mapping[str, str] = {"passed": "passed", "failed": "FAILED", "skipped": "skipped"}
STEP_GLYPHS: Mapping[str, str] = {"passed": "✓", "failed": "✗", "skipped": "–"}


def package_selection(number: int) -> str:
    return "The selected report" if number == 1 else f"The {number:,} selected reports"


def package_query(number: str, query: str) -> str:
    all_of_them = f"All {number}".rstrip()
    return f"{all_of_them} that match “{query}”" if query else f"{all_of_them} reports"


def package_preview(reports: int, media: int, size: str, omitted: int) -> str:
    told = f"{_number(reports, 'report')} and {_number(media, 'media file')} ({size})"
    if not omitted:
        return f"{told}."
    verb = "is not here and stays" if omitted == 1 else "are not here and stay"
    return f"{told}; {_number(omitted, 'media file')} {verb} out."


def package_recipients(number: int) -> str:
    return "One recipient" if number == 1 else f"{number} recipients"


def package_written(size: str, reports: int, media: int) -> str:
    return f"{size}: {_number(reports, 'report')}, {_number(media, 'media file')}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def step(number: int, name: str, state: str) -> str:
    return f"{STEP_GLYPHS[state]} {number}. {name}: {STEP_STATES[state]}"


# -- keys and accidents

KEYS_TITLE = "Keys"
FIND_KEY = "A word of what it does, or of the key"
NO_SUCH_KEY = "No key does that. Delete a letter, and the list is longer again."
KEY_LIST: tuple[tuple[str, str, str], ...] = (
    ("/ or Ctrl+F", "Go to the query line", "analyst"),
    ("Enter", "In the query line: search. In Refine: add or take away the value", "analyst"),
    ("Ctrl+Space", "In the query line: what may stand there; Tab takes it", "analyst"),
    ("Ctrl+Shift+F", "Build the query by rows; Ctrl+Shift+Q: searches that are kept", "analyst"),
    ("↑ ↓ Page Up Page Down", "Move; with Shift: select several", ""),
    ("Ctrl+A", "Select all rows that are loaded; again: all that the query finds", "analyst"),
    ("Ctrl+C", "Copy rows; with Shift: in which form", "analyst"),
    ("Ctrl+Shift+O", "Choose the columns of the table", ""),
    ("F6", "Next part of the page; Shift+F6 the one before", ""),
    ("Ctrl+O", "Sort by another column; again to reverse", "analyst"),
    ("Ctrl+S", "Media: list by items or by stacks; Enter opens a stack", "analyst"),
    ("Ctrl+U", "Merge two stacks; Ctrl+Shift+X: split off what is chosen; Ctrl+Z: undo", "analyst"),
    ("Ctrl+Shift+A", "Assess a whole stack", "analyst"),
    ("Ctrl+N", "Media: leave out what hash lists know", "analyst"),
    ("Ctrl+R", "Find what is like the media item; Ctrl+Shift+S: open its stack", "analyst"),
    ("Space, held", "Look at the media item, veiled again on release", "analyst"),
    *PLAYER_KEYS,
    (
        "Alt+1, Alt+2, Alt+4",
        "Assess the reported URL as Baseline, National, Not illegal",
        "analyst",
    ),
    *TRIAGE_KEYS,
    ("Ctrl+B", "Feedback to the hotline", "analyst"),
    ("Ctrl+I", "Ask the hotline a question", "analyst"),
    ("Ctrl+P", "Ask the hotline to wait with takedown; with Shift: to wait no longer", "analyst"),
    ("Ctrl+W", "Suggest the domain of the report for the Worst-of list", "analyst"),
    (
        "Ctrl+K",
        "Contribute digests of media to a hash list; with Shift: tell of a false positive",
        "analyst",
    ),
    ("Ctrl+G", "Hand a case over to another agency, with the selected reports", "analyst"),
    ("Ctrl+.", "More that can be done about the report, where there is more", "analyst"),
    *CASE_KEYS,
    ("Ctrl+E", "Compose a package from the selection or the whole query", "exporter"),
    ("Ctrl+Shift+E", "Export what the page lists as a table", "exporter"),
    ("Ctrl+H", "Place a legal hold on the report that is shown", "supervisor"),
    ("Alt+Home", "Overview; Ctrl+Return there: open the first report of the queue", "analyst"),
    ("Alt+M", "Go to the reports that have something in common with the one shown", "analyst"),
    ("F5", "Synchronise with the portal", "analyst"),
    ("Ctrl+Page Up, Page Down", "On a page of parts: the part before, the next part", ""),
    ("Ctrl+J", "Go to what the status line warns about", ""),
    ("Ctrl+Shift+B", "Put off a break that is due", ""),
    ("Ctrl+T", "Next theme: dark, light, high contrast", ""),
    ("Ctrl+L", "Lock", ""),
    (PANIC_KEYS, PANIC, ""),
    ("Escape", "One step back; nothing written is lost", ""),
    ("?", "This list", ""),
)
"""Keys, what they do, and the role without which they do nothing."""


def page_keys(numbers: Sequence[int]) -> str:
    """The keys of pages by their numbers: `Ctrl+1 … Ctrl+6`, or each where some are missing."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"Ctrl+{numbers[0]} … Ctrl+{numbers[-1]}"
    return ", ".join(f"Ctrl+{number}" for number in numbers)


CLOSE = "Close"
BUG_WHERE = "Diagnostic reference"


def key_named(label: str, key: str) -> str:
    return f"{label}  {key}"


def accessible_with_key(label: str, key: str) -> str:
    return f"{label}, {key}"


def error_code(code: str) -> str:
    return f"Code {code}"
