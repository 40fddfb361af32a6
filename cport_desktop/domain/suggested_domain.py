"""Whether a name can be suggested for the list of domains that access providers block.

The unit of the list is the domain. An address is none, a whole suffix would take everybody under
it, and reserved names exist in demonstrations alone. No public suffix list is loaded, so a suffix
of more than one label is for the reader of the suggestion to see.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from cport_desktop.domain.hosts import LONGEST_HOST, is_address, normalised_host
from cport_desktop.domain.synthetic import is_reserved_name

_LABELS: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\Z")


class DomainRule(StrEnum):
    ADDRESS = "address"
    NO_DOMAIN = "no_domain"
    SUFFIX = "suffix"
    RESERVED = "reserved"


def domain_refusal(domain: str, *, is_synthetic: bool) -> DomainRule | None:
    """Why `domain` (in A-labels, lower case) cannot be suggested; None if it can."""
    if is_address(domain):
        return DomainRule.ADDRESS
    if len(domain) > LONGEST_HOST or domain != normalised_host(domain) or not _LABELS.match(domain):
        return DomainRule.NO_DOMAIN
    if "." not in domain:
        return DomainRule.SUFFIX
    if is_reserved_name(domain) and not is_synthetic:
        return DomainRule.RESERVED
    return None
