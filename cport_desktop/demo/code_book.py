"""The codes that agencies are handed on paper: each is good for one station, and one is always open.

As soon as a station has used the open one, another takes its place. Which station used which is kept, so that
the very same request is answered again, and nobody else's.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.demo.ledger import Ledger
from cport_desktop.domain.ids import StationId

_CODE_SIZE: Final = 10
"""Bytes of an enrolment code: 80 bits, sixteen characters on paper."""


def new_code() -> str:
    """A code that nobody knows yet: `ABCD-EFGH-IJKL-MNOP`."""
    code = base64.b32encode(secrets.token_bytes(_CODE_SIZE)).decode("ascii")
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@dataclass(frozen=True, slots=True)
class CodeBook:
    """`first`: the code of a gateway that nobody has enrolled with."""

    ledger: Ledger
    first: str

    def open_code(self) -> str:
        """The code that the next station enrols with."""
        return next((code for code, station in self._codes() if station is None), self.first)

    def known_to(self, station: StationId) -> Sequence[str]:
        """Codes that `station` may know: the open one, and those that it enrolled with."""
        return (self.open_code(), *(code for code, by in self._codes() if by == station))

    def is_open(self, code: str) -> bool:
        """Whether a station may enrol with it."""
        return hmac.compare_digest(code.encode(), self.open_code().encode())

    def was_used_by(self, code: str, station: StationId) -> bool:
        """Whether it is the code that this very station enrolled with."""
        return any(
            hmac.compare_digest(code.encode(), known.encode())
            for known, by in self._codes()
            if by == station
        )

    def use(self, code: str, station: StationId) -> None:
        """It is `station`'s from now on, and another one is open."""
        with self.ledger.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO enrolment_code VALUES (?, ?)", (code, station)
            )
            connection.execute("INSERT INTO enrolment_code VALUES (?, NULL)", (new_code(),))

    def _codes(self) -> list[tuple[str, str | None]]:
        with self.ledger.transaction() as connection:
            return connection.execute("SELECT code, station FROM enrolment_code").fetchall()
