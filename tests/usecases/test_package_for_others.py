"""A package out of a vault, in the hands of programs that are not ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.exports.peers import needs, run
from tests.exports.test_bag import validated as bag_validated
from tests.exports.test_case_graph import validated as graph_validated
from tests.usecases.conftest import Bench
from tests.usecases.test_package_custody import composed

SCHEMA = Path(__file__).parents[1] / "schemas" / "vics20-derived.schema.json"


@pytest.fixture
def opened(bench: Bench, tmp_path: Path) -> Path:
    """The package of one report with media, unpacked."""
    bench.sync()
    with bench.vault.reader() as reader:
        ((number,),) = reader.connection.execute(
            "SELECT min(r.report_id) FROM report AS r JOIN report_media AS m ON m.row = r.row"
        ).fetchall()
    folder = tmp_path / "opened"
    for name, content in composed(bench, tmp_path / "case.age", "One", f"ref:HL-{number}").items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_its_digests_its_bag_its_list_and_its_graph_are_accepted(opened: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
    program = needs("sha256sum")
    checked = run(program, "--check", "--strict", "--quiet", "manifest-sha256.txt", cwd=opened)
    assert (checked.returncode, checked.stdout) == (0, b"")
    assert bag_validated(opened / "media") == 0
    listed = json.loads((opened / "vics.json").read_bytes())
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(listed)
    assert listed["value"][0]["TotalMediaFiles"] > 0
    assert graph_validated(opened / "case.jsonld") == 0
