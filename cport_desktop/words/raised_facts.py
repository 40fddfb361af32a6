"""What errors say of a fault in English, as people read it: the facts of `raise` on every floor.

The keys are these texts as they stand there, `{number}` for a number and `{name}` for a last word that
differs from case to case; programs that read JSON get them as they are. Left as they are: where and
why a message of the portal breaks the protocol, which is for those who made it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cport_desktop.words.labels import OPERATION_STATES
from cport_desktop.words.tongue import tr, tr_in

_ROADS: Final[Mapping[str, str]] = {
    "its name has no address here": tr("its name has no address here"),
    "it does not answer": tr("it does not answer"),
    "no TLS that is understood here": tr("no TLS that is understood here"),
    "nobody listens at its address": tr("nobody listens at its address"),
    "nobody listens there": tr("nobody listens there"),
    "status {number}": tr("status {number}"),
    "the connection was closed": tr("the connection was closed"),
    "the connection was lost": tr("the connection was lost"),
    "too long without an answer": tr("too long without an answer"),
}
"""The fact `cause` where no road leads to the portal."""

_CERTIFICATES: Final[Mapping[str, str]] = {
    "it cannot be read there": tr("it cannot be read there"),
    "it does not verify": tr("it does not verify"),
    "it has expired, by this machine's clock": tr("it has expired, by this machine’s clock"),
    "it is for another address": tr("it is for another address"),
    "it is for another host name": tr("it is for another host name"),
    "it is not accepted there": tr("it is not accepted there"),
    "it is not from an authority that the portal knows": tr(
        "it is not from an authority that the portal knows"
    ),
    "it is not from the pinned authority": tr("it is not from the pinned authority"),
    "it is not the one of this station": tr("it is not the one of this station"),
    "it is not valid yet, by this machine's clock": tr(
        "it is not valid yet, by this machine’s clock"
    ),
    "it is of a kind that is not accepted there": tr("it is of a kind that is not accepted there"),
    "it was revoked": tr("it was revoked"),
    "its signature does not hold there": tr("its signature does not hold there"),
    "none was shown, and the portal wants one": tr("none was shown, and the portal wants one"),
    "the portal says so": tr("the portal says so"),
}
"""The fact `cause` of certificates that were not accepted, the portal’s or the station’s."""

_BUNDLES: Final[Mapping[str, str]] = {
    "a batch without its sequence": tr("a batch in it has no sequence number"),
    "a standing without its sequence": tr("a statement of the portal in it has no sequence number"),
    "a file without its number": tr("a media file in it has no number"),
    "it does not begin as one": tr("its first bytes are not those of a bundle"),
    "it is a 7z archive": tr("it is a 7z archive"),
    "it is a RAR archive": tr("it is a RAR archive"),
    "it is a ZIP archive": tr("it is a ZIP archive"),
    "it is a bzip2 archive": tr("it is a bzip2 archive"),
    "it is a gzip archive": tr("it is a gzip archive"),
    "it is a single message, perhaps of an enrolment": tr(
        "it is a single message, perhaps of an enrolment"
    ),
    "it is an age file, perhaps a package": tr("it is an age file, perhaps a package"),
    "it is an xz archive": tr("it is an xz archive"),
    "it has no manifest": tr("it has no manifest"),
    "it is cut within its first line": tr("it is cut within its first line"),
    "it is no usual file": tr("it is no usual file"),
    "its manifest is another bundle's": tr("its manifest is another bundle’s"),
    "its manifest is on its way in the other direction": tr(
        "its manifest is on its way in the other direction"
    ),
    "its manifest lists more or less than is in it": tr(
        "its manifest lists more or less than is in it"
    ),
    "its part is none of its parts": tr(
        "the number of its part does not fit the number of its parts"
    ),
}
"""The fact `cause` of `BundleMalformed`."""

_CHECKPOINTS: Final[Mapping[str, str]] = {
    "certificate of erasure": tr_in("what cannot be read", "certificate of erasure"),
    "code": tr_in("part of a checkpoint", "code"),
    "moment": tr_in("part of a checkpoint", "moment"),
    "name of a key": tr_in("part of a checkpoint", "name of a key"),
    "not UTF-8": tr("not UTF-8"),
    "not a certificate of erasure": tr("not a certificate of erasure"),
    "not a checkpoint": tr("not a checkpoint"),
    "not a register of erasures": tr("not a register of erasures"),
    "not a signed note": tr("not a signed note"),
    "number of a media item": tr_in("part of a checkpoint", "number of a media item"),
    "number of a report": tr_in("part of a checkpoint", "number of a report"),
    "origin": tr_in("part of a checkpoint", "origin"),
    "register of erasures": tr_in("what cannot be read", "register of erasures"),
    "root": tr_in("part of a checkpoint", "root"),
    "signatures": tr_in("part of a checkpoint", "signatures"),
    "size": tr_in("part of a checkpoint", "size"),
    "too long": tr("too long"),
    "verifier key": tr_in("part of a checkpoint", "verifier key"),
}
"""The fact `cause` of `CheckpointMalformed`."""

_KEY_FILES: Final[Mapping[str, str]] = {
    "certificate of the expected signer": tr("certificate of the expected signer"),
    "certificate": tr_in("what cannot be read", "certificate"),
    "identity file: more than one identity in it": tr(
        "identity file: more than one identity in it"
    ),
    "identity file: no AGE-SECRET-KEY-1… line in it": tr(
        "identity file: no AGE-SECRET-KEY-1… line in it"
    ),
    "identity file: not text": tr("identity file: not text"),
    "identity file: too long to be one": tr("identity file: too long to be one"),
    "identity: not a whole AGE-SECRET-KEY-1… key": tr(
        "identity: not a whole AGE-SECRET-KEY-1… key"
    ),
    "message key": tr_in("what cannot be read", "message key"),
    "package key": tr_in("what cannot be read", "package key"),
    "passphrase file {name}": tr("passphrase file {name}"),
    "private key": tr_in("what cannot be read", "private key"),
    "private key and certificate: not a pair": tr("private key and certificate: not a pair"),
    "private key: neither P-256 nor RSA": tr("private key: neither P-256 nor RSA"),
    "certificate: not one to sign documents with": tr(
        "certificate: not one to sign documents with"
    ),
    "recipient: a key that nothing can be sealed to": tr(
        "recipient: a key that nothing can be sealed to"
    ),
    "recipient: none was given": tr("recipient: none was given"),
    "recipient: not a whole age1… key": tr("recipient: not a whole age1… key"),
    "recipient: one line with age1… is wanted": tr(
        "recipient: one line that begins with age1 is needed"
    ),
    "recipients file {name}": tr("recipients file {name}"),
    "signer: an unencrypted key and a certificate in PEM": tr(
        "signer: an unencrypted key and a certificate are needed, in PEM"
    ),
    "the portal's TLS authority": tr("the portal’s TLS authority"),
}
"""The fact `what` of `KeyFileMalformed`."""

_PARTS_OF_A_VAULT: Final[Mapping[str, str]] = {
    "agreement": tr_in("part of a vault", "agreement"),
    "analysts": tr_in("part of a vault", "analysts"),
    "anchor {number}": tr_in("part of a vault", "anchor {number}"),
    "audit log": tr_in("part of a vault", "audit log"),
    "blob {number}": tr_in("part of a vault", "sealed file {number}"),
    "bond": tr_in("part of a vault", "bond with the portal"),
    "cipher": tr_in("part of a vault", "encryption of the database"),
    "courier bundle {number}": tr_in("part of a vault", "courier bundle {number}"),
    "database": tr_in("part of a vault", "database"),
    "deeds": tr_in("part of a vault", "acts that can be undone"),
    "enrolment under way": tr_in("part of a vault", "enrolment under way"),
    "head": tr_in("part of a vault", "head"),
    "header": tr_in("part of a vault", "header"),
    "header (both copies)": tr_in("part of a vault", "header (both copies)"),
    "header record": tr_in("part of a vault", "header on record"),
    "identity": tr_in("part of a vault", "identity"),
    "length": tr_in("part of a vault", "length"),
    "lock": tr_in("part of a vault", "lock"),
    "lock (removed again and again)": tr_in("part of a vault", "lock (removed again and again)"),
    "log identity": tr_in("part of a vault", "identity of the log"),
    "magic": tr_in("part of a vault", "first bytes"),
    "manifest": tr_in("part of a vault", "manifest"),
    "nature": tr_in("part of a vault", "nature (demo or live)"),
    "state": tr_in("part of a vault", "state"),
    "table": tr_in("part of a vault", "table"),
    "unit rule {name}": tr_in("part of a vault", "unit rule {name}"),
    "unit rules": tr_in("part of a vault", "unit rules"),
    "{file} (missing)": tr_in("part of a vault", "{file} (missing)"),
    "{file} (not encrypted)": tr_in("part of a vault", "{file} (not encrypted)"),
}
"""The fact `where` of `VaultDamaged` and `BackupDamaged`; names of files stay."""

_ACCEPTED: Final[Mapping[str, str]] = {
    "digests of files with content": tr("digests of files with content"),
    "each criterion once": tr("each criterion once"),
    "a time that has been": tr("a time that has been"),
    "64 hex digits, or a file": tr("64 hex digits, or a file"),
    "up to 64 letters, digits, dots, dashes and underscores": tr(
        "up to 64 letters, digits, dots, dashes and underscores"
    ),
    "{number} bytes and more": tr("{number} bytes and more"),
    "{number} or more": tr("{number} or more"),
}
"""The fact `accepted` of `ValueUnknown`; what is typed (a date, an address) stays."""

_DIGESTS: Final[Mapping[str, str]] = {
    "size": tr_in("what differs in what was received", "size"),
    "member {number} of the bundle": tr("member {number} of the bundle"),
}

_NATURES: Final[Mapping[str, str]] = {
    "demo": tr_in("nature of a vault", "demo"),
    "live": tr_in("nature of a vault", "live"),
}
_SIDES: Final[Mapping[str, str]] = {
    "portal": tr_in("for whom a bundle is", "portal"),
    "station": tr_in("for whom a bundle is", "station"),
}
RAISED: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "usage.value": {"accepted": _ACCEPTED},
    "refused.keyring": {
        "backend": {
            "a keyring that cannot be loaded": tr("a keyring that cannot be loaded"),
        }
    },
    "refused.nature": {"ours": _NATURES, "theirs": _NATURES},
    "refused.operation_closed": {"state": OPERATION_STATES},
    "refused.under_way": {
        "what": {"an exchange with the portal": tr("an exchange with the portal")}
    },
    "road.certificate": {"cause": _CERTIFICATES},
    "road.certificate_expired": {"cause": _CERTIFICATES},
    "road.certificate_name": {"cause": _CERTIFICATES},
    "road.certificate_not_yet": {"cause": _CERTIFICATES},
    "road.proxy_password": {"cause": _ROADS},
    "road.proxy_refused": {"cause": _ROADS},
    "road.station_certificate": {"cause": _CERTIFICATES},
    "road.station_certificate_expired": {"cause": _CERTIFICATES},
    "road.unreachable": {"cause": _ROADS},
    "untrusted.bundle": {"cause": _BUNDLES},
    "untrusted.bundle_direction": {"found": _SIDES},
    "untrusted.checkpoint": {"cause": _CHECKPOINTS},
    "untrusted.digest": {"what": _DIGESTS},
    "untrusted.key_file": {"what": _KEY_FILES},
    "untrusted.searches": {
        "cause": {
            "a name stands in it twice": tr("a name stands in it twice"),
            "a text with control characters, or blanks around it": tr(
                "a text with control characters, or blanks around it"
            ),
            "longer than {number} bytes": tr("longer than {number} bytes"),
        }
    },
    "vault.backup_damaged": {"where": _PARTS_OF_A_VAULT},
    "vault.damaged": {"where": _PARTS_OF_A_VAULT},
    "vault.document": {
        "cause": {
            "no document came out": tr("no document came out"),
            "no single place for a signature": tr("it has no single place for a signature"),
            "the place for a signature is not as it says": tr(
                "its place for a signature is not as it says"
            ),
            "the signature is larger than its place": tr("the signature is larger than its place"),
            "too long": tr("too long"),
            "took too long": tr("took too long"),
        }
    },
    "vault.keyring": {
        "cause": {
            "it does not give back what it was given": tr(
                "it does not give back what it was given"
            ),
            "it does not let go of a secret": tr("it does not let go of a secret"),
        }
    },
    "vault.storage_full": {
        "where": {"the gateway's folder": tr("the gateway’s folder")},
    },
    "vault.token": {
        "cause": {
            "it does not decrypt with OAEP": tr("it does not decrypt with OAEP"),
            "it does not sign": tr_in("why a token failed", "it does not sign"),
            "the module cannot be loaded": tr("the module cannot be loaded"),
        }
    },
    "vault.token_key": {
        "key": {"{file} (of {number} bits)": tr("{file} (of {number} bits)")},
    },
}
"""By the code of an error and the name of a fact."""

_NUMBER: Final = re.compile(r"\d+")
_LAST_WORD: Final = re.compile(r"(?P<rest>.+ )(?P<name>\S+)")
_FIRST_WORDS: Final = re.compile(r"(?P<file>.+)(?P<rest> \([^()]+\))")


def raised(words: Mapping[str, str], fact: str) -> str:
    """`fact` as people read it; a text that is not in `words` stays as it is."""
    for text, values in _readings(fact):
        if text in words:
            return words[text].format_map(values)
    return fact


def is_raised(code: str, name: str, fact: str) -> bool:
    """Whether there are words for this."""
    words = RAISED.get(code, {}).get(name, {})
    return any(text in words for text, _ in _readings(fact))


def _readings(fact: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The texts that `fact` may be an instance of, with what stands in their places."""
    found: list[tuple[str, Mapping[str, str]]] = [(fact, {})]
    if number := _NUMBER.search(fact):
        text = f"{fact[: number.start()]}{{number}}{fact[number.end() :]}"
        found.append((text, {"number": number[0]}))
    if named := _LAST_WORD.fullmatch(fact):
        found.append((named["rest"] + "{name}", {"name": named["name"]}))
    if filed := _FIRST_WORDS.fullmatch(fact):
        behind = _NUMBER.sub("{number}", filed["rest"], count=1)
        bits = _NUMBER.search(filed["rest"])
        found.append(
            ("{file}" + behind, {"file": filed["file"], "number": bits[0] if bits else ""})
        )
    return tuple(found)
