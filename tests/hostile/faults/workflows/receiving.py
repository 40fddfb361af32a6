"""A colleague's package is taken in, a signed receipt for it and a template of ours leave.

Of the package there is all, in one transaction, or nothing; the receipt is whole and on record.
"""

from __future__ import annotations

import email
import shutil
from pathlib import Path

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import generate_identity, print_identity, read_identity
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.domain.package_template import PackageTemplate, TemplateShare
from cport_desktop.domain.progress import never, silent
from cport_desktop.formats.package_template_file import parse_template
from cport_desktop.usecases.import_package import Looker, Parcel, import_package
from cport_desktop.usecases.package_receipts import write_receipt
from cport_desktop.usecases.package_templates import give_template, keep_template, list_templates
from cport_desktop.vault.vault import Vault
from tests.builders import NOON
from tests.exports.synthetic import authority, key_of
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.remembering import RememberingSandbox
from tests.hostile.faults.workflows.synchronising import copy_over
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen
from tests.usecases.agreeing import bind
from tests.usecases.colleague import NUMBERS, a_package

_RECEIPT, _TEMPLATE, _NAME = "receipt.eml", "template.json", "For a colleague"


class Receiving:
    name = "receive"

    def prepare(self, place: Place) -> None:
        (place.root / "out").mkdir(parents=True)
        place.beside.mkdir(exist_ok=True)
        vaults.create(place.vault)
        made, sealed = a_package(place.beside)
        made.rename(place.beside / "package.age")
        (place.beside / "identity").write_bytes(print_identity(sealed.identity))
        (place.beside / "trust").write_bytes(sealed.authority.pem)
        for name, content in zip(("key", "certificate"), key_of(authority()), strict=True):
            (place.beside / name).write_bytes(content)
        with vaults.opened(place.vault) as vault:
            bind(vault)
        # Once in a copy, so that every file is examined.
        rehearsal = Place(place.folder / "rehearsal")
        shutil.copytree(place.root, rehearsal.root)
        shutil.copytree(place.beside, rehearsal.beside)
        self.run(rehearsal, lambda _claim: None)
        copy_over(rehearsal, place, "examinations")
        shutil.rmtree(rehearsal.folder)

    def run(self, place: Place, promise: Promise) -> None:
        out = place.root / "out"
        with vaults.opened(place.vault) as vault:
            sandbox = RememberingSandbox(place.beside / "examinations")
            try:
                identity = read_identity((place.beside / "identity").read_bytes())
                parcel = Parcel(
                    place.beside / "package.age",
                    [identity],
                    (place.beside / "trust").read_bytes(),
                )
                imported, _ = import_package(vault, parcel, Looker(sandbox, silent, never))
            finally:
                sandbox.close()
            promise("taken in")
            if not (out / _RECEIPT).exists():
                write_receipt(vault, imported, out / _RECEIPT, _signer(place))
            promise("receipt")
            if not list_templates(vault):
                key = generate_identity().public
                keep_template(
                    vault, PackageTemplate(_NAME, "synthetic", (TemplateShare(_NAME, key),))
                )
            promise("template")
            if not (out / _TEMPLATE).exists():
                give_template(vault, _NAME, out / _TEMPLATE)
            promise("given")

    def look(self, place: Place) -> Seen:
        out = place.root / "out"
        with vaults.checked(place) as vault:
            facts = {"taken in"} if _is_taken_in(vault) else set()
            facts |= {"template"} if list_templates(vault) else set()
            if (out / _RECEIPT).exists():
                _require_whole(out / _RECEIPT, vault)
                facts.add("receipt")
            if (out / _TEMPLATE).exists():
                assert parse_template((out / _TEMPLATE).read_bytes()).name == _NAME
                facts.add("given")
            return vaults.seen(vault, *facts)

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        assert {"taken in", "receipt", "template", "given"} <= self.look(place).facts
        for path in (place.root / "out").iterdir():
            # A second name of one of them may have outlived a power cut.
            assert path.name.removesuffix(".cport.part") in (_RECEIPT, _TEMPLATE)


def _signer(place: Place) -> FileKeySigner:
    key, certificate = ((place.beside / name).read_bytes() for name in ("key", "certificate"))
    return FileKeySigner(key, certificate, clock=SteppingClock(NOON))


def _is_taken_in(vault: Vault) -> bool:
    """All reports with all their files, and where they came from; or nothing of any."""
    packages = vaults.rows(vault, "SELECT items, media FROM imported_package")
    reports = vaults.report_facts(vault)
    held = {fact for fact in vaults.media_facts(vault) if fact.endswith("held")}
    blobs = len(vaults.rows(vault, "SELECT 1 FROM blob"))
    whole = len(NUMBERS)
    found = (packages, len(reports), len(held), blobs)
    assert found in (([], 0, 0, 0), ([(whole, whole)], whole, whole, whole)), found
    return bool(packages)


def _require_whole(path: Path, vault: Vault) -> None:
    kinds = [part.get_content_type() for part in email.message_from_bytes(path.read_bytes()).walk()]
    assert kinds[0] == "multipart/signed"
    assert kinds[-1] == "application/pkcs7-signature"
    assert path.read_bytes().rstrip().endswith(b"--")
    entered = vaults.rows(vault, "SELECT count(*) FROM disclosure WHERE kind = 'receipt'")
    assert entered[0][0] >= 1, "a receipt that is on no record"
