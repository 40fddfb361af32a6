"""An independent program opens a vault: from docs/formats/vault_header.md and nothing of ours.

What is imported of the product makes the vault; `Reader` below uses published libraries alone.
HPKE is written out by hand, so that the page and not a library's choice is what is tested.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cport_desktop.crypto.key_file import print_key_file
from cport_desktop.crypto.passphrase import FLOOR, encode_passphrase
from cport_desktop.crypto.recovery_code import print_code
from cport_desktop.domain.nature import Nature
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_key_file import NewKeyFile
from cport_desktop.vault.slot_passphrase import NewPassphrase
from cport_desktop.vault.slot_recovery import NewRecoveryCode
from cport_desktop.vault.vault import create_vault
from tests.builders import a_clock

PASSPHRASE = "Grüße, café, 漢字 😀"
CODE, FILE = bytes(range(100, 120)), bytes(range(32))
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("written") / "vault"
    create_vault(
        directory,
        nature=Nature.DEMO,
        analyst="Ärztin Example",
        slots=[
            NewSlot("Wörter 😀", NewPassphrase(encode_passphrase(PASSPHRASE), FLOOR)),
            NewSlot("sheet", NewRecoveryCode(CODE)),
            NewSlot("stick", NewKeyFile(FILE)),
        ],
        clock=a_clock(),
    )
    return directory


class Reader:
    """Steps 1 to 5 of the page."""

    def __init__(self, path: Path) -> None:
        self.header: dict[str, Any] = json.loads(path.read_bytes())

    def slot(self, kind: str) -> dict[str, Any]:
        (found,) = [s for s in self.header["slots"] if s["parameters"]["kind"] == kind]
        return dict(found)

    def passphrase_key(self, text: str) -> bytes:
        asked = self.slot("passphrase")["parameters"]
        return Argon2id(
            salt=raw(asked["salt"]),
            length=32,
            iterations=asked["passes"],
            lanes=asked["lanes"],
            memory_cost=asked["memory_kib"],
        ).derive(unicodedata.normalize("NFC", text).encode())

    def recovery_key(self, printed: str) -> bytes:
        bits = "".join(
            format(ALPHABET.index(letter), "05b")
            for group in printed.split("-")
            for letter in group[:4]
        )
        code = int(bits, 2).to_bytes(20, "big")
        salt = raw(self.slot("recovery")["parameters"]["salt"])
        return derived(code, salt, b"cport-vault recovery")

    def key_file_key(self, line: str) -> bytes:
        magic, content, check = line.split()
        assert magic == "CPORT-KEY-1"
        assert hashlib.sha256(bytes.fromhex(content)).hexdigest().startswith(check)
        salt = raw(self.slot("key_file")["parameters"]["salt"])
        return derived(bytes.fromhex(content), salt, b"cport-vault key file")

    def private_half(self, slot: dict[str, Any], key: bytes) -> bytes:
        bound = {name: slot[name] for name in ("analyst", "parameters", "public", "slot")}
        bound["vault"] = self.header["vault"]
        sealed = raw(slot["private"])
        data = b"cport-vault slot\n" + canonical(bound)
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], data)

    def unwrapped(self, slot: dict[str, Any], half: bytes, name: str, line: str) -> bytes:
        info = f"cport-vault wrap\n{self.header['vault']}\n{slot['slot']}\n{line}".encode()
        return hpke_open(half, raw(slot["public"])[1184:], raw(slot[name]), info)

    def key(self, master: bytes, label: str) -> bytes:
        salt = bytes.fromhex(self.header["vault"])
        return derived(master, salt, b"cport-vault v1 " + label.encode())

    def mac(self, master: bytes) -> bytes:
        bare = {**self.header, "mac": ""}
        if bare["mac_before"] is not None:
            bare["mac_before"] = ""
        content = b"cport-vault header\n" + canonical(bare)
        return hmac.digest(self.key(master, "header mac"), content, "sha256")


@pytest.fixture(scope="module", params=["header-a.json", "header-b.json"])
def reader(request: pytest.FixtureRequest, folder: Path) -> Reader:
    return Reader(folder / request.param)


@pytest.fixture(scope="module")
def master(reader: Reader) -> bytes:
    slot = reader.slot("recovery")
    half = reader.private_half(slot, reader.recovery_key(print_code(CODE)))
    return reader.unwrapped(slot, half, "master", "master")


def test_every_kind_of_secret_leads_to_the_one_master_key(reader, master):
    keys = {
        "passphrase": reader.passphrase_key(unicodedata.normalize("NFD", PASSPHRASE)),
        "key_file": reader.key_file_key(print_key_file(FILE).decode()),
    }
    personal = set()
    for kind, key in keys.items():
        slot = reader.slot(kind)
        half = reader.private_half(slot, key)
        assert len(half) == 96
        assert reader.unwrapped(slot, half, "master", "master") == master
        personal.add(reader.unwrapped(slot, half, "personal", "personal"))
    assert len(personal) == 1
    assert master not in personal


def test_the_mac_vouches_for_the_whole_header(reader, master):
    assert reader.mac(master) == raw(reader.header["mac"])


def test_the_check_characters_are_those_of_the_page():
    for number, group in enumerate(print_code(CODE).split("-"), start=1):
        total = number
        for power, letter in enumerate(group[:4], start=1):
            total ^= times(ALPHABET.index(letter), power)
        assert ALPHABET[total] == group[4]


def test_the_key_opens_the_database_and_its_record_is_the_header(reader, master, folder):
    connection = sqlcipher3.connect(f"file:{folder / 'vault.db'}?mode=ro", uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{reader.key(master, 'database').hex()}'\"")
        (content,) = connection.execute("SELECT content FROM header_record").fetchone()
    finally:
        connection.close()
    assert json.loads(content) == reader.header


def raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def canonical(facts: object) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=info).derive(key)


def times(value: int, power: int) -> int:
    """`value` by the power of a = 2 in GF(32), x⁵ + x² + 1."""
    for _ in range(power):
        value <<= 1
        if value & 0x20:
            value ^= 0b100101
    return value


def hpke_open(half: bytes, public_curve: bytes, wrapped: bytes, info: bytes) -> bytes:
    """RFC 9180, base mode, single shot; KEM 0x647A (X-Wing), HKDF-SHA-256, AES-256-GCM."""
    encapsulated, ciphertext = wrapped[:1120], wrapped[1120:]
    lattice = MLKEM768PrivateKey.from_seed_bytes(half[:64]).decapsulate(encapsulated[:1088])
    theirs = encapsulated[1088:]
    curve = X25519PrivateKey.from_private_bytes(half[64:]).exchange(
        X25519PublicKey.from_public_bytes(theirs)
    )
    secret = hashlib.sha3_256(lattice + curve + theirs + public_curve + b"\\.//^\\").digest()
    suite = b"HPKE" + bytes.fromhex("647a00010002")

    def extract(salt: bytes, label: bytes, material: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")

    def expand(key: bytes, label: bytes, context: bytes, length: int) -> bytes:
        wanted = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        return hmac.digest(key, wanted + b"\x01", "sha256")[:length]

    context = b"\x00" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    scheduled = extract(secret, b"secret", b"")
    key = expand(scheduled, b"key", context, 32)
    nonce = expand(scheduled, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, ciphertext, b"")
