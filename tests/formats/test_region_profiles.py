"""Profiles of regions are read strictly: a category that is given has a name, and nothing is there twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cport_desktop.domain.region_profile import RegionProfile
from cport_desktop.errors import InputUnreadable, MalformedMessage, MessageTooLarge
from cport_desktop.formats.region_profiles import LARGEST_PROFILE, load, parse_profile

WHOLE = {
    "region": "CUSTOM",
    "version": "2026-1",
    "code_list": "iccam-3.0",
    "categories": [[7, "Seven"], [8, "Eight"]],
    "of_classification": [[1, 7]],
}


def printed(**changes: object) -> bytes:
    return json.dumps(WHOLE | changes).encode()


def test_a_profile_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(printed())
    profile = load(path)
    assert profile == RegionProfile(
        "CUSTOM", "2026-1", "iccam-3.0", {7: "Seven", 8: "Eight"}, {1: 7}
    )
    assert profile.category_of(1, code_list="iccam-3.0") == 7
    assert profile.category_of(2, code_list="iccam-3.0") is None
    assert profile.category_of(1, code_list="iccam-4.0") is None


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"[]",
        printed(region="a/b"),
        printed(region="$metadata#Media"),
        printed(version=""),
        printed(categories=[[7, "Seven"], [7, "Again"]]),
        printed(of_classification=[[1, 7], [1, 8]]),
        printed(of_classification=[[1, 9]]),
        printed(code_list=""),
        printed(categories=[["7", "Seven"]]),
        printed().replace(b'"region"', b'"region":"US","region"'),
    ],
)
def test_anything_else_is_refused(untrusted: bytes) -> None:
    with pytest.raises(MalformedMessage):
        parse_profile(untrusted)


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(b" " * (LARGEST_PROFILE + 10))
    with pytest.raises(MessageTooLarge):
        parse_profile(path.read_bytes())
    with pytest.raises(InputUnreadable):
        load(path)


def test_what_is_wrong_with_a_file_is_said_with_its_name_and_the_place(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    for content, cause in (
        (printed(of_classification=[[1, 9]]), "$.of_classification: a category without a name"),
        (None, "No such file or directory"),
    ):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(InputUnreadable) as caught:
            load(path)
        assert caught.value.facts == {"path": str(path), "cause": cause}
