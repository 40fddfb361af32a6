"""Names that mean the same everywhere, and names that do not."""

from __future__ import annotations

import pytest

from tests.packaging.workshop import script


@pytest.mark.parametrize(
    "path",
    ["a", "a/b.c", "auxiliary", "console.py", "com10", "a b/ć", "x" * 180, ".hidden", "lpt/0"],
)
def test_plain_names_are_portable(path: str):
    assert script("portable_names").why_not_portable(path) is None


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("nul", "the name of a device on Windows"),
        ("app/AUX.py", "the name of a device on Windows"),
        ("Com1.tar.gz", "the name of a device on Windows"),
        ("lpt¹", "the name of a device on Windows"),
        ("conin$", "the name of a device on Windows"),
        ("a:stream", "a character that Windows reserves"),
        ("a\\b", "a character that Windows reserves"),
        ("tab\there", "a character that Windows reserves"),
        ("right\u202eleft", "a character that Windows reserves"),
        ("dot.", "a part that ends with a dot or a space"),
        ("blank /b", "a part that ends with a dot or a space"),
        ("../up", "not a plain relative path"),
        ("a//b", "not a plain relative path"),
        ("/root", "not a plain relative path"),
        ("e\u0301", "not in the composed form of Unicode (NFC)"),
        ("x" * 181, "longer than 180 characters"),
    ],
)
def test_each_other_name_is_refused_with_its_reason(path: str, why: str):
    assert script("portable_names").why_not_portable(path) == why
