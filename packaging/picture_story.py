"""What happened in the vault that is pictured: a working day of two analysts, told to `cport` itself.

Every line is an act that anybody could type; the words are neutral and the data synthetic. What the
portal is to answer goes out in an exchange in the middle; what is done after it still waits.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import picture_leaving

from cport_desktop.cli.entry import run

REPORTS: Final = 2000
VAULT: Final = "Training"
"""What the vault is called in the end."""
OWN: Final = "Analyst A. Example"
COLLEAGUE: Final = "Analyst B. Example"
SEARCHES: Final = (
    ("Undecided in NL", "is:undecided host:NL"),
    ("Recent video", "has:video received:<30d"),
    ("Corrected", "is:corrected"),
    ("On a list", "has:match"),
    ("Image hosts", 'site:"Image host"'),
)
PINNED: Final = 4
CASES: Final = (
    ("Harbour line", "The same files on sites of several providers, since spring.", "is:duplicate"),
    ("Bridge and tundra", "What the second hotline sends; asked for on Monday.", "class:national"),
    ("Lagoon series", "One series of generated pictures on several domains.", "has:video"),
    ("Amber hosts", "Image hosts whose providers have not answered yet.", 'site:"Image host"'),
    ("Kelp and quartz", "Forums that link to each other.", "site:Forum"),
    ("Basalt mirror", "Three sites of one provider, seen together.", "class:baseline"),
)
NOTES: Final = (
    "Compared with the list of last week: two entries are new, none is gone.",
    "The provider answered by telephone; a written answer is to come.",
)
QUESTION: Final = "Which form of the address was seen at the time of capture?"
FEEDBACK: Final = "Received with thanks; handled under number 18."


class Teller:
    """Says one line after the other to the command line, as one of the analysts."""

    def __init__(self, demo: Path, passphrase: Path, slot: str = "") -> None:
        self._before = ["--json", "--vault", str(demo / "vault")]
        self._before += ["--passphrase-file", str(passphrase)]
        self._environment = {"XDG_STATE_HOME": str(demo.parent / "state")}
        if slot:
            self._before += ["--slot", slot]

    def say(self, *line: str | Path) -> dict[str, object]:
        """What `cport` answered.

        Raises:
            SystemExit: it refused; the story does not fit the program any more.
        """
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = run([*self._before, *map(str, line)], self._environment, show_window=_nobody)
        if status:
            raise SystemExit(f"cport {' '.join(map(str, line))}: {said.getvalue()}")
        answer: dict[str, object] = json.loads(said.getvalue())
        return answer

    def ids(self, *line: str) -> list[str]:
        """Ids of what a list shows."""
        items = self.say(*line)["items"]
        return [str(item["id"]) for item in items] if isinstance(items, list) else []


def _nobody(*_: object) -> int:
    raise SystemExit("the story opens no window")


def tell(demo: Path, portal: str) -> None:
    """The day in the vault of `demo`, which `cport demo --headless --keep` left there, with its
    portal at the address `portal`.
    """
    own = Teller(demo, demo / "passphrase.txt")
    others, slot = demo / "colleague.txt", "passphrase of B. Example"
    others.write_text("synthetic words of a colleague 17\n", encoding="utf-8")
    own.say(
        *("vault", "analysts", "add", COLLEAGUE, "--new-passphrase-file", others),
        *("--roles", "analyst", "--roles", "exporter", "--slot-name", slot),
    )
    with gateway(demo, portal):
        _act(own)
        _know(own, demo)
        own.say("sync")
        _demand_a_second_reader(demo)
        own.say("sync")
    _work(own)
    picture_leaving.let_leave(own.say, demo)
    picture_leaving.open_dossiers(own.say, Teller(demo, others, slot).say)
    _leave_waiting(own, Teller(demo, others, slot))
    _keep_safe(own, demo)
    (demo / "vault").rename(demo / VAULT)


@contextmanager
def gateway(demo: Path, portal: str) -> Iterator[None]:
    """The portal of the demo, where it was."""
    port = portal.rpartition(":")[2].strip("/")
    command = [sys.executable, "-m", "cport_desktop", "--json", "gateway", "serve"]
    command += ["--data", str(demo / "gateway"), "--port", port, "--until-eof"]
    command += ["--reports", str(REPORTS)]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("CPORT_")}
    served = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    try:
        if served.stdout is None or not served.stdout.readline():
            raise SystemExit("the gateway did not start")
        yield
    finally:
        served.communicate()


def _act(own: Teller) -> None:
    """What the portal has answered by now."""
    undecided = own.ids("reports", "is:undecided host:NL has:media", "--limit", "9")
    for reference, what in zip(undecided, ("baseline", "national", "not-illegal"), strict=False):
        own.say("assess", reference, what)
    own.say("triage", "assess", "not-illegal", *undecided[3:6], "--reason", "compared by sight")
    own.say("feedback", undecided[0], "--text", FEEDBACK)
    own.say("ask", undecided[1], "--text", QUESTION)
    hold = ("--until", "14d", "--reason", "An order is being asked for.")
    own.say("takedown", "hold", undecided[2], *hold)
    for domain in picture_leaving.domains(own.say, most=6)[3:]:
        own.say(
            "iwol", "suggest", domain, "--criterion", "1=met", "--note", "Seen by several hotlines."
        )


def _know(own: Teller, demo: Path) -> None:
    """A list of digests of one's own, on which some of what is here stands."""
    items = own.say("media", "list", "--limit", "40")["items"]
    here = [str(item["sha256"]) for item in items] if isinstance(items, list) else []
    others = [hashlib.sha256(f"synthetic {number}".encode()).hexdigest() for number in range(200)]
    lines = [f"{digest}  generated-{n:03}.png" for n, digest in enumerate([*here[::4], *others])]
    file = demo / "own-list.sha256"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    own.say(
        *("hashlist", "import", file, "--name", "Example Agency, own list"),
        *("--source", "Example Agency", "--version", "2026-2", "--handling", "inside the agency"),
    )
    own.say("hashlist", "match")


