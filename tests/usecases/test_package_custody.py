"""The custody in a package that a workstation composed, from the portal's batch to this very package."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import FileKeySigner
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import never, silent
from cport_desktop.exports.verification import verify
from cport_desktop.usecases import compose_package
from cport_desktop.usecases.show_report import show_report
from tests.exports.synthetic import QuickDocuments
from tests.usecases.conftest import Bench


def composed(bench: Bench, path: Path, title: str, query: str = "") -> dict[str, bytes]:
    """The members of a package of the reports that `query` finds, which verifies."""
    identity = generate_identity()
    signer = compose_package.own_signer(
        bench.vault, lambda key, cert: FileKeySigner(key, cert, clock=bench.clock)
    )
    compose_package.compose_package(
        bench.vault,
        compose_package.Order(
            choice=query,
            title=title,
            recipients=[Recipient("court", identity.public)],
            signer=signer,
            path=path,
            reason="synthetic reason",
        ),
        documents=QuickDocuments(resources=Path()),
        taxonomy=bench.taxonomy,
        announce=silent,
        is_cancelled=never,
    )
    out = io.BytesIO()
    with path.open("rb") as sealed:
        age.open(sealed, out, [identity])
    with path.open("rb") as sealed:
        found = verify(sealed, identities=[identity], trust=None)
    assert {step.name: step.state.value for step in found.steps}["content"] == "passed"
    with zipfile.ZipFile(out) as container:
        return {name: container.read(name) for name in container.namelist()}


def test_each_item_tells_how_it_came_and_to_whom_it_went(bench: Bench, tmp_path: Path) -> None:
    bench.sync()
    composed(bench, tmp_path / "first.age", "First")
    with bench.vault.reader() as reader:
        ((number,),) = reader.connection.execute("SELECT min(report_id) FROM report").fetchall()
    show_report(bench.vault, ReportId(number))
    files = composed(bench, tmp_path / "second.age", "Second")
    record = json.loads(files["custody.json"])
    said = {each["entry"]: json.loads(each["canonical"]) for each in record["entries"]}
    media = json.loads(files["media.json"])["items"]
    names = [
        each.removeprefix("reports/").removesuffix(".json") for each in files if "reports/" in each
    ]
    items = {each["item"]: each for each in record["items"]}
    assert set(items) == {*names, *(item["id"] for item in media)}
    for name in names:
        told = [(said[e]["action"], said[e]["verb"]) for e in items[name]["entries"]]
        assert told == [("collection", "apply"), *[("disclosure", "pack")] * 2], name
    for item in (each for each in media if each["file"]):
        told = [(said[e]["action"], said[e]["verb"]) for e in items[item["id"]]["entries"]]
        assert told[0] in {("collection", "hold"), ("collection", "share")}, item["id"]
        assert told[1:] == [("disclosure", "compose")] * 2, item["id"]
    brought = {said[e]["verb"] for item in media for e in items[item["id"]]["entries"]}
    assert brought == {"hold", "share", "compose"}
    looked = items[f"HL-{number}"]["counted"]
    assert [(each["action"], each["count"]) for each in looked] == [("consultation", 1)]
    rows = list(csv.reader(io.StringIO(files["custody.csv"].decode())))
    assert {row[0] for row in rows[1:]} == set(items)


def test_particulars_of_an_entry_do_not_travel(bench: Bench, tmp_path: Path) -> None:
    bench.sync()
    composed(bench, tmp_path / "first.age", "First")
    files = composed(bench, tmp_path / "second.age", "Second")
    told = files["custody.json"] + files["custody.csv"]
    assert b"payload_digest" in told
    for particular in (b"first.age", b"reports_new", b"salt"):
        assert particular not in told
