"""What the window shows of an agreement: plain rows, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause: its words, what it allows and what it limits, each in words."""

    number: str
    text: str
    allows: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One version of an agreement. `needs_acceptance`: it takes something away, and waits until
    somebody who may accepts it.
    """

    reference: str
    revision: int
    agency: str
    hotline: str
    contact: str
    portal: str
    jurisdictions: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime
    effective_from: datetime
    clauses: tuple[ClauseLine, ...] = ()
    needs_acceptance: bool = False


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """What is in force or was last, and what is to come. `sentence` says how it stands, `advice`
    what helps; `grade` is a word of `words.agreement_page.TONES`.
    """

    current: AgreementLine | None
    waiting: AgreementLine | None
    sentence: str
    advice: str
    grade: str


@dataclass(frozen=True, slots=True)
class AgreementMark:
    """What the status line says of the agreement; all of it on hover."""

    words: str
    whole: str
    grade: str


@dataclass(frozen=True, slots=True)
class AllowedLine:
    """What the agreement in force leaves to be done. `jurisdiction`: None before enrolment. `absent`:
    by the word of a function, the sentence that stands where it would be offered; `absent_looks`: the
    same by the kind of media (None: not known) and the level of a look. `reasoned_looks`: such looks
    that are allowed with a stated reason only.
    """

    jurisdiction: str | None
    absent: Mapping[str, str]
    absent_looks: Mapping[tuple[str | None, str], str] = field(default_factory=dict)
    reasoned_looks: frozenset[tuple[str | None, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """Something that an agreement can allow: its stable word, and what people call it."""

    word: str
    name: str


@dataclass(frozen=True, slots=True)
class MayLine:
    """The answer to «may I»: yes or no, and why, sentence by sentence."""

    is_allowed: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RehearsalLine:
    """What another version would change, in words."""

    narrower: tuple[str, ...]
    wider: tuple[str, ...]
    other: tuple[str, ...] = ()
