"""Whether a path means the same on every system that files of ours may be carried to.

The rules are those of Windows, which are the narrowest ("Naming Files, Paths, and Namespaces",
Win32): reserved characters, names of devices (with any ending), no dot or space at the end; and
room below a user's folder for paths of 260 characters, which programs without long paths end at.
"""

from __future__ import annotations

import re
import unicodedata

RESERVED_CHARACTERS = '<>:"|?*\\'
DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
# 260 less the end and what may lie before: C:\Users\NAME\AppData\Local\Programs\CPORT Desktop\…
LONGEST = 180


def why_not_portable(path: str) -> str | None:
    """Why the relative `path` (parts divided by /) cannot be kept everywhere; None if it can."""
    if len(path) > LONGEST:
        return f"longer than {LONGEST} characters"
    if unicodedata.normalize("NFC", path) != path:
        return "not in the composed form of Unicode (NFC)"
    for part in path.split("/"):
        why = _why_not_a_part(part)
        if why is not None:
            return why
    return None


def _why_not_a_part(part: str) -> str | None:
    if part in ("", ".", ".."):
        return "not a plain relative path"
    if any(c in RESERVED_CHARACTERS or not c.isprintable() for c in part):
        return "a character that Windows reserves"
    if part[-1] in ". ":
        return "a part that ends with a dot or a space"
    return "the name of a device on Windows" if DEVICE.fullmatch(part) else None
