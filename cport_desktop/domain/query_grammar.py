"""How terms become a tree. What a term means is told by whoever asks.

query  =  any                       nothing at all asks for everything
any    =  all { OR all }
all    =  one { [AND] one }         AND binds before OR, and may be left out
one    =  { NOT | - } ( term | "(" any ")" )
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cport_desktop.domain.query import Condition, Query, all_of, any_of, opposite, query_of
from cport_desktop.domain.query_lexer import Mark, Sign, Term, Token
from cport_desktop.errors import QueryError

_A_TERM = "a word, field:value or a group in brackets"
_NEGATING = (Sign.NOT, Sign.MINUS)

Grown = TypeVar("Grown")


@dataclass(frozen=True, slots=True)
class Joints(Generic[Grown]):
    """How what terms become is put together: all of some, any of some, the opposite of one."""

    all: Callable[[Sequence[Grown]], Grown]
    any: Callable[[Sequence[Grown]], Grown]
    opposite: Callable[[Grown], Grown]


def grown(tokens: Sequence[Token], *, length: int, read: Callable[[Term], Condition]) -> Query:
    """The query of `tokens`, each term read by `read`. `length`: of the text, where its end is.

    Raises:
        QueryError: a term is missing; or whatever `read` refuses.
    """
    joints: Joints[Condition] = Joints(all_of, any_of, opposite)
    found = grown_by(tokens, length=length, read=read, joints=joints)
    return Query() if found is None else query_of(found)


def grown_by(
    tokens: Sequence[Token],
    *,
    length: int,
    read: Callable[[Term], Grown],
    joints: Joints[Grown],
) -> Grown | None:
    """What `tokens` become, put together by `joints`; None where there are none.

    Raises:
        QueryError: a term is missing; or whatever `read` refuses.
    """
    return _Tree(tokens, length, read, joints).any() if tokens else None


class _Tree(Generic[Grown]):
    """Goes through the tokens once. Groups are closed: the lexer has seen to it."""

    def __init__(
        self,
        tokens: Sequence[Token],
        length: int,
        read: Callable[[Term], Grown],
        joints: Joints[Grown],
    ) -> None:
        self._tokens = tokens
        self._length = length
        self._read = read
        self._joints = joints
        self._at = 0

    def any(self) -> Grown:
        found = [self._all()]
        while self._takes(Sign.OR):
            found.append(self._all())
        return self._joints.any(found) if len(found) > 1 else found[0]

    def _all(self) -> Grown:
        found = [self._one()]
        while self._takes(Sign.AND) or not self._is_over():
            found.append(self._one())
        return self._joints.all(found) if len(found) > 1 else found[0]

    def _one(self) -> Grown:
        is_negated = False
        while any(self._takes(sign) for sign in _NEGATING):
            is_negated = not is_negated
        found = self._term_or_group()
        return self._joints.opposite(found) if is_negated else found

    def _term_or_group(self) -> Grown:
        token = self._next()
        if isinstance(token, Term):
            self._at += 1
            return self._read(token)
        if self._takes(Sign.OPEN):
            found = self.any()
            self._at += 1  # What ended the group is the bracket that closes it.
            return found
        position = self._length if token is None else token.position
        raise QueryError(
            position=position,
            found="" if token is None else token.sign.value,
            accepted=_A_TERM,
            why="end" if token is None else "term",
        )

    def _is_over(self) -> bool:
        token = self._next()
        return token is None or (isinstance(token, Mark) and token.sign in (Sign.OR, Sign.CLOSE))

    def _takes(self, sign: Sign) -> bool:
        token = self._next()
        is_it = isinstance(token, Mark) and token.sign is sign
        self._at += is_it
        return is_it

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None
