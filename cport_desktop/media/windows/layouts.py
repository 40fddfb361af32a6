"""Structures of the Windows interface as they lie in memory on 64-bit Windows.

Fields have the lengths that they have there (`DWORD` four bytes, a handle or a pointer eight), whatever a
`long` is on the machine that reads this: so layouts can be tested anywhere.
"""

from __future__ import annotations

import ctypes

Dword = ctypes.c_uint32
Handle = ctypes.c_void_p
Size = ctypes.c_uint64


class StartupInfo(ctypes.Structure):
    """STARTUPINFOW. Only its length is of use here."""

    _fields_ = (
        ("length", Dword),
        ("reserved", ctypes.c_void_p),
        ("desktop", ctypes.c_void_p),
        ("title", ctypes.c_void_p),
        ("x", Dword),
        ("y", Dword),
        ("width", Dword),
        ("height", Dword),
        ("columns", Dword),
        ("rows", Dword),
        ("fill", Dword),
        ("flags", Dword),
        ("show", ctypes.c_uint16),
        ("reserved_bytes", ctypes.c_uint16),
        ("reserved_pointer", ctypes.c_void_p),
        ("standard_input", Handle),
        ("standard_output", Handle),
        ("standard_error", Handle),
    )


class ExtendedStartupInfo(ctypes.Structure):
    """STARTUPINFOEXW."""

    _fields_ = (("startup", StartupInfo), ("attributes", ctypes.c_void_p))


class ProcessInformation(ctypes.Structure):
    """PROCESS_INFORMATION."""

    _fields_ = (
        ("process", Handle),
        ("thread", Handle),
        ("process_number", Dword),
        ("thread_number", Dword),
    )


class SidAndAttributes(ctypes.Structure):
    """SID_AND_ATTRIBUTES; also TOKEN_MANDATORY_LABEL."""

    _fields_ = (("sid", ctypes.c_void_p), ("attributes", Dword))


class TokenGroups(ctypes.Structure):
    """TOKEN_GROUPS, its head: `groups` are as many as `count` says."""

    _fields_ = (("count", Dword), ("groups", SidAndAttributes * 1))


class SecurityCapabilities(ctypes.Structure):
    """SECURITY_CAPABILITIES."""

    _fields_ = (
        ("container", ctypes.c_void_p),
        ("capabilities", ctypes.c_void_p),
        ("count", Dword),
        ("reserved", Dword),
    )


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", Dword),
        ("least_working_set", Size),
        ("most_working_set", Size),
        ("processes", Dword),
        ("affinity", Size),
        ("priority", Dword),
        ("scheduling", Dword),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", BasicLimits),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", Size),
        ("job_memory", Size),
        ("peak_process_memory", Size),
        ("peak_job_memory", Size),
    )


class UiRestrictions(ctypes.Structure):
    """JOBOBJECT_BASIC_UI_RESTRICTIONS."""

    _fields_ = (("limits", Dword),)


class FileTime(ctypes.Structure):
    """FILETIME: units of 100 ns."""

    _fields_ = (("low", Dword), ("high", Dword))

    def seconds(self) -> float:
        return float(self.high << 32 | self.low) / 10_000_000
