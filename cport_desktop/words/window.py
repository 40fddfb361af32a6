"""Every sentence of the window. Short, plain, one idea one word; no sentence is built elsewhere.

A `&` never marks a key here: keys are named in words (`F5`), so that they can be read aloud.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cport_desktop.words import narrow
from cport_desktop.words.cases_page import KEYS as CASE_KEYS
from cport_desktop.words.charts import KEY_LIST as CHART_KEYS
from cport_desktop.words.help import IN_THE_KEY_LIST
from cport_desktop.words.help import KEY as HELP_KEY
from cport_desktop.words.iwol_page import KEYS as IWOL_KEYS
from cport_desktop.words.key_names import KEY_HERE, around_key, key_label
from cport_desktop.words.known_acts import KEYS as KNOWN_KEYS
from cport_desktop.words.labels import SANDBOX_UNPROVEN
from cport_desktop.words.locking import PANIC, PANIC_KEYS
from cport_desktop.words.playing import KEY_LIST as PLAYER_KEYS
from cport_desktop.words.settings_page import KEYS as SETTINGS_KEYS
from cport_desktop.words.tongue import amount, tr, tr_in, tr_many
from cport_desktop.words.triage_page import KEY_LIST as TRIAGE_KEYS

PRODUCT = "CPORT Desktop"
SYNTHETIC = tr("SYNTHETIC")
SYNTHETIC_VAULT = tr("SYNTHETIC VAULT")
SYNTHETIC_EXPLAINED = tr("A demo vault: everything in it is made up and harmless.")
DASH = "–"

# -- unlocking

UNLOCK_VAULT = tr("Vault")
UNLOCK = tr("Unlock")
UNLOCKING = tr("Deriving the key. This takes a second or two by design.")
LOCKING = tr("Locking: what was being written is finished first.")
UNLOCK_HINT = tr("Nothing is locked by trying. Keyboard layout and Caps Lock matter.")
CAPS_LOCK = tr("Caps Lock seems to be on: every letter so far is a capital.")

# -- pages

REPORTS = tr("Reports")
MEDIA = tr("Media")
HOTLINES = tr("Hotlines")
OUTBOX = tr("Outbox")
AUDIT = tr("Audit")
LOCK = tr_in("act", "Lock")
PAGES = tr("Pages")

# -- searching

QUERY = tr("Query")
QUERY_PLACEHOLDER = tr("words, or field:value – host:NL class:baseline received:<30d has:video")
QUERY_KEYS = tr("Enter searches, / comes back here")
FACETS = tr("Refine")
FACET_HELP = tr(
    "Enter or a click adds the value to the query, or takes it away again; minus, or Shift with a click, keeps it out"
)
PACKAGE = tr("Package…")
FEEDBACK = tr("Feedback")
SEARCHING = tr("Searching…")

FACET_TITLES: Mapping[str, str] = {
    "class": tr("Classification"),
    "site": tr("Site type"),
    "hotline": tr("Hotline"),
    "host": tr("Hosted in"),
    "status": tr_in("how something stands", "State"),
}
SORT_TITLES: Mapping[str, str] = {
    "received": tr("Received"),
    "updated": tr("Updated"),
    "ref": tr("Reference"),
    "domain": tr("Domain"),
    "host": tr("Host"),
    "provider": tr("Provider"),
    "class": tr("Class"),
}
REPORT_STATES: Mapping[str, str] = {
    "new": tr_in("state of a report", "New"),
    "corrected": tr_in("state of a report", "Corrected"),
    "withdrawn": tr_in("state of a report", "Withdrawn"),
}
ROADS: Mapping[str, str] = {
    "https": "HTTPS",
    "courier": tr("courier"),
    "in process": tr("the gateway in process"),
}
UNKNOWN_CODE = tr("code {number}")
UNDECIDED = tr("Undecided")

RECEIVED = tr("Received")
UPDATED = tr("Updated")
REFERENCE = tr("Reference")
DOMAIN = tr("Domain")
HOST = tr("Host")
PROVIDER = tr("Provider")
CLASS = tr("Class")
STATE = tr_in("how something stands", "State")
DELIVERY_NETWORK = tr("CDN")
OVERLAID = tr("Your own assessment, not settled by the portal yet")

NO_REPORTS = tr("No reports yet")
NO_REPORTS_HELP = tr(
    "Reports of your jurisdiction arrive when the vault synchronises with its portal (F5)."
)
NOTHING_FOUND = tr("No report matches this query")
NOTHING_FOUND_HELP = tr("Take a condition away, or press Escape in the query line to clear it.")
NO_MEDIA = tr("No media match")
NO_MEDIA_HELP = tr("Media files are fetched after the reports when the vault synchronises (F5).")
NO_HOTLINES = tr("No hotlines yet")
NO_HOTLINES_HELP = tr("The portal’s list of hotlines arrives with the first reports (F5).")
NO_AUDIT = tr("No entries")
NO_AUDIT_HELP = tr("Every look, act and exchange leaves an entry here.")


def found(shown: str, total: str) -> str:
    return tr("{shown} of {total} reports", shown=shown, total=total)


def found_media(number: int) -> str:
    return tr_many("{count} item", "{count} items", number)


def more_below(found: str) -> str:
    """`found`: how many of what, as it is told where that is all."""
    return tr("{found}, more below", found=found)


def took(milliseconds: float) -> str:
    return (
        tr("{milliseconds} ms", milliseconds=amount(milliseconds))
        if milliseconds >= 1
        else tr("under 1 ms")
    )


def sorted_by(column: str, *, is_descending: bool) -> str:
    """`Sorted by: Received ↓`."""
    mark = "↓" if is_descending else "↑"
    return tr("Sorted by: {column} {mark}", column=column, mark=mark)


def selected(number: int) -> str:
    return tr_many("{count} selected", "{count} selected", number)


# -- one report

NO_SELECTION = tr("Select a report to see what is known about it.")
REPORTED_URL = tr("Reported URL")
HOSTED_IN = tr("Hosted in")
ASSIGNED_TO = tr("Assigned to")
SITE_TYPE = tr("Site type")
COMMERCIALITY = tr("Commerciality")
PAYMENT = tr("Payment")
REFERRER = tr("Referrer")
CREDENTIALS = tr("Sign-in given")
MEMO = tr("Memo")
HOTLINE_REFERENCE = tr("Hotline’s no.")
ITEM_REFERENCE = tr("Item’s no.")
ANALYST = tr("Analyst")
TIMELINE = tr("Assessments, actions and answers")
TIMELINE_EMPTY = tr("No assessment and no action yet.")
YOUR_OPERATIONS = tr("Waiting for the portal")
ASSESS = tr("Assess")
AGE = tr("age")
GENDER = tr("gender")
FLAGS: Mapping[str, str] = {
    "virtual": tr("virtual"),
    "user_generated": tr("self-generated"),
    "modeling": tr("modelling"),
}
HOTLINE_SIDE = tr("Hotline")
FEEDBACK_TITLE = tr("Feedback to the hotline")
FEEDBACK_PLACEHOLDER = tr("A few words to the hotline that made this report.")
FEEDBACK_SEND = tr("Queue feedback")
CONFIRM = tr("Queue it")
LEAVE = tr("Leave")
COPY_CODE = tr("Copy code")
COPIED = tr("Copied")
OPEN_MEDIA = tr("Open in Media")


def received(hotline: str, when: str) -> str:
    return tr("{hotline} · received {when}", hotline=hotline, when=when)


def hotline_unnamed(number: int) -> str:
    return tr("Hotline {number}", number=number)


def autonomous_system(number: int | None, provider: str | None) -> str:
    parts = [tr("AS{number}", number=number) if number is not None else "", provider or ""]
    return " ".join(part for part in parts if part) or DASH


def contents(number: int) -> str:
    return tr_many("Content item", "Content items · {count}", number)


def media_of(number: int) -> str:
    return tr_many("Media · {count} item", "Media · {count} items", number)


def withdrawn_because(reason: str | None) -> str:
    return (
        tr("Withdrawn by the hotline: {reason}", reason=reason)
        if reason
        else tr("Withdrawn by the hotline.")
    )


def corrected(revision: int) -> str:
    return tr("Corrected by the hotline; this is revision {revision}.", revision=revision)


def cannot_assess(rule: str) -> str:
    return tr("No new assessment here: {rule}.", rule=rule)


def confirm_assessment(reference: str, label: str, *, is_final: bool) -> str:
    if is_final:
        return tr(
            "Assess {reference} as {label}? A Baseline assessment is final. It goes out at the next exchange.",
            reference=reference,
            label=label,
        )
    return tr(
        "Assess {reference} as {label}? It goes out at the next exchange.",
        reference=reference,
        label=label,
    )


NOT_ENROLLED = tr("This vault has no agreement with a portal, so nothing can be assessed.")


def hotline_of(hotline: str, analyst: str | None) -> str:
    return f"{hotline}, {analyst}" if analyst else hotline


def waits(what: str, state: str, reason: str | None) -> str:
    return f"{what} – {state}: {reason}" if reason else f"{what} – {state}"


def assessed_as(label: str) -> str:
    return tr("Assessed {label}", label=label)


FEEDBACK_GIVEN = tr("Feedback")

# -- media

MEDIA_KINDS: Mapping[str, str] = {
    "image": tr("image"),
    "video": tr("video"),
    "audio": tr("sound"),
    "other": tr("other file"),
}
MEDIA_STATES: Mapping[str, str] = {
    "wanted": tr("not here yet"),
    "held": tr("held"),
    "refused": tr("refused"),
}
LEVELS: Mapping[str, str] = {
    "blurred": tr("blurred grey"),
    "small_grey": tr("small grey"),
    "grey": tr("grey"),
    "blurred_colour": tr("blurred colour"),
    "full": tr("full colour"),
}
NO_MEDIA_SELECTION = tr("Select a media item to see what is known without looking.")
KNOWN_WITHOUT_LOOKING = tr("What is known without looking")
IN_REPORTS = tr("In reports")
KIND = tr("Kind")
DUPLICATES = tr("Same bytes")
DIGESTS = tr("Digests")
COMPARABLE = tr("Comparable")
FILE_NAME = tr("File name")
HELD_SINCE = tr("Held since")
FROM_THE_FILE = tr("Told by the file itself")
NOT_SHOWN = tr("Not shown")
LEVEL = tr("Level")
BLUR = tr("blur")
SPACE = tr_in("a key", "Space")
LOOKING = tr("Release to veil")
ASKING = tr("Recording this look…")
STAYS_VEILED = tr("Stays veiled.")
SPENT = tr("Veiled again. Release, then hold once more to look.")
GLASS = tr("Veiled picture")
NOTHING_DECODED = tr("the decoder gave no picture")
GRID = tr("Media items")
STRIP = tr("Media of this report")


def hold_to_look(level: str, seconds: float) -> tuple[str, str]:
    """What stands before and behind the key: `Veiled. Hold [Space] to look: grey, 6 s`."""
    return around_key(
        tr(
            "Veiled. Hold {key} to look: {level}, {seconds} s",
            key=KEY_HERE,
            level=LEVELS[level],
            seconds=amount(seconds),
        )
    )


def level_named(level: str) -> str:
    return tr("Level {level}", level=level)


def level_absent(level: str, why: str) -> str:
    """In the place of a level that the agreement does not allow."""
    return tr("No look in {level}. {reason}", level=LEVELS[level], reason=why)


def cannot_look(reason: str) -> str:
    return tr("Cannot be shown: {reason}", reason=reason)


def still_wanted(here: str, size: str) -> str:
    return tr(
        "Announced by the portal; {here} of {size} here. Synchronise to fetch it (F5).",
        here=here,
        size=size,
    )


def refused_media(reason: str) -> str:
    return tr("The portal’s bytes were refused: {reason}. Nothing of them was kept.", reason=reason)


def duplicates(number: int) -> str:
    if number == 0:
        return tr("in no other item")
    return tr_many("in one other item", "in {count} other items", number)


def copies(number: int) -> str:
    return tr_many("{count} copy", "{count} copies", number + 1)


def dimensions(width: int, height: int) -> str:
    return f"{width} × {height}"


def quality(number: int) -> str:
    return tr("quality {number} of 100", number=number)


TOO_PLAIN = tr("too plain to compare")
WANTED_REFUSAL = tr("not here yet")

# -- other lists

COUNTRY = tr("Country")
NAME = tr("Name")
CONTACT = tr("Contact")
REPORT_COUNT = tr("Reports")
LAST_RECEIVED = tr("Last received")
NUMBER = tr("No.")
AT = tr("When")
ACTOR = tr("Who")
ACTION = tr("Action")
VERB = tr("Verb")
OBJECT = tr("Object")
RECIPIENT = tr("For whom, why")
LEAF = tr("Leaf")
AUDIT_ACTIONS: Mapping[str, str] = {
    "collection": tr("Collection"),
    "alteration": tr("Alteration"),
    "consultation": tr("Consultation"),
    "disclosure": tr("Disclosure"),
    "combination": tr("Combination"),
    "erasure": tr("Erasure"),
    "access": tr("Access"),
}
OBJECT_KINDS: Mapping[str, str] = {
    "vault": tr("vault"),
    "report": tr("report"),
    "media": tr("media"),
    "search": tr("search"),
    "batch": tr("batch"),
    "operation": tr("operation"),
    "package": tr("package"),
    "audit_log": tr("audit log"),
    "hotlines": tr("hotlines"),
    "analyst": tr("analyst"),
    "key_slot": tr("key slot"),
    "agreement": tr("agreement"),
    "disclosure": tr("disclosure"),
    "unit_rule": tr("unit rule"),
    "hash_list": tr("hash list"),
    "table": tr("table"),
    "case": tr("case"),
    "content": tr("content"),
    "domain": tr("domain"),
    "hotline": tr("hotline"),
    "task": tr("task"),
    "saved_search": tr("kept search"),
    "signer": tr_in("in the audit log", "signer"),
    "recipient": tr_in("in the audit log", "recipient"),
}
HOTLINES_INTRO = tr("Every hotline of the network that the portal has named.")
AUDIT_INTRO = tr("Every look and act, newest first. Entries cannot be altered unnoticed.")


# -- the exchange

SYNCHRONISE = tr("Synchronise")
CANCEL = tr("Cancel")
CANCELLING = tr("Stopping at the next safe point…")
EXCHANGE = tr("Exchange with the portal")
STOPPED = tr("Stopped. What had arrived stays; the next exchange goes on from there.")
NOT_SYNCED = tr("Not synchronised: the reason stands at the top of the window.")
NEVER_SYNCED = tr("Never synchronised")


def progress(phase: str, done: str, total: str | None) -> str:
    return (
        tr("{phase}: {done} of {total}", phase=phase, done=done, total=total)
        if total
        else f"{phase}: {done}"
    )


def time_left(seconds: float) -> str:
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 90:
        return tr("about {seconds} s left", seconds=round(seconds / 10) * 10)
    return tr("about {minutes} min left", minutes=round(seconds / 60))


def exchange_result(
    *, new: int, changed: int, withdrawn: int, fetched: int, sent: int, pending: int, complete: bool
) -> str:
    parts = (
        (new, tr_many("{count} new report", "{count} new reports", new)),
        (changed, tr_many("{count} corrected", "{count} corrected", changed)),
        (withdrawn, tr_many("{count} withdrawn", "{count} withdrawn", withdrawn)),
        (fetched, tr_many("{count} media file", "{count} media files", fetched)),
        (sent, tr_many("{count} operation sent", "{count} operations sent", sent)),
    )
    told = ", ".join(part for number, part in parts if number) or tr("Nothing new")
    if complete:
        return tr("{news}. Complete.", news=told)
    told = tr("{news}. Not complete yet.", news=told)
    if not pending:
        return told
    left = tr_many(
        "{count} media file still to fetch.", "{count} media files still to fetch.", pending
    )
    return f"{told} {left}"


def clipboard_emptied(seconds: int) -> str:
    """Why there is nothing to paste any more."""
    return tr_many(
        "The clipboard was emptied: what is copied here stays there for {count} second.",
        "The clipboard was emptied: what is copied here stays there for {count} seconds.",
        seconds,
    )


def synced(age: str, road: str, bundle: int | None = None) -> str:
    """`Synced 3 h ago by courier no. 118`."""
    return tr("Synced {age} by {road}", age=age, road=_by(road, bundle))


def heard(age: str, road: str, bundle: int | None = None) -> str:
    """On a list: `3 h ago, by courier no. 118`."""
    return tr("{age}, by {road}", age=age, road=_by(road, bundle))


def beside(told: str) -> str:
    """Behind what a list found."""
    return f"·  {told}"


def worth_a_look(told: str) -> str:
    return f"◆ {told}"


def _by(road: str, bundle: int | None) -> str:
    name = ROADS.get(road, road)
    return name if bundle is None else tr("{road} no. {bundle}", road=name, bundle=bundle)


def age(seconds: float) -> str:
    """How long ago, in words; what lies in the future (a clock set back) is `just now`."""
    if seconds < 60:
        return tr("just now")
    if seconds < 3600:
        return tr("{minutes} min ago", minutes=amount(seconds // 60))
    if seconds < 48 * 3600:
        return tr("{hours} h ago", hours=amount(seconds // 3600))
    return tr_many("{count} day ago", "{count} days ago", int(seconds // 86400))


# -- the status line

CONFINEMENT: Mapping[str, str] = {
    "none": tr("no decoder: media stay veiled"),
    "process": tr("separate process"),
    "filtered": tr("confined by call filter"),
    "walled": tr("confined, walled off"),
    "unproven": SANDBOX_UNPROVEN,
}
NO_AGREEMENT = tr("No agreement yet")


CONFINEMENT_TRIED = tr("Decoder: being tried…")


def confinement(code: str) -> str:
    """By `media.sandbox.Confinement.code`."""
    level, _, namespaces = code.partition(".")
    told = CONFINEMENT.get(level, level)
    if namespaces:
        return tr("Decoder: {confinement}, in namespaces", confinement=told)
    return tr("Decoder: {confinement}", confinement=told)


def looked(length: str) -> str:
    return tr("Looked {length} this session", length=length)


def agreement(reference: str, until: str) -> str:
    return tr("Agreement {reference} until {until}", reference=reference, until=until)


def analyst(name: str) -> str:
    return name if name.startswith("Analyst") else tr("Analyst {name}", name=name)


# -- a package

PACKAGE_TITLE = tr("Compose an intelligence package")
PACKAGE_WHAT = tr("What goes out")
PACKAGE_TO = tr("To whom")
PACKAGE_WHERE = tr("Where")
PACKAGE_NAME = tr("Title")
PACKAGE_NAME_DEFAULT = "Intelligence package"
"""Leaves with the package, so that it is the same in every language."""
PACKAGE_RECIPIENTS_PLACEHOLDER = tr("age1… – one public key a line, as the recipients gave them")
PACKAGE_FROM_FILE = tr("From file…")
PACKAGE_PATH_PLACEHOLDER = tr("Path of a new file, ending in .asice.age")
PACKAGE_CHOOSE = tr("Choose…")
PACKAGE_COMPOSE = tr("Compose")
PACKAGE_CLOSE = tr("Close")
PACKAGE_COUNTING = tr("Counting what would go out…")
PACKAGE_FIELDS = tr(
    "Each report goes out as the portal sent it: URLs, hosting, assessments, actions, memos, but for what is told below. With it a PDF summary, a manifest with digests, and the head of the audit log."
)
PACKAGE_DIGEST = tr("SHA-256 of the sealed file")
PACKAGE_STEPS = tr("Read back and checked")
PACKAGE_VERIFIED = tr("Written, read back and verified. It is safe to unplug the medium.")
PACKAGE_WRITTEN = tr(
    "Written, read back from the medium, and its digest is the one computed while sealing. It is safe to unplug. What only a recipient can check is marked below."
)
PACKAGE_NOT_VERIFIED = tr("Written, but a check did not pass. Do not hand it over.")
PACKAGE_STOPPED = tr("Stopped. No package was left behind.")
PACKAGE_COPY_DIGEST = tr("Copy digest")
PACKAGE_NEEDS_RECIPIENT = tr("Name at least one recipient: an age public key.")
PACKAGE_NEEDS_PATH = tr("Say where the package is to be written.")
PACKAGE_NEEDS_REPORTS = tr("There is nothing to send: no report is chosen.")
STEP_STATES: Mapping[str, str] = {
    "passed": tr("passed"),
    "failed": tr("FAILED"),
    "skipped": tr("skipped"),
    "claimed": tr("only claimed"),
}
STEP_GLYPHS: Mapping[str, str] = {"passed": "✓", "failed": "✗", "skipped": "–", "claimed": "?"}


def package_selection(number: int) -> str:
    return tr_many("The selected report", "The {count} selected reports", number)


def package_query(number: int, query: str) -> str:
    """`number`: how many there are, 0 where that is not known."""
    if not number:
        return tr("All that match “{query}”", query=query) if query else tr("All reports")
    if query:
        return tr_many(
            "All {count} that match “{query}”",
            "All {count} that match “{query}”",
            number,
            query=query,
        )
    return tr_many("All {count} report", "All {count} reports", number)


def package_preview(reports: int, media: int, size: str, omitted: int) -> str:
    told = tr(
        "{reports} and {media_files} ({size})",
        reports=_reports(reports),
        media_files=_media_files(media),
        size=size,
    )
    if not omitted:
        return f"{told}."
    return tr_many(
        "{goes_out}; {count} media file is not here and stays out.",
        "{goes_out}; {count} media files are not here and stay out.",
        omitted,
        goes_out=told,
    )


def package_recipients(number: int) -> str:
    return tr_many("One recipient", "{count} recipients", number)


def package_written(size: str, reports: int, media: int) -> str:
    return f"{size}: {_reports(reports)}, {_media_files(media)}"


def _reports(number: int) -> str:
    return tr_many("{count} report", "{count} reports", number)


def _media_files(number: int) -> str:
    return tr_many("{count} media file", "{count} media files", number)


def step(number: int, name: str, state: str) -> str:
    return f"{STEP_GLYPHS[state]} {number}. {name}: {STEP_STATES[state]}"


# -- keys and accidents

KEYS_TITLE = tr("Keys")
FIND_KEY = tr("A word of what it does, or of the key")
NO_SUCH_KEY = tr("No key does that. Delete a letter, and the list is longer again.")
KEY_LIST: tuple[tuple[str, str, str], ...] = (
    (tr("/ or Ctrl+F"), tr("Go to the query line"), "analyst"),
    ("Enter", tr("In the query line: search. In Refine: add or take away the value"), "analyst"),
    ("Ctrl+Space", tr("In the query line: what may stand there; Tab takes it"), "analyst"),
    (
        "Ctrl+Shift+F",
        tr("Build the query by rows; Ctrl+Shift+Q: searches that are kept"),
        "analyst",
    ),
    (tr("↑ ↓ Page Up Page Down"), tr("Move; with Shift: select several"), ""),
    ("Ctrl+A", tr("Select all rows that are loaded; again: all that the query finds"), "analyst"),
    ("Ctrl+C", tr("Copy rows; with Shift: in which form"), "analyst"),
    ("Ctrl+Shift+O", tr("Choose the columns of the table"), ""),
    ("F6", tr("Next part of the page; Shift+F6 the one before"), ""),
    ("Ctrl+O", tr("Sort by another column; again to reverse"), "analyst"),
    ("Ctrl+S", tr("Media: list by items or by stacks; Enter opens a stack"), "analyst"),
    (
        "Ctrl+U",
        tr("Merge two stacks; Ctrl+Shift+X: split off what is chosen; Ctrl+Z: undo"),
        "analyst",
    ),
    ("Ctrl+Shift+A", tr("Assess a whole stack"), "analyst"),
    ("Ctrl+N", tr("Media: leave out what hash lists know"), "analyst"),
    ("Ctrl+R", tr("Find what is like the media item; Ctrl+Shift+S: open its stack"), "analyst"),
    *KNOWN_KEYS,
    (tr("Space, held"), tr("Look at the media item, veiled again on release"), "analyst"),
    *PLAYER_KEYS,
    (
        "Alt+1, Alt+2, Alt+4",
        tr("Assess the reported URL as Baseline, National, Not illegal"),
        "analyst",
    ),
    *TRIAGE_KEYS,
    ("Ctrl+B", tr("Feedback to the hotline"), "analyst"),
    ("Ctrl+I", tr("Ask the hotline a question"), "analyst"),
    (
        "Ctrl+P",
        tr("Ask the hotline to wait with takedown; with Shift: to wait no longer"),
        "analyst",
    ),
    ("Ctrl+W", tr("Suggest the domain of the report for the Worst-of list"), "analyst"),
    (
        "Ctrl+K",
        tr("Contribute digests of media to a hash list; with Shift: tell of a false positive"),
        "analyst",
    ),
    ("Ctrl+G", tr("Hand a case over to another agency, with the selected reports"), "analyst"),
    ("Ctrl+.", tr("More that can be done about the report, where there is more"), "analyst"),
    *CASE_KEYS,
    *IWOL_KEYS,
    *SETTINGS_KEYS,
    *CHART_KEYS,
    ("Ctrl+E", tr("Compose a package from the selection or the whole query"), "exporter"),
    ("Ctrl+Shift+E", tr("Export what the page lists as a table"), "exporter"),
    ("Ctrl+H", tr("Place a legal hold on the report that is shown"), "supervisor"),
    ("Alt+Home", tr("Overview; Ctrl+Enter there: open the first report of the queue"), "analyst"),
    ("Alt+M", tr("Go to the reports that have something in common with the one shown"), "analyst"),
    ("F5", tr("Synchronise with the portal"), "analyst"),
    (tr("Ctrl+Page Up, Page Down"), tr("On a page of parts: the part before, the next part"), ""),
    ("Ctrl+J", tr("Go to what the status line warns about"), ""),
    ("Ctrl+Shift+B", tr("Put off a break that is due"), ""),
    ("Ctrl+T", tr("Next theme: dark, light, high contrast"), ""),
    ("Ctrl+L", tr("Lock"), ""),
    (PANIC_KEYS, PANIC, ""),
    ("Escape", tr("One step back; nothing written is lost"), ""),
    (HELP_KEY, IN_THE_KEY_LIST, ""),
    (narrow.PAGES_KEY, narrow.IN_THE_KEY_LIST, ""),
    ("?", tr("This list"), ""),
)
"""Keys, what they do, and the role without which they do nothing."""


def page_keys(numbers: Sequence[int]) -> str:
    """The keys of pages by their numbers: `Ctrl+1 … Ctrl+6`, or each where some are missing."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"Ctrl+{numbers[0]} … Ctrl+{numbers[-1]}"
    return ", ".join(f"Ctrl+{number}" for number in numbers)


CLOSE = tr("Close")


def key_named(label: str, key: str) -> str:
    return f"{label}  {key_label(key)}"


def accessible_with_key(label: str, key: str) -> str:
    return f"{label}, {key_label(key)}"


def error_code(code: str) -> str:
    return tr("Code {code}", code=code)
