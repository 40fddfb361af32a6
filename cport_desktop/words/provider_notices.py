"""What is said of notices to providers."""

from __future__ import annotations

from cport_desktop.words.tongue import tr

WITHDRAWN = tr("the hotline took the report back")
NO_SOURCE = tr("neither an address nor a host is known")
NO_PROVIDER = tr("the report does not say who hosts it; name the provider")
ACT = tr("Notice to the provider…")
TITLE = tr("Notice to the provider")
INTRO = tr(
    "A draft in the form XARF for whoever hosts the reported page. Nothing is sent from here; the agreement is asked, and that it was written is on record."
)
DRAFT_NOW = tr("Write it")
FILE = tr("New file")
FILE_PLACEHOLDER = tr("Path of a new file, ending in .json")
CONTACT = tr("Whom the provider answers")
CONTACT_PLACEHOLDER = tr("unit@agency.example")
PROVIDER = tr("Provider")
PROVIDER_PLACEHOLDER = tr("As the report names it, if this is left empty")
CLASS = tr("Classification")
BY_TABLE = tr("by the table")
NEEDS_FILE = tr("Say where the notice is to be written.")
NEEDS_CONTACT = tr("Say whom the provider can answer.")
DRAFT = tr("It is a draft that nobody has sent: hand it over by the provider’s own channel.")
CHOSEN = tr("The classification was chosen by you; that is on record.")


def no_class(version: str, accepted: str) -> str:
    return tr(
        "the table of classifications (version {version}) says nothing about this one; choose one of {accepted}",
        version=version,
        accepted=accepted,
    )


def drafted(path: str, recipient: str) -> str:
    return tr("Written and read back: {path}, for {recipient}.", path=path, recipient=recipient)
