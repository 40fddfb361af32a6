"""The system calls that a confined child may still make, as a filter that the kernel runs (seccomp).

A classic BPF program, asked before every system call:

1. Another architecture than the program was made for, or x86-64's second numbering (x32): killed.
2. `ALLOWED`: it goes on. Of the three that map memory only those that make none of it executable.
3. `DENIED_SOFTLY`: answered EACCES. Libraries try these and manage without: glibc reads a setting
   when an arena shrinks, codecs look whether a file is there.
4. Everything else kills the whole process, so that an attempt is seen.

Numbers from the kernel's tables (arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h); the layout from linux/seccomp.h and linux/filter.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_INSTRUCTION: Final = struct.Struct("=HBBI")

_CALL_AT, _ARCHITECTURE_AT, _THIRD_ARGUMENT_AT = 0, 4, 32
"""Offsets in `struct seccomp_data`; of an argument the lower half, on little-endian machines."""

KILL, ALLOW = 0x80000000, 0x7FFF0000
DENY: Final = 0x00050000 | errno.EACCES

_PROT_EXEC = 4
_X32_CALLS = 0x40000000

_SET_MODE_FILTER, _ON_ALL_THREADS = 1, 1


@dataclass(frozen=True, slots=True)
class Numbers:
    """System calls of one architecture. `architecture`: its AUDIT_ARCH. `seccomp`: the call that
    installs a filter. `mapping`: those whose third argument says what memory may be used for.
    """

    architecture: int
    seccomp: int
    allowed: Mapping[str, int]
    mapping: Mapping[str, int]
    denied: Mapping[str, int]


X86_64: Final = Numbers(
    architecture=0xC000003E,
    seccomp=317,
    allowed=MappingProxyType(
        {
            "read": 0,
            "write": 1,
            "close": 3,
            "lseek": 8,
            "munmap": 11,
            "brk": 12,
            "rt_sigaction": 13,
            "rt_sigprocmask": 14,
            "rt_sigreturn": 15,
            "readv": 19,
            "writev": 20,
            "sched_yield": 24,
            "mremap": 25,
            "madvise": 28,
            "nanosleep": 35,
            "getpid": 39,
            "exit": 60,
            "gettimeofday": 96,
            "getrusage": 98,
            "sysinfo": 99,
            "sigaltstack": 131,
            "gettid": 186,
            "futex": 202,
            "sched_getaffinity": 204,
            "restart_syscall": 219,
            "clock_gettime": 228,
            "clock_getres": 229,
            "clock_nanosleep": 230,
            "exit_group": 231,
            "getrandom": 318,
        }
    ),
    mapping=MappingProxyType({"mmap": 9, "mprotect": 10}),
    denied=MappingProxyType(
        {
            "open": 2,
            "stat": 4,
            "fstat": 5,
            "lstat": 6,
            "ioctl": 16,
            "access": 21,
            "getcwd": 79,
            "creat": 85,
            "readlink": 89,
            "openat": 257,
            "newfstatat": 262,
            "readlinkat": 267,
            "faccessat": 269,
            "statx": 332,
            "faccessat2": 439,
        }
    ),
)

AARCH64: Final = Numbers(
    architecture=0xC00000B7,
    seccomp=277,
    allowed=MappingProxyType(
        {
            "read": 63,
            "write": 64,
            "close": 57,
            "lseek": 62,
            "munmap": 215,
            "brk": 214,
            "rt_sigaction": 134,
            "rt_sigprocmask": 135,
            "rt_sigreturn": 139,
            "readv": 65,
            "writev": 66,
            "sched_yield": 124,
            "mremap": 216,
            "madvise": 233,
            "nanosleep": 101,
            "getpid": 172,
            "exit": 93,
            "gettimeofday": 169,
            "getrusage": 165,
            "sysinfo": 179,
            "sigaltstack": 132,
            "gettid": 178,
            "futex": 98,
            "sched_getaffinity": 123,
            "restart_syscall": 128,
            "clock_gettime": 113,
            "clock_getres": 114,
            "clock_nanosleep": 115,
            "exit_group": 94,
            "getrandom": 278,
        }
    ),
    mapping=MappingProxyType({"mmap": 222, "mprotect": 226}),
    denied=MappingProxyType(
        {
            "ioctl": 29,
            "getcwd": 17,
            "openat": 56,
            "newfstatat": 79,
            "fstat": 80,
            "readlinkat": 78,
            "faccessat": 48,
            "statx": 291,
            "faccessat2": 439,
        }
    ),
)

BY_MACHINE: Final[Mapping[str, Numbers]] = MappingProxyType({"x86_64": X86_64, "aarch64": AARCH64})
"""By what `os.uname().machine` says."""


def program(numbers: Numbers) -> bytes:
    """The filter, as the kernel takes it: eight bytes for each instruction."""
    asked = [(_JUMP_EQUAL, number, ALLOW) for number in numbers.allowed.values()]
    asked += [(_JUMP_EQUAL, number, DENY) for number in numbers.denied.values()]
    lines = [
        _line(_LOAD, _ARCHITECTURE_AT),
        _line(_JUMP_EQUAL, numbers.architecture, then=1),
        _line(_RETURN, KILL),
        _line(_LOAD, _CALL_AT),
        _line(_JUMP_AT_LEAST, _X32_CALLS, otherwise=1),
        _line(_RETURN, KILL),
    ]
    for test, number, verdict in asked:
        lines += [_line(test, number, otherwise=1), _line(_RETURN, verdict)]
    for number in numbers.mapping.values():
        lines += [
            _line(_JUMP_EQUAL, number, otherwise=4),
            _line(_LOAD, _THIRD_ARGUMENT_AT),
            _line(_JUMP_SET, _PROT_EXEC, otherwise=1),
            _line(_RETURN, KILL),
            _line(_RETURN, ALLOW),
        ]
    lines.append(_line(_RETURN, KILL))
    return b"".join(lines)


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_char_p))


def install(machine: str, calls: Mapping[str, Numbers] = BY_MACHINE) -> bool:
    """The filter of `calls` holds for every thread of this process, for good; False where this kernel or this
    machine has no such filter. Needs that no new privileges can be gained any more.

    Raises:
        OSError: it was refused; then no foreign byte may be read.
    """
    numbers = calls.get(machine)
    if numbers is None:
        return False
    lines = program(numbers)
    loaded = _Program(len(lines) // _INSTRUCTION.size, lines)
    libc = ctypes.CDLL(None, use_errno=True)
    failed = libc.syscall(
        ctypes.c_long(numbers.seccomp),
        ctypes.c_ulong(_SET_MODE_FILTER),
        ctypes.c_ulong(_ON_ALL_THREADS),
        ctypes.byref(loaded),
    )
    if failed == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL}:
        return False
    # A positive answer is the thread that could not be brought under the filter.
    raise OSError(code, os.strerror(code) if failed < 0 else "a thread is outside of the filter")


def _line(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    return _INSTRUCTION.pack(code, then, otherwise, value)
