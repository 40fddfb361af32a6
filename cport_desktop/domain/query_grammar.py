"""How terms become a tree. What a term means is told by whoever asks.

query  =  any                       nothing at all asks for everything
any    =  all { OR all }
all    =  one { [AND] one }         AND binds before OR, and may be left out
one    =  { NOT | - } ( term | "(" any ")" )
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cport_desktop.domain.query import Condition, Query, all_of, any_of, opposite, query_of
from cport_desktop.domain.query_lexer import Mark, Sign, Term, Token
from cport_desktop.errors import QueryError

_A_TERM = "a word, field:value or a group in brackets"
_NEGATING = (Sign.NOT, Sign.MINUS)


def grown(tokens: Sequence[Token], *, length: int, read: Callable[[Term], Condition]) -> Query:
    """The query of `tokens`, each term read by `read`. `length`: of the text, where its end is.

    Raises:
        QueryError: a term is missing; or whatever `read` refuses.
    """
    if not tokens:
        return Query()
    tree = _Tree(tokens, length, read)
    return query_of(tree.any())


class _Tree:
    """Goes through the tokens once. Groups are closed: the lexer has seen to it."""

    def __init__(
        self, tokens: Sequence[Token], length: int, read: Callable[[Term], Condition]
    ) -> None:
        self._tokens = tokens
        self._length = length
        self._read = read
        self._at = 0

    def any(self) -> Condition:
        found = [self._all()]
        while self._takes(Sign.OR):
            found.append(self._all())
        return any_of(found)

    def _all(self) -> Condition:
        found = [self._one()]
        while self._takes(Sign.AND) or not self._is_over():
            found.append(self._one())
        return all_of(found)

    def _one(self) -> Condition:
        is_negated = False
        while any(self._takes(sign) for sign in _NEGATING):
            is_negated = not is_negated
        found = self._term_or_group()
        return opposite(found) if is_negated else found

    def _term_or_group(self) -> Condition:
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
