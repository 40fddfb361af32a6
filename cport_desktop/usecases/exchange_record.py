"""Every exchange leaves a line in the history, however it ends; and the history itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from cport_desktop.domain.exchange_history import DONE, Direction, ExchangeFact, PastExchange
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError, VaultError
from cport_desktop.usecases.permission import require
from cport_desktop.vault import exchange_history
from cport_desktop.vault.vault import Vault


class ExchangeOnRecord:
    """An exchange under way. `say` keeps what is known of it so far until it ends."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._facts: dict[str, ExchangeFact] = {}

    @property
    def facts(self) -> Mapping[str, ExchangeFact]:
        return self._facts

    def say(self, **facts: ExchangeFact) -> None:
        """These are the counts now; they take the place of earlier ones of the same names."""
        self._facts.update(facts)


@contextmanager
def on_record(
    vault: Vault, *, road: str, direction: Direction, recipient: str | None = None
) -> Iterator[ExchangeOnRecord]:
    """What happens in the block is one exchange of the history, with how it ended.

    One at a time, by whichever road. Left by an error it ends with the error's code. What cannot
    be written then (the disk is full) is called cut off at the next opening; the error that ended
    it is the one that is told.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        KeepingUnderWay: an exchange is under way.
    """
    require(vault, Role.ANALYST)
    with vault.exchanging():
        with vault.transaction() as tx:
            number = exchange_history.begin(tx, road=road, direction=direction, recipient=recipient)
        under_way = ExchangeOnRecord(number)
        try:
            yield under_way
        except CportError as error:
            with suppress(VaultError):
                _end(vault, under_way, error.code)
            raise
        _end(vault, under_way, DONE)


def past_exchanges(vault: Vault, *, limit: int, after: str | None) -> Page[PastExchange]:
    """A page of the history, the newest first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return exchange_history.page(reader, limit=limit, after=after)


def _end(vault: Vault, under_way: ExchangeOnRecord, outcome: str) -> None:
    with vault.transaction() as tx:
        exchange_history.end(tx, under_way.number, outcome=outcome, facts=under_way.facts)
