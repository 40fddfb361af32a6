"""Sentences about the manifest that stands beside a file of digests: what of it does not fit."""

from __future__ import annotations

from cport_desktop.words.tongue import tr

OTHER_FILE = tr(
    "another file than the one that its manifest speaks of, or one that was changed since"
)
OTHER_SIDE = tr(
    "known material where the list has harmless files, or the other way round; read it in as a list of its own"
)
NO_MANIFEST = tr(
    "a file without a manifest beside it, and who must have signed one was said; ask the sender for it"
)
NOT_SIGNED = tr(
    "a file whose manifest is not signed, and who must have signed it was said; ask the sender for the signature"
)
WAS_THERE = tr(
    "a version that this list had already; whoever hands it out again would undo what came since"
)


def unreadable(name: str) -> str:
    """What stands beside it as its manifest is none: `list.csv.manifest.json`."""
    return tr("a file with {name} beside it, which is no manifest of a list", name=name)


TRUST = tr("Authority under which its manifest must be signed")
TRUST_HERE = tr("PEM file; empty: whoever signed it")


def standing(
    *, has_manifest: bool, signer: str | None, authority: str | None, is_harmless: bool
) -> str:
    """Before a file is read in: its manifest, and on which side the list will stand."""
    told = [signed_by(signer, authority)] if has_manifest else []
    told += [tr("What is on it is known to be harmless.")] if is_harmless else []
    return " ".join(told)


def signed_by(signer: str | None, authority: str | None) -> str:
    """Who signed the manifest, and under whom."""
    if signer is None:
        return tr("Its manifest is not signed.")
    if authority is None:
        return tr("Its manifest is signed by {signer}; nobody vouches for them.", signer=signer)
    return tr(
        "Its manifest is signed by {signer}, for whom {authority} vouches.",
        signer=signer,
        authority=authority,
    )
