"""Text from outside, made harmless to look at.

What steers the direction of text or does not show at all is written out (`<U+202E>`), so
that a file name or an address reads as it is stored; URLs are written so that nothing makes
a link of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = frozenset({"\n", "\t"})
LONGEST_SHOWN = 4_000
"""Characters; what a pane shows of one foreign text before it says that it goes on."""


def visible(text: str) -> str:
    """`text` with every control, format and unassigned character written out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def one_line(text: str) -> str:
    """`visible`, with line ends written out too."""
    return visible(text).replace("\n", " ⏎ ").replace("\t", " ")


def shortened(text: str, *, longest: int = LONGEST_SHOWN) -> str:
    """At most `longest` characters, ending in an ellipsis if there were more."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def narrow_words(text: str, *, longest: int = 28) -> str:
    """`text`, of whose words none is longer than so many characters: a line of it breaks in a narrow pane,
    where a public key in it would make the whole pane as wide as itself. Both ends of a long one stay.
    """
    half = (longest - 1) // 2
    return " ".join(
        word if len(word) <= longest else f"{word[:half]}…{word[-half:]}"
        for word in text.split(" ")
    )


def in_parts(text: str, *, longest: int = LONGEST_SHOWN) -> Iterator[str]:
    """All of `text`, in parts of at most `longest` characters, each ending with a line where it can."""
    while len(text) > longest:
        at = text.rfind("\n", 1, longest)
        cut = longest if at < 0 else at
        yield text[:cut]
        text = text[cut:].removeprefix("\n")
    yield text


def plain_tip(text: str) -> str:
    """`text` for a tool tip, which would otherwise guess whether it is rich."""
    return f"<span>{escape(visible(shortened(text)))}</span>" if text else ""


def _visible_character(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _HIDDEN:
        return character
    return f"<U+{ord(character):04X}>"


@dataclass(frozen=True, slots=True)
class DefangedAddress:
    """A URL in three parts, the middle one the registrable domain, none of it a link."""

    before: str
    domain: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.domain + self.after


def defanged(url: str, domain: str | None = None) -> DefangedAddress:
    """`https://files.a.example/x` → `hxxps://files.` + `a[.]example` + `/x`.

    `domain` is the registrable domain if it is known; otherwise the whole host stands out. A
    user name before the host is left in `before`, so that it cannot pass for the host. A host
    in other scripts is written in its ASCII form, so that it cannot pass for another.
    """
    shown = one_line(shortened(_with_ascii_host(url)))
    scheme, separator, rest = shown.partition("://")
    if not separator:
        return DefangedAddress("", "", shown.replace(".", "[.]"))
    authority, host = _authority_and_host(shown, rest)
    start = len(authority) - len(authority.rpartition("@")[2])
    at = authority.lower().find(host.lower(), start) if host else -1
    if at < 0:
        return DefangedAddress(_dull(scheme) + "://", "", rest.replace(".", "[.]"))
    known = (domain or "").lower()
    width = len(known) if known and host.lower().endswith(known) else len(host)
    cut = at + len(host) - width
    return DefangedAddress(
        _dull(scheme) + "://" + authority[:cut].replace(".", "[.]"),
        authority[cut : at + len(host)].replace(".", "[.]"),
        authority[at + len(host) :] + rest[len(authority) :],
    )


def domain_copied(domain: str, *, is_exact: bool) -> str:
    """A domain or host as it is copied out of a table: as it is, or so that nothing makes a link of it."""
    return domain if is_exact else defanged(domain).text


def _with_ascii_host(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    authority, host = _authority_and_host(url, rest)
    at = authority.lower().rfind(host)
    if host.isascii() or at < 0:
        return url
    ascii_host = ".".join(map(_ascii_label, host.split(".")))
    return f"{scheme}{separator}{authority[:at]}{ascii_host}{rest[at + len(host) :]}"


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode", "replace").decode("ascii")


def _authority_and_host(url: str, rest: str) -> tuple[str, str]:
    authority = rest
    for mark in "/?#\\":
        authority = authority.partition(mark)[0]
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return authority, host


def _dull(scheme: str) -> str:
    return scheme.replace("tt", "xx", 1) if scheme.lower().startswith("http") else scheme
