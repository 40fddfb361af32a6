"""Numbers of the Windows interface, from its public headers (winnt.h, winbase.h, winerror.h)."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final


class Creation(IntFlag):
    """Of CreateProcess."""

    SUSPENDED = 0x00000004
    DETACHED = 0x00000008
    """No console: that would be a second process."""
    UNICODE_ENVIRONMENT = 0x00000400
    EXTENDED_STARTUP = 0x00080000


class ProcessAttribute(IntEnum):
    """Of UpdateProcThreadAttribute: what it is about, and that it goes in (0x20000)."""

    HANDLE_LIST = 0x00020002
    MITIGATION_POLICY = 0x00020007
    SECURITY_CAPABILITIES = 0x00020009
    JOB_LIST = 0x0002000D
    CHILD_PROCESS_POLICY = 0x0002000E
    ALL_APPLICATION_PACKAGES_POLICY = 0x0002000F


CHILD_PROCESS_RESTRICTED: Final = 1
ALL_APPLICATION_PACKAGES_OPT_OUT: Final = 1


class Mitigation(IntFlag):
    """Of PROCESS_CREATION_MITIGATION_POLICY: each is `always on` of a field of four bits."""

    DATA_IS_NOT_RUN = 1 << 0
    HANDLERS_ARE_CHECKED = 1 << 2
    IMAGES_ARE_MOVED = 1 << 8
    BROKEN_HEAP_ENDS = 1 << 12
    RANDOM_PLACES = 1 << 16
    MANY_RANDOM_PLACES = 1 << 20
    NO_EXTENSIONS = 1 << 32
    NO_FOREIGN_FONTS = 1 << 48
    NO_REMOTE_IMAGES = 1 << 52
    NO_LOW_IMAGES = 1 << 56


class Policy(IntEnum):
    """PROCESS_MITIGATION_POLICY, of SetProcessMitigationPolicy."""

    DYNAMIC_CODE = 2
    STRICT_HANDLES = 3
    SYSTEM_CALLS = 4
    SIGNATURE = 8
    IMAGE_LOAD = 10


class JobLimit(IntFlag):
    ACTIVE_PROCESS = 0x00000008
    PROCESS_MEMORY = 0x00000100
    DIE_ON_UNHANDLED_EXCEPTION = 0x00000400
    KILL_ON_JOB_CLOSE = 0x00002000


class JobInformation(IntEnum):
    BASIC_UI_RESTRICTIONS = 4
    EXTENDED_LIMITS = 9


EVERY_UI_LIMIT: Final = 0xFF
"""Handles, clipboard both ways, system parameters, display, atoms, desktops, ending the session."""


class TokenInformation(IntEnum):
    GROUPS = 2
    INTEGRITY_LEVEL = 25
    IS_APP_CONTAINER = 29


DISABLE_MAX_PRIVILEGE: Final = 0x1
GROUP_INTEGRITY: Final = 0x20
HANDLE_INHERIT: Final = 0x1
PIPE_NOWAIT: Final = 0x1

LOW_INTEGRITY: Final = "S-1-16-4096"
UNTRUSTED_INTEGRITY: Final = "S-1-16-0"
EVERYONE: Final = "S-1-1-0"
USERS: Final = "S-1-5-32-545"

WAIT_OBJECT: Final = 0
ERROR_ALREADY_EXISTS: Final = 183
ERROR_BROKEN_PIPE: Final = 109
ERROR_NO_DATA: Final = 232
"""Of a write: the pipe is being closed. Of a read that does not wait: it is empty."""
