"""Signers, recipients and time stamps in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cport_desktop.domain.kept_signer import KeptRecipient
from cport_desktop.errors import CportError
from cport_desktop.ui.signing import SignerOrder, Signing, Stamped
from cport_desktop.usecases.package_signers import SignerShown

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


def a_signer(
    name: str, *, until: datetime = datetime(2028, 1, 1, tzinfo=UTC), token: str | None = None
) -> SignerShown:
    return SignerShown(
        name, f"{name} of the unit", "Example Authority", SINCE, until, token, "A. Example", SINCE
    )


@dataclass
class MemorySigning:
    """`calls`: what was asked; `error`: what the next act is refused with."""

    kept: list[SignerShown] = field(
        default_factory=lambda: [a_signer("Unit seal"), a_signer("Card", token="card 7")]
    )
    known: list[KeptRecipient] = field(
        default_factory=lambda: [KeptRecipient("Example Court", "age1court", "A. Example", SINCE)]
    )
    calls: list[tuple[object, ...]] = field(default_factory=list)
    error: CportError | None = None

    def intentions(self) -> Signing:
        return Signing(
            own=lambda: a_signer("Station"),
            signers=lambda: tuple(self.kept),
            keep_signer=self._keep_signer,
            remove_signer=self._remove_signer,
            recipients=lambda: tuple(self.known),
            keep_recipient=self._keep_recipient,
            remove_recipient=lambda name: self._asked("remove_recipient", name),
            stamp=lambda package, url: self._stamped("stamp", package, url),
            write_question=lambda package, out: self._asked("write_question", package, out),
            take_answer=lambda package, answer: self._stamped("take_answer", package, answer),
        )

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]

    def _asked(self, *call: object) -> None:
        self.calls.append(call)
        if (error := self.error) is not None:
            self.error = None
            raise error

    def _keep_signer(self, order: SignerOrder) -> SignerShown:
        self._asked("keep_signer", order)
        self.kept.append(a_signer(order.name))
        return self.kept[-1]

    def _remove_signer(self, name: str) -> None:
        self._asked("remove_signer", name)
        self.kept = [each for each in self.kept if each.name != name]

    def _keep_recipient(self, name: str, key: str) -> KeptRecipient:
        self._asked("keep_recipient", name, key)
        self.known.append(KeptRecipient(name, key, "A. Example", SINCE))
        return self.known[-1]

    def _stamped(self, verb: str, package: Path, by: object) -> Stamped:
        self._asked(verb, package, by)
        return Stamped(package.with_name(f"{package.name}.tst"), "Stamp Office", AT)
