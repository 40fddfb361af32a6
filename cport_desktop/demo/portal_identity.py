"""Who the gateway is: keys, certificates, enrolment code and scenario, made once and kept.

    DIRECTORY/identity/…             everything, in one folder that appears whole or not at all
    DIRECTORY/enrolment-code.txt     what the next agency is handed on paper
    DIRECTORY/tls-ca.pem             the authority that stations pin
    DIRECTORY/demo-ca.pem            the trust anchor of package signatures

The folder is filled under another name, flushed, and then renamed: a power cut leaves the old
identity or none. The three files beside it are copies for people, and restored when missing.

A folder from before there was a road on removable media gets the key that bundles are sealed to when
it is opened.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.crypto.key_wrapping import WrappingPair
from cport_desktop.demo.certificates import (
    PACKAGE_AUTHORITY,
    TRANSPORT_AUTHORITY,
    Authority,
    Credential,
    new_authority,
    server_credential,
)
from cport_desktop.demo.code_book import new_code
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.ids import PortalId
from cport_desktop.domain.nature import Nature, require_same_nature

_FOLDER: Final = "identity"
_UNFINISHED: Final = "identity.unfinished"
_SEALING: Final = "sealing.key"
_CODE: Final = "enrolment-code.txt"


@dataclass(frozen=True, slots=True)
class PortalIdentity:
    """`message_key`: Ed25519, PKCS#8 DER; `cursor_key` proves that a cursor came from here;
    what is carried here on removable media is sealed to `sealing`. `enrolment_code`: the one that is
    open (`demo.code_book`); in the folder, the first.
    """

    portal: PortalId
    nature: Nature
    scenario: Scenario
    enrolment_code: str
    transport_authority: Authority
    server: Credential
    package_authority: Authority
    message_key: bytes = field(repr=False)
    cursor_key: bytes = field(repr=False)
    sealing: WrappingPair


def kept_scenario(directory: Path) -> Scenario | None:
    """The scenario of the gateway in `directory`; None where there is no gateway yet."""
    facts = directory / _FOLDER / "portal.json"
    return _read_facts(facts)[2] if facts.exists() else None


def settle_in(directory: Path, scenario: Scenario, nature: Nature, now: datetime) -> PortalIdentity:
    """The identity kept in `directory`, or a new one for `scenario` if there is none.

    Raises:
        NatureRefused: if the one kept is of another nature.
        ValueError: if the one kept plays another scenario.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if not (directory / _FOLDER).exists():
        _make(directory, scenario, nature, now)
    _add_missing(directory / _FOLDER)
    identity = _load(directory / _FOLDER)
    require_same_nature(nature, identity.nature)
    if identity.scenario != scenario:
        raise ValueError("this gateway plays another scenario")
    _publish(directory, identity)
    return identity


def _make(directory: Path, scenario: Scenario, nature: Nature, now: datetime) -> None:
    unfinished = directory / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    transport = new_authority(TRANSPORT_AUTHORITY, now)
    package = new_authority(PACKAGE_AUTHORITY, now)
    server = server_credential(transport, now)
    facts = {
        "portal": f"synthetic-portal-{secrets.token_hex(4)}",
        "nature": nature.value,
        "enrolment_code": new_code(),
        "scenario": asdict(scenario) | {"until": scenario.until.isoformat()},
    }
    files = {
        "portal.json": json.dumps(facts, indent=1).encode(),
        "message.key": message_keys.generate_ed25519().private,
        "cursor.key": secrets.token_bytes(32),
        "tls-ca.pem": transport.certificate,
        "tls-ca.key": transport.private_key,
        "tls-server.pem": server.certificate,
        "tls-server.key": server.private_key,
        "package-ca.pem": package.certificate,
        "package-ca.key": package.private_key,
    }
    for name, content in files.items():
        _write(unfinished / name, content)
    _flush_folder(unfinished)
    unfinished.rename(directory / _FOLDER)
    _flush_folder(directory)


def _add_missing(folder: Path) -> None:
    """A sealing pair is in `folder`, both halves in one file: whole or not there."""
    if (folder / _SEALING).exists():
        return
    pair = key_wrapping.generate_pair()
    unfinished = folder / f"{_SEALING}.unfinished"
    _write(unfinished, pair.private + pair.public)
    unfinished.rename(folder / _SEALING)
    _flush_folder(folder)


def _sealing(content: bytes) -> WrappingPair:
    at = key_wrapping.PRIVATE_SIZE
    return WrappingPair(private=content[:at], public=content[at:])


def _load(folder: Path) -> PortalIdentity:
    portal, nature, scenario, code = _read_facts(folder / "portal.json")

    def content(name: str) -> bytes:
        return (folder / name).read_bytes()

    return PortalIdentity(
        portal=portal,
        nature=nature,
        scenario=scenario,
        enrolment_code=code,
        transport_authority=Authority(content("tls-ca.pem"), content("tls-ca.key")),
        server=Credential(content("tls-server.pem"), content("tls-server.key")),
        package_authority=Authority(content("package-ca.pem"), content("package-ca.key")),
        message_key=content("message.key"),
        cursor_key=content("cursor.key"),
        sealing=_sealing(content(_SEALING)),
    )


def _read_facts(path: Path) -> tuple[PortalId, Nature, Scenario, str]:
    facts = json.loads(path.read_text(encoding="utf-8"))
    kept = facts["scenario"]
    scenario = Scenario(**kept | {"until": datetime.fromisoformat(kept["until"])})
    return PortalId(facts["portal"]), Nature(facts["nature"]), scenario, facts["enrolment_code"]


def _publish(directory: Path, identity: PortalIdentity) -> None:
    copies = {
        "tls-ca.pem": identity.transport_authority.certificate,
        "demo-ca.pem": identity.package_authority.certificate,
    }
    for name, content in copies.items():
        path = directory / name
        if not path.exists() or path.read_bytes() != content:
            _write(path, content)


def publish_code(directory: Path, code: str) -> None:
    """`code` is what an agency is handed on paper: the file with it is the old one or the new one."""
    path, content = directory / _CODE, f"{code}\n".encode()
    if not path.exists() or path.read_bytes() != content:
        unfinished = directory / f"{_CODE}.unfinished"
        _write(unfinished, content)
        unfinished.replace(path)


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb", opener=_private) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder that could be flushed.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
