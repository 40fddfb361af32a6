"""The same content, moment of composing and head of the log give the same bytes before signing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.domain.progress import never, silent
from cport_desktop.exports.composition import compose
from tests.exports.custody_log import content_with_custody
from tests.exports.synthetic import QuickDocuments, authority, signer_of, taxonomy

SIGNED = {"META-INF/signature001.p7s", "summary.pdf"}
"""Members that hold a signature, which nobody can make twice."""
LISTING = {"META-INF/ASiCManifest001.xml", "manifest-sha256.txt"}
"""Members that hold digests of the others, `summary.pdf` among them."""
DIGESTS = """
import hashlib
from tests.exports.custody_log import content_with_custody
from tests.exports.synthetic import taxonomy
from cport_desktop.exports import records
from cport_desktop.domain.progress import never
from cport_desktop.exports.composition import _large_members, _media_members, _record_members
content = content_with_custody()
record = records.package_record(content, [], taxonomy())
_, names = _media_members(content.media)
for member in _record_members(content, record):
    print(member.name, member.sha256)
for member in _large_members(content, record, names, taxonomy(), never):
    print(member.name, member.sha256)
"""


def test_two_packages_of_the_same_differ_in_what_was_signed_alone() -> None:
    recipient, signer = generate_identity(), signer_of(authority())
    packages = []
    for _ in range(2):
        sealed, out = io.BytesIO(), io.BytesIO()
        compose(
            content_with_custody(),
            signer=signer,
            recipients=[Recipient("court", recipient.public)],
            documents=QuickDocuments(),
            taxonomy=taxonomy(),
            out=sealed,
            announce=silent,
            is_cancelled=never,
        )
        age.open(io.BytesIO(sealed.getvalue()), out, [recipient])
        packages.append(zipfile.ZipFile(out))
    first, second = packages
    assert first.namelist() == second.namelist()
    assert {"case.jsonld", "vics.json", "custody.json", "custody.csv"} <= set(first.namelist())
    differing = {n for n in first.namelist() if first.read(n) != second.read(n)}
    assert differing <= SIGNED | LISTING
    for name in LISTING:
        unlike = set(first.read(name).splitlines()) ^ set(second.read(name).splitlines())
        assert all(b"summary.pdf" in line or b"manifest-sha256.txt" in line for line in unlike)


def test_nothing_hangs_on_the_order_in_which_a_process_happens_to_hash() -> None:
    told = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", DIGESTS],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            timeout=60,
        )
        told.add(done.stdout)
    assert len(told) == 1
    assert b"custody.json" in told.pop()
