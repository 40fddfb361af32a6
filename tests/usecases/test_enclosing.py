"""What an officer brings from elsewhere to a dossier: kept, read on record, and gone with what it is about."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.domain.dossier import DossierEdit, DossierFormat, DossierOrder
from cport_desktop.domain.enclosure import LARGEST_RECORD, MOST_ENCLOSED, Brought, EnclosureKind
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    DossierUnfit,
    InputUnreadable,
    RegistrationUnreadable,
    RoleMissing,
    TextUnfit,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.usecases import dossier_officers
from cport_desktop.usecases import iwol_dossier as acts
from cport_desktop.usecases.enclose import enclose, read_enclosed, take_out
from cport_desktop.usecases.iwol_export import export_dossiers
from cport_desktop.usecases.list_dossiers import show_dossier
from cport_desktop.vault.vault import Vault
from tests.exports.synthetic import NOW, authority, signer_of
from tests.rdap_records import REGISTRANT, a_record
from tests.usecases.test_dossiers import SITE, ada, confirmed, folder, newborn
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import erase
from tests.work_builders import verbs

__all__ = ["folder", "newborn"]
SOURCE = "https://rdap.example/domain/site.example"
DIGEST = hashlib.sha256(b"an offline copy").hexdigest()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "rdap.json"
    path.write_bytes(a_record(SITE))
    return path


def brought(path: Path | None, kind: EnclosureKind = EnclosureKind.RDAP, **also: object) -> Brought:
    return Brought(kind, SOURCE, NOW - timedelta(hours=1), path, **also)  # type: ignore[arg-type]


def a_copy() -> Brought:
    return brought(None, EnclosureKind.COPY, sha256=DIGEST)


def rows(vault: Vault) -> int:
    with vault.reader() as reader:
        return len(reader.connection.execute("SELECT * FROM dossier_enclosure").fetchall())


def test_a_record_is_kept_to_the_byte_told_and_read_on_record(folder: Path, record: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        made, _ = enclose(vault, SITE, brought(record))
        assert verbs(vault)[0] == ("enclose", SITE)
        (kept,) = show_dossier(vault, SITE).enclosed
        assert kept == made
        assert kept.registration is not None
        assert kept.registration.registrar == "Example Registrar"
        assert kept.sha256 == hashlib.sha256(record.read_bytes()).hexdigest()
        record.unlink()
        found, text = read_enclosed(vault, SITE, kept.sha256[:12].upper())
        assert found == kept
        assert REGISTRANT in text
        assert verbs(vault)[0] == ("read_enclosed", SITE)
        with vault.reader() as reader:
            kept_in_log = reader.connection.execute("SELECT payload FROM audit_payload").fetchall()
        assert not any(SOURCE.encode() in bytes(payload) for (payload,) in kept_in_log)
        take_out(vault, SITE, kept.sha256)
        assert show_dossier(vault, SITE).enclosed == ()
        with pytest.raises(UnknownReference):
            read_enclosed(vault, SITE, kept.sha256)


def test_of_a_copy_the_digest_is_kept_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.bin"
    file.write_bytes(b"an offline copy")
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        made, _ = enclose(vault, SITE, brought(file, EnclosureKind.COPY))
        assert (made.sha256, made.size) == (DIGEST, len(b"an offline copy"))
        enclose(vault, SITE, a_copy())
        assert rows(vault) == 1
        assert read_enclosed(vault, SITE, DIGEST)[1] == ""
        with vault.reader() as reader:
            kept = reader.connection.execute("SELECT content FROM dossier_enclosure").fetchall()
        assert kept == [(None,)]
        for sha256 in ("", "abc", DIGEST[:-1], "g" * 64):
            with pytest.raises(ValueUnknown):
                enclose(vault, SITE, brought(None, EnclosureKind.COPY, sha256=sha256))


def test_what_is_not_of_this_domain_or_no_record_is_not_enclosed(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "record"
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        for content, kind, refused in (
            (a_record("other.example"), EnclosureKind.RDAP, DossierUnfit),
            (b"Domain: other.example", EnclosureKind.WHOIS, DossierUnfit),
            (b"<html>", EnclosureKind.RDAP, RegistrationUnreadable),
            (b"a\0b", EnclosureKind.WHOIS, RegistrationUnreadable),
            (b" " * (LARGEST_RECORD + 1), EnclosureKind.RDAP, RegistrationUnreadable),
            (b" " * (LARGEST_RECORD + 1), EnclosureKind.WHOIS, RegistrationUnreadable),
        ):
            path.write_bytes(content)
            with pytest.raises(refused):
                enclose(vault, SITE, brought(path, kind))
        with pytest.raises(InputUnreadable):
            enclose(vault, SITE, brought(tmp_path / "nowhere"))
        with pytest.raises(InputUnreadable):
            enclose(vault, SITE, brought(None, EnclosureKind.WHOIS))
        path.write_bytes(b"Domain Name: SITE.EXAMPLE\r\n")
        later = Brought(EnclosureKind.WHOIS, SOURCE, NOW + timedelta(days=1), path)
        with pytest.raises(ValueUnknown):
            enclose(vault, SITE, later)
        for source in (" ", "x" * 500):
            with pytest.raises(TextUnfit):
                enclose(vault, SITE, Brought(EnclosureKind.WHOIS, source, NOW, path))
        assert rows(vault) == 0
        enclose(vault, SITE, brought(path, EnclosureKind.WHOIS))
        assert rows(vault) == 1


def test_a_record_of_the_registered_domain_is_one_of_its_part(folder: Path, record: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, f"www.{SITE}")
        enclose(vault, f"www.{SITE}", brought(record))
        assert rows(vault) == 1


def test_so_much_is_enclosed_and_no_more(folder: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        for at in range(MOST_ENCLOSED):
            digest = hashlib.sha256(b"%d" % at).hexdigest()
            enclose(vault, SITE, brought(None, EnclosureKind.COPY, sha256=digest))
        with pytest.raises(DossierUnfit):
            enclose(vault, SITE, a_copy())
        with pytest.raises(UnknownReference):
            read_enclosed(vault, SITE, "")


def test_what_was_submitted_keeps_what_is_enclosed(folder: Path, record: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        kept, _ = enclose(vault, SITE, brought(record))
    with ada(folder) as vault:
        edit = DossierEdit(proportionality="All of it.", public="Meets the criteria.")
        acts.change_dossier(vault, SITE, edit)
        dossier_officers.submit_dossier(vault, SITE)
        with pytest.raises(DossierUnfit):
            take_out(vault, SITE, kept.sha256)
        dossier_officers.withdraw_dossier(vault, SITE, reason="given up")
        with pytest.raises(DossierUnfit):
            enclose(vault, SITE, a_copy())


def test_erasure_reaches_copies_with_a_report_and_records_with_the_last(
    folder: Path, record: Path
) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        enclose(vault, SITE, brought(record))
        enclose(vault, SITE, a_copy())
        erase(vault, 1, name="E-1")
        assert [one.kind for one in show_dossier(vault, SITE).enclosed] == [EnclosureKind.RDAP]
        erase(vault, 2, 3, 4, name="E-2")
        assert rows(vault) == 0


def test_a_file_that_leaves_names_what_is_enclosed_and_nobody(
    folder: Path, record: Path, tmp_path: Path
) -> None:
    confirmed(folder)
    path = tmp_path / "dossiers.json"
    with ada(folder) as vault:
        enclose(vault, SITE, brought(record))
        enclose(vault, SITE, a_copy())
        order = DossierOrder(path, DossierFormat.JSON)
        export_dossiers(vault, order, signer=signer_of(authority()), make=lambda _: b"")
    content = path.read_bytes()
    told = {one["kind"]: one for one in json.loads(content)["dossiers"][0]["enclosed"]}
    assert told["copy"]["sha256"] == DIGEST
    assert (told["rdap"]["registrar"], told["rdap"]["source"]) == ("Example Registrar", SOURCE)
    assert REGISTRANT.encode() not in content
    assert b"abuse@" not in content


def test_who_has_not_the_role_encloses_and_reads_nothing(folder: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(folder, tmp_path / "other"))
    with ada(copied) as vault:
        acts.open_dossier(vault, SITE)
        without(vault, Role.ANALYST)
        for act in (
            lambda: enclose(vault, SITE, a_copy()),
            lambda: read_enclosed(vault, SITE, DIGEST),
            lambda: take_out(vault, SITE, DIGEST),
        ):
            with pytest.raises(RoleMissing):
                act()
