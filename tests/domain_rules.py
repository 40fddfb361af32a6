"""Lists by which domains are judged, small enough to read."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = """
// VERSION: {version}
// ===BEGIN ICANN DOMAINS===
example
test
{more}
// ===END ICANN DOMAINS===
// ===BEGIN PRIVATE DOMAINS===
pages.test
// ===END PRIVATE DOMAINS===
"""


def suffixes(*rules: str, day: str = "2027-01-31") -> bytes:
    """A Public Suffix List with these rules beside `example`, `test` and, privately, `pages.test`."""
    return SUFFIXES.format(version=f"{day}_08-00-00_UTC", more="\n".join(rules)).encode()


def a_list(folder: Path, *rules: str, day: str = "2027-01-31") -> Path:
    path = folder / f"suffixes-{day}-{len(rules)}.dat"
    path.write_bytes(suffixes(*rules, day=day))
    return path
