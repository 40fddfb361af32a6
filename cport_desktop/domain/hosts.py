"""Host names inside URLs: taken apart, normalised, made harmless, and looked at with suspicion.

Hosts come from criminal sites: right-to-left tricks, punycode and mixed scripts are to be
expected. Nothing here resolves a name. What of a host somebody registered is for
`domain.public_suffixes` to say.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST_HOST = 253
"""Letters of a name in the DNS (RFC 1035); a longer one is kept but never taken apart."""

_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]{0,30}):", re.IGNORECASE)
_PLAIN_URL = re.compile(r"[a-z][a-z0-9+.-]{0,30}://([a-z0-9.-]+)(?:[/?#]|\Z)")
"""A URL with nothing to look at twice: no port, no user, no capital letter. Its host needs no parser,
which takes three times as long."""
_HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]*")
_DEFANGED_SCHEME = re.compile(r"^(h)(?:xx|\*\*)(ps?)(?=:)|^(f)x(p)(?=:)", re.IGNORECASE)


class HostFlag(StrEnum):
    """What is suspicious about a host name; each is a sentence in `words`."""

    PUNYCODE = "punycode"
    MIXED_SCRIPTS = "mixed_scripts"
    BIDI_CONTROL = "bidi_control"
    INVISIBLE = "invisible"
    ADDRESS = "address"
    """An IP address and not a name."""


@dataclass(frozen=True, slots=True)
class HostLook:
    """`unicode` is the name as a browser might show it, controls as `<U+202E>`."""

    host: str
    unicode: str
    flags: tuple[HostFlag, ...]


def host_of(url: str) -> str:
    """The host of `url`, lower case, in A-labels where it can be converted; '' if it has none.

    Never raises: what cannot be parsed is no host.
    """
    plain = _PLAIN_URL.match(url)
    if plain is not None:
        return plain[1].rstrip(".")
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return normalised_host(host)


def normalised_host(host: str) -> str:
    """`host` lower case, without a final dot, in A-labels where it can be converted."""
    folded = host.strip().rstrip(".").lower()
    if len(folded) > LONGEST_HOST or folded.isascii():
        return folded
    try:
        # A full stop of another script at the end becomes a plain one on the way.
        return folded.encode("idna").decode("ascii").rstrip(".").lower()
    except UnicodeError:
        return folded


def is_address(host: str) -> bool:
    """Whether a program would take `host` for an IPv4 or IPv6 address (brackets allowed).

    Any name whose last label is a number is one, whatever its other labels: browsers read
    `0300.0.2.1`, `0xc0.513` and `3221225985` as addresses (URL Standard, “ends in a number”).
    """
    bare = host.strip("[]")
    if ":" in bare:
        return _is_version_six(bare)
    last = bare.rstrip(".").rpartition(".")[2]
    return last.isascii() and (last.isdigit() or _HEXADECIMAL.fullmatch(last) is not None)


def _is_version_six(bare: str) -> bool:
    try:
        ipaddress.IPv6Address(bare)
    except ValueError:
        return False
    return True


def look_at(host: str) -> HostLook:
    """What a person should know before trusting their eyes with `host`."""
    readable = readable_host(host)
    flags = [flag for flag, holds in (
        (HostFlag.ADDRESS, is_address(host)),
        (HostFlag.PUNYCODE, any(label.startswith("xn--") for label in host.lower().split("."))),
        (HostFlag.MIXED_SCRIPTS, any(_has_mixed_scripts(label) for label in readable.split("."))),
        (HostFlag.BIDI_CONTROL, any(letter in _BIDI_CONTROLS for letter in readable)),
        (HostFlag.INVISIBLE, any(letter in _INVISIBLE for letter in readable)),
    ) if holds]  # fmt: skip
    return HostLook(host, visible(readable), tuple(flags))


def visible(text: str) -> str:
    """`text` with every control, bidi and invisible letter written out as `<U+202E>`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"<U+{ord(letter):04X}>" if _is_hidden(letter) else letter for letter in text)


def defanged(url: str) -> str:
    """`url` so that no program follows it: `hxxps://files-417[.]example/a`, controls visible."""
    shown = visible(url)
    match = _SCHEME.match(shown)
    if match is None:
        return shown.replace(".", "[.]")
    scheme, rest = match.group(1), shown[match.end() :]
    slashes = "//" if rest.startswith("//") else ""
    authority, slash, path = rest[len(slashes) :].partition("/")
    return f"{_harmless(scheme)}:{slashes}{authority.replace('.', '[.]')}{slash}{path}"


def refanged(text: str) -> str:
    """The URL that a defanged one stands for; anything else unchanged."""
    plain = _DEFANGED_SCHEME.sub(lambda m: "http" + m[2][1:] if m[1] else "ftp", text)
    return plain.replace("[.]", ".").replace("(.)", ".").replace("[:]", ":")


def _harmless(scheme: str) -> str:
    return scheme.replace("tt", "xx").replace("TT", "XX") if scheme[:1] in "hH" else f"x-{scheme}"


def _is_hidden(letter: str) -> bool:
    return (
        letter in _BIDI_CONTROLS
        or letter in _INVISIBLE
        or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")
    )


def readable_host(host: str) -> str:
    """`host` with its A-labels decoded, as far as they can be; controls are still in it."""
    labels = []
    for label in host.split("."):
        if label.lower().startswith("xn--"):
            try:
                labels.append(label[4:].encode("ascii").decode("punycode"))
            except (UnicodeError, OverflowError):
                labels.append(label)
        else:
            labels.append(label)
    return ".".join(labels)


def _has_mixed_scripts(label: str) -> bool:
    scripts = {_script(letter) for letter in label if letter.isalpha()}
    # Japanese writes its names in three scripts, and with Latin: that alone is no trick.
    return len(scripts - {"CJK", "HIRAGANA", "KATAKANA"}) > 1


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]
