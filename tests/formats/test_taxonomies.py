"""Code lists are data: read whole, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import taxonomies

RESOURCES = Path(__file__).parents[2] / "resources" / "taxonomies"


def test_every_taxonomy_that_is_shipped_can_be_read():
    for path in RESOURCES.glob("*.json"):
        assert taxonomies.load(path).lists


def test_the_iccam_lists_have_their_gaps():
    taxonomy = taxonomies.load(RESOURCES / "iccam-v3.json")
    assert taxonomy["site_type"].label(20) == "Image host"
    assert taxonomy["site_type"].label(19) == "code 19"
    assert taxonomy["classification"].number("baseline") == 1


@pytest.mark.parametrize(
    "lists",
    [
        b'{"a":[[1,"x","X"],[1,"y","Y"]]}',
        b'{"a":[[1,"x","X"],[2,"x","Y"]]}',
        b'{"a":[[1,"Two words","X"]]}',
        b'{"a":[[-1,"x","X"]]}',
        b'{"a":[[1,"x"]]}',
        b'{"a":[],"a":[]}',
        b"[]",
    ],
)
def test_lists_that_cannot_be_relied_on_are_refused(lists):
    with pytest.raises(MalformedMessage):
        taxonomies.parse_taxonomy(b'{"version":"1","lists":' + lists + b"}")
