"""What F1 says: for each page, and for what has ways of its own, what it is for, how its work is done, the
keys that stand on no button there, and what to do while it is empty.

The keys of buttons are not written here: the help reads them off the buttons that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cport_desktop.words.tongue import tr

KEY: Final = "F1"
HOW: Final = tr("How it is done")
KEYS: Final = tr("Keys here")
WHEN_EMPTY: Final = tr("While nothing is here")
ALL_KEYS: Final = tr("All keys")
ALL_KEYS_KEY: Final = "?"
FIRST_STEPS: Final = tr("First steps…")
FIRST_STEPS_KEY: Final = "Alt+F"
PRACTISE: Final = tr("Practise…")
PRACTISE_KEY: Final = "Alt+P"
IN_THE_KEY_LIST: Final = tr("Help about what has the focus, or about the page")


def about(title: str) -> str:
    """The title of the help about something."""
    return tr("Help: {title}", title=title)


@dataclass(frozen=True, slots=True)
class HelpText:
    """One view. `steps` are sentences, one for each thing that people come for; `keys` with what they
    do. `when_empty` is empty where there is always something. `chapter`: where the manual goes on, as
    `chapter` or `chapter#anchor`; empty where it does so at the chapter about the window.
    """

    title: str
    purpose: str
    steps: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    when_empty: str = ""
    chapter: str = ""


_LIST_KEYS: Final = (
    (tr("↑ ↓ Page Up Page Down"), tr("Move; with Shift: select several")),
    ("Ctrl+C", tr("Copy the chosen rows; with Shift: in which form")),
    ("Ctrl+Shift+O", tr("Choose the columns of the table")),
)
_PART_KEYS: Final = (
    (tr("Ctrl+Page Up, Page Down"), tr("The part before, the next part")),
    ("F6", tr("From the names of the parts into the part, and on")),
)

OVERVIEW: Final = HelpText(
    tr("Overview"),
    tr("What came since you were last here, what should be next, and what waits for somebody."),
    (
        tr("Begin with the first report of the queue: Ctrl+Enter."),
        tr("Every number is a button: it shows the reports that it counts."),
        tr("Each report of the queue says why it stands where it does."),
    ),
    when_empty=tr(
        "Nothing is counted before the first exchange. Press F5, or bring a bundle by stick under Exchange."
    ),
    chapter="triage#where-to-begin",
)
REPORTS: Final = HelpText(
    tr("Reports"),
    tr(
        "All reports of your jurisdiction: found by a query, listed in a table, read in the pane beside it."
    ),
    (
        tr("Find: type words or field:value in the query line and press Enter."),
        tr("Narrow: choose a value under Refine and press Enter; minus keeps it out."),
        tr("Decide many reports one after the other: F8."),
        tr("Hand over: choose rows, or none for all that was found, and compose a package."),
    ),
    (*_LIST_KEYS, ("Ctrl+A", tr("Select the loaded rows; again: all that the query finds"))),
    when_empty=tr(
        "With a query in the line: take a condition away, or press Escape there. Without one: synchronise (F5)."
    ),
    chapter="searching",
)
QUERY: Final = HelpText(
    tr("Query line"),
    tr("One line that says which reports or media are listed."),
    (
        tr("Words are looked for in all text of a report."),
        tr(
            "field:value asks for one thing; a minus before it keeps it out; OR and brackets combine."
        ),
        tr("A mistake is pointed at beneath the line, with what could stand there."),
    ),
    (
        ("Enter", tr("Search")),
        ("Ctrl+Space", tr("What may stand there; Tab takes it")),
        ("Escape", tr("Clear the line")),
        ("Ctrl+Shift+F", tr("Build the query by rows")),
        ("Ctrl+Shift+Q", tr("Searches that are kept")),
    ),
    chapter="searching#words-and-fields",
)
MEDIA: Final = HelpText(
    tr("Media"),
    tr(
        "Pictures, films and sounds of the reports that the query finds. Each lies behind a veil until somebody looks."
    ),
    (
        tr("Read what is known first: lists, copies and decisions often make looking needless."),
        tr(
            "Look: hold Space. What level and how long stands beside it before; releasing veils at once."
        ),
        tr("List by stacks to decide all copies of one picture together."),
        tr("Find what is like the chosen one: Ctrl+R."),
        tr(
            "Confirm or dispute an entry of a list where it matches: Ctrl+Shift+D. Who has the item: Ctrl+Shift+H."
        ),
        tr(
            "Say what must not leave with it: Redact… beside what is known of it, with a look or without one."
        ),
    ),
    ((tr("Space, held"), tr("Look; every look is recorded")), ("Enter", tr("Open a stack"))),
    when_empty=tr(
        "Files come after the reports when the vault synchronises, or by stick. Exchange, Transfers says what is on its way."
    ),
    chapter="looking",
)
LOOKING: Final = HelpText(
    tr("Looking"),
    tr(
        "One media item behind its veil. Nothing of it is shown until you ask, and not longer than you ask."
    ),
    (
        tr("Choose how much is shown: blurred and grey is the least."),
        tr("Hold Space, or the button. Letting go, leaving the window or locking veils it."),
        tr("Where the agreement asks for a reason, a field for it stands above the button."),
    ),
    ((tr("Space, held"), tr("Look; every look is recorded")),),
    chapter="looking#look-if-you-must",
)
FILM: Final = HelpText(
    tr("Videos and sounds"),
    tr("A film is looked at like a picture: veiled, frame by frame, under the same recorded look."),
    (
        tr("The strip of small grey frames tells what a film is about before it is played."),
        tr("Sound is off until it is asked for, which is recorded as a look of its own."),
    ),
    chapter="looking#films-and-sound",
)
STACKS: Final = HelpText(
    tr("Stacks"),
    tr("Copies and near copies of one picture, kept together so that one decision is enough."),
    (
        tr("Open a stack with Enter; Escape goes back to all stacks."),
        tr(
            "Merge two stacks with Ctrl+U, split off what is chosen with Ctrl+Shift+X, undo with Ctrl+Z."
        ),
        tr("Assess the whole stack with Ctrl+Shift+A."),
    ),
    when_empty=tr("Stacks are made when pictures have arrived and were compared."),
    chapter="looking#know-before-you-look",
)
CASES: Final = HelpText(
    tr("Cases and tasks"),
    tr("Your unit’s own work: what belongs together, who leads it, what is to be done until when."),
    (
        tr("Open a case, then put reports into it from their page with Alt+C."),
        tr("Tasks show what is due; done tasks stay on record."),
        tr("At the end of a shift, write what the next one has to know."),
    ),
    (*_PART_KEYS, *_LIST_KEYS),
    when_empty=tr("Nothing is made by itself here: open the first case."),
    chapter="cases",
)
HOTLINES: Final = HelpText(
    tr("Hotlines"),
    tr("Which hotlines report to your jurisdiction, and how many reports came from each."),
    (tr("Enter shows the reports of the chosen hotline."),),
    _LIST_KEYS,
    when_empty=tr("The list comes with the first exchange (F5)."),
    chapter="searching#narrowing",
)
OUTBOX: Final = HelpText(
    tr("Outbox"),
    tr(
        "Everything you told the portal that it has not settled yet. Nothing leaves this list but by the portal’s receipt, or by you."
    ),
    (
        tr(
            "What needs you stands first: read why, then revise it, send it all the same, or set it aside."
        ),
        tr("Enter opens the report that an entry is about."),
    ),
    _LIST_KEYS,
    when_empty=tr("Everything is settled. What you assess or write comes here first."),
    chapter="portal#the-outbox",
)
EXCHANGE: Final = HelpText(
    tr("Exchange"),
    tr(
        "How the vault hears from its portal: by network, by stick, and how far the media files are."
    ),
    (
        tr("By network: F5. It goes on while you work elsewhere, and can be stopped."),
        tr("By stick: carry a bundle out, bring its answer in. Both roads can be mixed."),
        tr("A link that carries little can be told what may go over it."),
        tr(
            "What left: Enter tells all of one departure; receipts come in there, and time stamps are added."
        ),
        tr("Who signs, who receives: kept under a name for all who compose packages here."),
    ),
    _PART_KEYS,
    when_empty=tr(
        "Nothing was exchanged yet. Before the first time, enrol under Agreement, Enrolment."
    ),
    chapter="exchange",
)
AUDIT: Final = HelpText(
    tr("Audit"),
    tr(
        "The log of all that was looked at, changed and handed over. It cannot be changed unnoticed."
    ),
    (
        tr("Say for which purpose you read it: reading is recorded too."),
        tr("Check that nothing was changed, or write an extract for somebody else."),
    ),
    _LIST_KEYS,
    chapter="audit",
)
VAULT: Final = HelpText(
    tr("Vault"),
    tr("The keys, backups, analysts and rules of this vault, and whether it is sound."),
    (
        tr("Health says what wants attention, and where."),
        tr("Make a backup, then try it: a backup that was never restored is a hope."),
        tr("Let somebody else have a key slot of their own, and keep a recovery code on paper."),
    ),
    _PART_KEYS,
    chapter="people",
)
AGREEMENT: Final = HelpText(
    tr("Agreement"),
    tr("What your agency may do, clause by clause, and how this vault is bound to its portal."),
    (
        tr("Ask beforehand: May I …? answers with the clause."),
        tr("What an amendment takes away waits here until somebody who may accepts it."),
        tr("Enrol the vault once, with what the portal handed over on paper."),
    ),
    _PART_KEYS,
    when_empty=tr("Before enrolment no agreement is in force: begin under Enrolment."),
    chapter="agreement",
)
HASH_LISTS: Final = HelpText(
    tr("Hash lists"),
    tr("Lists of known files. What they know needs no look."),
    (
        tr("Read in a list from a file; it is tried first, and you see what would be taken."),
        tr("What is here is matched by itself; Match now does it at once."),
        tr(
            "Export a list for others, contribute it to a shared one, or withdraw it: what each would reach is told before."
        ),
    ),
    (*_PART_KEYS, *_LIST_KEYS),
    when_empty=tr("Lists come with an exchange, or from a file."),
    chapter="hash-lists",
)
FIGURES: Final = HelpText(
    tr("Figures"),
    tr("Charts of the reports that a query finds, each with its table."),
    (
        tr("Choose what is counted, and how long a time a bar stands for."),
        tr("Enter on a bar, or in the table, shows its reports."),
        tr("A picture or a table that is saved is recorded as a disclosure."),
    ),
    when_empty=tr("Take a condition away from the query, or synchronise (F5) if the vault is new."),
    chapter="tables#figures",
)
PACKAGE: Final = HelpText(
    tr("Compose an intelligence package"),
    tr("Reports with their media and documents in one file, signed, and sealed to its recipients."),
    (
        tr(
            "Choose what goes, give it a title, name the recipients by their public keys, say where it is written."
        ),
        tr(
            "Beneath the keys stands what each of them gets, by which clause, and what stays out: choose less for one of them, and they get a package of their own."
        ),
        tr(
            "A file of redactions names what is destroyed in the copy; the original is never altered."
        ),
        tr(
            "It is signed with the portal’s certificate, or by whom you choose; the PIN of a token is asked each time. Signers and recipients are kept under Exchange."
        ),
        tr("It is read back from the medium before it gets its name."),
        tr("It is recorded as a disclosure; corrections that come later name who has a copy."),
    ),
    (("Escape", tr("Leave; what you typed is kept")),),
    chapter="packages",
)
TABLE: Final = HelpText(
    tr("Export a table"),
    tr("What the page lists as a file in the clear, for a spreadsheet or another program."),
    (
        tr("Choose the columns and the form, and say where it is written."),
        tr("The file is not sealed: it is recorded as a disclosure."),
    ),
    chapter="tables",
)
COLUMNS: Final = HelpText(
    tr("Columns"),
    tr("Which columns a table shows, in which order, and how wide."),
    chapter="window#what-stands-where",
)
ASKING_KEYS: Final = (
    ("Ctrl+Enter", tr("Do it; Enter in a field of one line does the same")),
    ("Escape", tr("Leave; while it is being done nothing happens")),
    ("Ctrl+L", tr("Lock, dialog or not")),
)
DOOR: Final = HelpText(
    tr("The door"),
    tr(
        "The vault is locked. One of its keys opens it: a passphrase, a recovery code, a file or a token."
    ),
    (
        tr("Type the passphrase and press Enter. Nothing is locked by trying."),
        tr("With several kinds of keys, choose first which one you have."),
        tr(
            "Without any key nobody can open it, its makers neither: look for the recovery code on paper."
        ),
    ),
    (("Ctrl+T", tr("Next theme: dark, light, high contrast")),),
    chapter="first-day",
)
