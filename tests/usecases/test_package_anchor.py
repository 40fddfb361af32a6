"""A package that left is an anchor of the log: what it carries finds a log that was changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.audit import AnchorKind
from cport_desktop.domain.package import Given
from cport_desktop.domain.progress import never, silent
from cport_desktop.exports.container_reader import CHECKPOINT_NAME
from cport_desktop.usecases import compose_package, read_audit
from cport_desktop.vault import audit_log
from tests.builders import an_entry
from tests.exports.synthetic import QuickDocuments
from tests.usecases.conftest import Bench


def test_a_package_carries_the_head_with_its_own_disclosure_in_it(bench: Bench, tmp_path: Path):
    bench.sync(metadata_only=True)
    identity = generate_identity()
    path = tmp_path / "case.age"
    signer = compose_package.own_signer(
        bench.vault, lambda key, cert: FileKeySigner(key, cert, clock=bench.clock)
    )
    compose_package.compose_package(
        bench.vault,
        compose_package.Order(
            choice="",
            title="Synthetic series",
            recipients=[Recipient("court", identity.public)],
            signer=signer,
            path=path,
            given=Given(media=PackageMedia.NONE),
        ),
        documents=QuickDocuments(resources=Path()),
        taxonomy=bench.taxonomy,
        announce=silent,
        is_cancelled=never,
    )
    out = io.BytesIO()
    with path.open("rb") as sealed:
        age.open(sealed, out, [identity])
    with zipfile.ZipFile(out) as container:
        carried = container.read(CHECKPOINT_NAME)

    kept = read_audit.latest_anchors(bench.vault)[AnchorKind.EXPORT]
    assert kept.note.encode() == carried
    assert kept.holder == "court"
    with bench.vault.reader() as reader:
        last = audit_log.entry(reader, kept.size).draft
    assert (last.verb, last.object_reference) == ("compose", "Synthetic series")
    with bench.vault.transaction() as tx:
        tx.record(an_entry())
    assert read_audit.verify_audit(bench.vault, against=carried).is_verified
