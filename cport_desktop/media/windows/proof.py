"""Whether the sandbox on Windows may be used: only what was seen to hold there, holds.

To prove it, on Windows 10 or later, with the interpreter's folders readable for
`ALL RESTRICTED APPLICATION PACKAGES` (ADR 30):

    python -m pytest tests/media/windows/test_windows_sandbox.py

All of `TestWindowsSandbox` has to pass, the attempts of an intruder on Windows have to be written down
in `media.attempts` and each be denied; then this may be set, in a change that shows that run.
"""

from __future__ import annotations

from typing import Final

HAS_PASSED_ITS_CONTRACT: Final[bool] = False
