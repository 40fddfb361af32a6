"""Whether a name can be suggested for the list of domains that access providers block.

The unit of the list is the domain. An address is none, in whichever spelling; a whole suffix would take
everybody under it; `localhost` and `.invalid` lead nowhere (RFC 6761); what is not in the public DNS at
all, as `.onion`, no access provider can block; and other reserved names exist in demonstrations alone
(RFC 2606).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cport_desktop.domain.hosts import (
    LONGEST_HOST,
    host_of,
    is_address,
    normalised_host,
    refanged,
)
from cport_desktop.domain.public_suffixes import NO_LIST, PublicSuffixes, last_two
from cport_desktop.domain.synthetic import is_reserved_name

_LABELS: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\Z")


class DomainRule(StrEnum):
    ADDRESS = "address"
    NO_DOMAIN = "no_domain"
    SUFFIX = "suffix"
    NOWHERE = "nowhere"
    NOT_PUBLIC = "not_public"
    RESERVED = "reserved"


_UNSEEN: Final[Mapping[str, DomainRule]] = {
    **dict.fromkeys(("localhost", "invalid"), DomainRule.NOWHERE),
    **dict.fromkeys(("alt", "arpa", "internal", "local", "onion"), DomainRule.NOT_PUBLIC),
}
"""By the last label: RFC 6761; RFC 9476, 3172, 6762 and 7686, and for `internal` resolution 2024.07.29.06
of the board of ICANN."""
_EXAMPLES: Final = frozenset({"example.com", "example.net", "example.org"})


def domain_refusal(
    domain: str, *, is_synthetic: bool, suffixes: PublicSuffixes = NO_LIST
) -> DomainRule | None:
    """Why `domain` (in A-labels, lower case) cannot be suggested; None if it can."""
    if is_address(domain):
        return DomainRule.ADDRESS
    if len(domain) > LONGEST_HOST or domain != normalised_host(domain) or not _LABELS.match(domain):
        return DomainRule.NO_DOMAIN
    unseen = _UNSEEN.get(domain.rpartition(".")[2])
    if unseen is not None:
        return unseen
    if suffixes.is_suffix(domain) or suffixes.is_above_all(domain):
        return DomainRule.SUFFIX
    if not is_synthetic and (is_reserved_name(domain) or last_two(domain) in _EXAMPLES):
        return DomainRule.RESERVED
    return None


LONGEST_ASKED = 4_000
"""Letters of what is asked for: a URL of a browser's address line has some two thousand at most."""


def named_host(untrusted_asked: str) -> str:
    """The host that a domain, a URL, or a defanged one names, lower case and in A-labels."""
    asked = refanged(untrusted_asked.strip()[:LONGEST_ASKED])
    bare = asked.strip("[]")
    if is_address(bare):
        return bare
    if "://" in asked or "/" in asked or "@" in asked or asked.startswith("["):
        return host_of(asked if "://" in asked else f"x://{asked}")
    name, colon, port = asked.partition(":")
    return normalised_host(name if colon and port.isdigit() else asked)
