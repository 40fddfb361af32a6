"""Which part of a host name somebody registered: the Public Suffix List and its algorithm
(https://github.com/publicsuffix/list/wiki/Format).

1. A rule matches a name if its labels are the last ones of the name; `*` is any one label.
2. An exception rule (`!city.example`) beats every other, and its suffix has one label less.
3. Otherwise the matching rule with the most labels decides; where none matches, `*` does.
4. The registrable domain is the public suffix with one label more.

Rules and names are in lower case and A-labels, so that U-labels and A-labels are one name. What the
list calls its private division are hosts under which strangers register names: blocking one of those
names takes nobody else with it, while blocking the suffix takes them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cport_desktop.domain.hosts import is_address

NO_VERSION: Final = ""


@dataclass(frozen=True, slots=True)
class PublicSuffixes:
    """The rules of one version of the list. `wildcards` holds what stands behind `*.`, `exceptions` what
    stands behind `!`; `private`: all of these that are of the private division. `version`: the moment
    that the list itself states, as it states it.
    """

    version: str = NO_VERSION
    rules: frozenset[str] = field(default=frozenset(), repr=False)
    wildcards: frozenset[str] = field(default=frozenset(), repr=False)
    exceptions: frozenset[str] = field(default=frozenset(), repr=False)
    private: frozenset[str] = field(default=frozenset(), repr=False)

    def suffix(self, host: str) -> str:
        """The public suffix of `host`, which is `host` itself where the whole of it is one."""
        at, parent = len(host), ""
        suffix = ""
        while at > 0:
            at = host.rfind(".", 0, at)
            name = host[at + 1 :]
            if name in self.exceptions:
                return parent
            if not parent or name in self.rules or parent in self.wildcards:
                suffix = name
            parent = name
        return suffix

    def registrable(self, host: str) -> str:
        """The part of `host` that somebody registered; an address, a single label and a public suffix
        stand for themselves.
        """
        if not host or is_address(host):
            return host
        suffix = self.suffix(host)
        if suffix == host:
            return host
        at = host.rfind(".", 0, len(host) - len(suffix) - 1)
        return host[at + 1 :]

    def is_suffix(self, name: str) -> bool:
        """Whether strangers register names beneath `name`; a single label always is one."""
        return self.suffix(name) == name

    def is_above_all(self, name: str) -> bool:
        """Whether every name beneath `name` is a suffix (a rule `*.name`): by the algorithm somebody
        registered `name`, and blocking it takes all strangers beneath it none the less.
        """
        return name in self.wildcards

    def suffix_beneath(self, name: str) -> str | None:
        """A suffix that lies beneath `name`, the first by name; None if none does."""
        end = f".{name}"
        found = [each for each in (*self.rules, *self.wildcards) if each.endswith(end)]
        return min(found, default=None)

    def shared_suffix(self, host: str) -> str | None:
        """The suffix of the private division that `host` lies beneath; None if none."""
        suffix = self.suffix(host)
        if "." not in suffix:
            return None
        parent = suffix.partition(".")[2]
        is_private = suffix in self.private or (
            suffix not in self.rules and parent in self.wildcards and f"*.{parent}" in self.private
        )
        return suffix if is_private and suffix != host else None

    @property
    def deep_ends(self) -> frozenset[str]:
        """The last two labels of every rule that has more than one; `*.tld` for any name beneath that one.
        Beneath any other two labels names are registered as the rule `*` says.
        """
        names = [*self.rules, *self.exceptions, *(f"*.{name}" for name in self.wildcards)]
        return frozenset(last_two(name) for name in names if "." in name)


def last_two(name: str) -> str:
    """The last two labels of `name`, or the only one."""
    return ".".join(name.split(".")[-2:])


NO_LIST: Final = PublicSuffixes()
"""Where no list is at hand the last two labels are taken for what was registered."""
