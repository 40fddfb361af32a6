"""What every view of an open vault is handed: the session, its lanes, and how things look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from cport_desktop.clock import Clock
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.media_item import MediaKind, RevealLevel
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.ui.agreement_lines import AllowedLine
from cport_desktop.ui.desk import Session
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.finding import NameBook
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.look_choice import LookChoice
from cport_desktop.ui.theme import Theme
from cport_desktop.words import window as say


@dataclass(slots=True)
class HotlineNames:
    """Names of hotlines by number, as far as they are known; filled as they arrive."""

    by_number: dict[HotlineId, str] = field(default_factory=dict)
    countries: dict[HotlineId, str] = field(default_factory=dict)

    def name(self, hotline: HotlineId | None) -> str:
        if hotline is None:
            return say.HOTLINE_SIDE
        return self.by_number.get(hotline) or say.hotline_unnamed(hotline)

    def by_word(self) -> dict[str, str]:
        """What a narrow list shows, by the word that a query uses: the country, and the name
        too where a country has several hotlines.
        """
        shared = Counter(self.countries.values())
        return {
            str(number): country
            if shared[country] == 1
            else f"{country} {self.by_number.get(number, '')}"
            for number, country in self.countries.items()
        }


@dataclass(slots=True)
class Allowed:
    """What the agreement leaves to be done, as far as it is known; filled as it arrives. What is
    `absent` is offered nowhere; in its place stands the sentence. So with looks, by the kind of media
    and the level; `reasoned_looks` are those for which a reason has to be stated.
    """

    jurisdiction: str | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
    absent_looks: Mapping[tuple[str | None, str], str] = field(default_factory=dict)
    reasoned_looks: frozenset[tuple[str | None, str]] = frozenset()

    def learn(self, line: AllowedLine) -> bool:
        """This is left from now on; whether it is another thing than before."""
        before = (self.jurisdiction, self.absent, self.absent_looks, self.reasoned_looks)
        self.jurisdiction = line.jurisdiction
        self.absent, self.absent_looks = line.absent, line.absent_looks
        self.reasoned_looks = line.reasoned_looks
        after = (self.jurisdiction, self.absent, self.absent_looks, self.reasoned_looks)
        return before != after

    def levels_absent(self, kind: MediaKind | None) -> Mapping[RevealLevel, str]:
        """Levels at which media of this kind may not be looked at, each with why."""
        named = None if kind is None else kind.value
        looks = ((level, (named, level.value)) for level in RevealLevel)
        return {
            level: self.absent_looks[look] for level, look in looks if look in self.absent_looks
        }

    def asks_reason(self, kind: MediaKind | None, level: RevealLevel) -> bool:
        """A reason has to be stated before media of this kind are looked at like that."""
        return (None if kind is None else kind.value, level.value) in self.reasoned_looks


@dataclass(frozen=True, slots=True)
class Seat:
    session: Session
    lanes: Lanes
    clock: Clock
    taxonomy: Taxonomy
    hotlines: HotlineNames
    theme: Theme
    drafting: Drafting
    allowed: Allowed = field(default_factory=Allowed)
    look: LookChoice = field(default_factory=LookChoice)
    names: NameBook = field(default_factory=NameBook)