def _demand_a_second_reader(demo: Path) -> None:
    """The portal hands out a version of the agreement by which two persons assess."""
    draft = demo / "draft.json"
    amend = ["--json", "gateway", "amend", "--data", str(demo / "gateway")]
    for more in (["--only-write", str(draft)], ["--draft", str(draft)]):
        with contextlib.redirect_stdout(io.StringIO()):
            if run([*amend, *more], {}, show_window=_nobody):
                raise SystemExit("the agreement was not amended")
        if "--only-write" in more:
            said = draft.read_text(encoding="utf-8")
            plain = '{"functions":["assessment.give"]}'
            both = '{"functions":["assessment.give"],"conditions":["twoPersons"]}'
            draft.write_text(said.replace(plain, both), encoding="utf-8")


def _work(own: Teller) -> None:
    """Cases, notes, tags, tasks, and searches that are kept."""
    for place, (name, query) in enumerate(SEARCHES):
        own.say("searches", "save", name, query)
        if place < PINNED:
            own.say("searches", "pin", name)
    for number, (title, summary, query) in enumerate(CASES, 1):
        case = f"C-{number}"
        own.say("case", "create", title, "--summary", summary)
        own.say("case", "edit", case, "--lead", COLLEAGUE if number % 3 == 0 else OWN)
        inside = own.ids("reports", f"host:NL {query}", "--limit", str(26 - 4 * number))
        own.say("case", "add", case, *inside)
        own.say("tag", "add", title.split(maxsplit=1)[0].lower(), *inside[:4])
        own.say("task", "add", case, "Ask the provider for its answer in writing", "--due", "7d")
        for note in NOTES:
            own.say("note", "add", case, "--text", note)
        own.say("note", "add", inside[0], "--text", NOTES[0])
        own.say("flag", "add", inside[0], inside[1])
        for whom in (OWN, COLLEAGUE)[: number % 3]:
            due = ("--due", f"{number}d", "--for", whom)
            own.say("task", "add", inside[0], "Compare with the list of last week", *due)
    own.say("case", "close", "C-3", "--reason", "Handed over in full.")


def _leave_waiting(own: Teller, colleague: Teller) -> None:
    """Acts that still wait: for the next exchange, and for a second reader."""
    undecided = own.ids("reports", "is:undecided host:NL has:media", "--limit", "12")
    own.say("feedback", undecided[0], "--text", FEEDBACK)
    own.say("ask", undecided[0], "--text", QUESTION)
    own.say("assess", undecided[1], "national")
    own.say("triage", "assess", "baseline", *undecided[2:4], "--reason", "compared by sight")
    own.say("assign", *undecided[4:7], "--to", COLLEAGUE)
    colleague.say("assess", undecided[7], "baseline")
    colleague.say("assess", undecided[8], "national")
    colleague.say("lease", "take", undecided[9])
    colleague.say("assign", *undecided[10:12], "--to", OWN)


def _keep_safe(own: Teller, demo: Path) -> None:
    """A backup that was tried out, an anchor of the log, a hold; a check of everything."""
    own.say("vault", "backup", demo / "monday.backup")
    own.say("vault", "drill", demo / "monday.backup")
    own.say("audit", "checkpoint", demo / "monday.checkpoint")
    kept = own.ids("reports", "class:baseline", "--limit", "2")
    for reference in kept:
        own.say(
            "vault",
            "hold",
            "place",
            reference,
            "--reason",
            "Order 17 of the Example Regional Court.",
        )
    gone = own.ids("reports", "is:withdrawn", "--limit", "3")
    erased = [word for reference in gone for word in ("--report", reference)]
    own.say("vault", "erase", *erased, "--reason", "Asked for by the hotline.", "--count", "3")
    own.say("vault", "check", "--deep")
    for name, media in (("office", "all"), ("field", "asked")):
        own.say("links", "set", name, "--media", media)
    own.say("links", "use", "office")


if __name__ == "__main__":
    tell(Path(sys.argv[1]), sys.argv[2])
