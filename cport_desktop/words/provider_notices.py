"""What is said of notices to providers."""

from __future__ import annotations

from cport_desktop.words.tongue import tr

WITHDRAWN = tr("the hotline took the report back")
NO_SOURCE = tr("neither an address nor a host is known")
NO_PROVIDER = tr("the report does not say who hosts it; name the provider")
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
