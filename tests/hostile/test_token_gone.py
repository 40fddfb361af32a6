"""The token that signs is pulled out between its PIN and the signature: that is said, and nothing leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pkcs11 import KeyType

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.progress import Progress, never, silent
from cport_desktop.errors import TokenAbsent
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.usecases import package_signers
from cport_desktop.usecases.compose_package import Order, compose_package
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.vault.token_signer import SigningToken
from cport_desktop.vault.vault import Vault
from cport_desktop.words.errors import explain
from tests.builders import NOON, a_vault
from tests.hostile.faults.workflows import vaults
from tests.report_builders import a_report, new, the_taxonomy
from tests.tokens import PIN, TokenDrawer, needs_token, token_drawer
from tests.usecases.agreeing import bind
from tests.usecases.test_package_signers import certificate_on
from tests.vault.erasing import apply

_LABEL = "sealing token"
pytestmark = needs_token


@pytest.fixture
def drawer(tmp_path: Path) -> Iterator[TokenDrawer]:
    with token_drawer(tmp_path / "drawer") as drawer:
        yield drawer


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault", clock=SteppingClock(NOON)) as vault:
        bind(vault)
        apply(vault, new(a_report(1)))
        yield vault


@pytest.fixture
def signer(vault: Vault, drawer: TokenDrawer) -> Signer:
    certificate = certificate_on(drawer, _LABEL, KeyType.EC, at=NOON)
    token = SigningToken(PIN, drawer.module, token=_LABEL, key="seal")
    package_signers.add_token_signer(vault, _LABEL, certificate, token)
    return package_signers.signer_named(
        vault, _LABEL, ask_pin=lambda _: PIN, module=drawer.module, clock=SteppingClock(NOON)
    )


def require_nothing_left(vault: Vault, out: Path) -> None:
    assert list(out.iterdir()) == []
    assert vaults.rows(vault, "SELECT outcome FROM disclosure") == [("not_left",)]
    vaults.require_sound(vault)


@pytest.mark.parametrize("part", [None, 1_000_000])
def test_a_package_whose_token_is_pulled_out_leaves_nothing(
    vault: Vault, signer: Signer, drawer: TokenDrawer, tmp_path: Path, part: int | None
) -> None:
    (out := tmp_path / "out").mkdir()
    order = Order(
        choice="",
        title="synthetic",
        recipients=[Recipient("recipient", generate_identity().public)],
        signer=signer,
        path=out / "package.age",
        part_size=part,
    )
    documents = _Pulling(drawer)
    with pytest.raises(TokenAbsent) as told:
        compose_package(
            vault,
            order,
            documents=documents,
            taxonomy=the_taxonomy(),
            announce=silent,
            is_cancelled=never,
        )
    assert explain(told.value).hint
    require_nothing_left(vault, out)


class _Pulling(DocumentMaker):
    """Sets documents; the token is gone once one is set."""

    def __init__(self, drawer: TokenDrawer) -> None:
        super().__init__()
        self._drawer = drawer

    def make(self, *given: object, **more: object) -> bytes:
        made = super().make(*given, **more)  # type: ignore[arg-type]
        self._drawer.remove(_LABEL)
        return made


def test_a_list_whose_token_is_pulled_out_leaves_nothing(
    vault: Vault, signer: Signer, drawer: TokenDrawer, tmp_path: Path
) -> None:
    listed = tmp_path / "known.md5"
    listed.write_text("".join(f"{at:032x}  shape-{at}.png\n" for at in range(1, 3_000)))
    done = import_hash_list(vault, ListOrder(listed), announce=silent, is_cancelled=never)
    assert done.list_id is not None
    (out := tmp_path / "out").mkdir()
    pulled = iter([True])

    def pull(_progress: Progress) -> None:
        if next(pulled, False):
            drawer.remove(_LABEL)

    order = ListExportOrder(done.list_id, "csv", out / "list.csv", signer=signer)
    with pytest.raises(TokenAbsent):
        export_hash_list(vault, order, announce=pull, is_cancelled=never)
    require_nothing_left(vault, out)
