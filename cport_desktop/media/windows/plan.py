"""What confines a child on Windows, as values; nothing is called here.

In the order in which it takes hold:

1. *A job* of one process, with a bound of memory, which ends it over an unhandled exception and with the
   last handle of ours; no part of the desktop, where this program is in no job itself (a job with such
   limits cannot lie within another).
2. *Two handles*, and no other is inherited.
3. *Who it is*, the best of three ways that the machine allows (`Way`): an AppContainer without capabilities
   that even what is open to all such containers does not know, has no network and no file that was not
   opened to it; the same without that last point; or a token without privileges, at low integrity, and in
   no group but two that are needed to read the interpreter.
4. *Mitigations* at its birth that an interpreter and its libraries live with.
5. *Mitigations* that it takes upon itself when everything is imported (`AFTER_IMPORTS`): no memory becomes
   code, nothing further is loaded.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Final, NewType

from cport_desktop.media.windows.layouts import (
    ExtendedLimits,
    Handle,
    SecurityCapabilities,
    UiRestrictions,
)
from cport_desktop.media.windows.numbers import (
    ALL_APPLICATION_PACKAGES_OPT_OUT,
    CHILD_PROCESS_RESTRICTED,
    EVERY_UI_LIMIT,
    Creation,
    JobLimit,
    Mitigation,
    Policy,
    ProcessAttribute,
)

Opened = NewType("Opened", int)
"""A handle, or a pointer that has to be given back."""

CONTAINER_NAME: Final = "CPORT.Desktop.Decoder"
MOST_MEMORY: Final = 3 * 1024**3
"""As on Linux (`media.child.confinement`)."""
CREATION: Final = Creation.DETACHED | Creation.UNICODE_ENVIRONMENT | Creation.EXTENDED_STARTUP
AT_BIRTH: Final = reduce(or_, Mitigation)
"""All that are named there."""


class Way(StrEnum):
    """Who a child is; from most confined to least."""

    LEAST_PRIVILEGE = "least_privilege"
    CONTAINER = "container"
    RESTRICTED = "restricted"

    @property
    def is_container(self) -> bool:
        return self is not Way.RESTRICTED


@dataclass(frozen=True, slots=True)
class Attribute:
    """`value` has to stay where it is until the process exists."""

    number: ProcessAttribute
    value: ctypes.Structure | ctypes.Array[Handle] | ctypes.c_uint32 | ctypes.c_uint64


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """What a child takes upon itself. Where one that `is_needed` is refused, it serves nobody."""

    policy: Policy
    flags: int
    is_needed: bool = True


AFTER_IMPORTS: Final = (
    # No further library, from nowhere: Python's are not signed by Microsoft.
    OwnPolicy(Policy.IMAGE_LOAD, 0b111),
    OwnPolicy(Policy.SIGNATURE, 0b1),
    OwnPolicy(Policy.DYNAMIC_CODE, 0b1),
    OwnPolicy(Policy.STRICT_HANDLES, 0b11),
    # Refused where a library has made a thread one that may have windows.
    OwnPolicy(Policy.SYSTEM_CALLS, 0b1, is_needed=False),
)


@dataclass(frozen=True, slots=True)
class Program:
    """What is executed, where, and all of its environment."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str


@dataclass(frozen=True, slots=True)
class Launch:
    """Everything that CreateProcess is told. Without a `token` it is ours that counts, with what the
    attributes take from it.
    """

    program: Program
    attributes: tuple[Attribute, ...]
    token: Opened | None


def limits() -> ExtendedLimits:
    filled = ExtendedLimits()
    filled.basic.flags = reduce(or_, JobLimit)
    filled.basic.processes = 1
    filled.process_memory = MOST_MEMORY
    return filled


def no_desktop() -> UiRestrictions:
    return UiRestrictions(EVERY_UI_LIMIT)


def attributes(
    way: Way, *, handles: Sequence[Opened], job: Opened, container: Opened | None
) -> tuple[Attribute, ...]:
    """What a process of this way is born with."""
    born = [
        Attribute(ProcessAttribute.HANDLE_LIST, (Handle * len(handles))(*handles)),
        Attribute(ProcessAttribute.JOB_LIST, (Handle * 1)(job)),
        Attribute(ProcessAttribute.MITIGATION_POLICY, ctypes.c_uint64(AT_BIRTH)),
        Attribute(ProcessAttribute.CHILD_PROCESS_POLICY, ctypes.c_uint32(CHILD_PROCESS_RESTRICTED)),
    ]
    if container is not None:
        nothing_granted = SecurityCapabilities(container, None, 0, 0)
        born.append(Attribute(ProcessAttribute.SECURITY_CAPABILITIES, nothing_granted))
    if way is Way.LEAST_PRIVILEGE:
        opted_out = ctypes.c_uint32(ALL_APPLICATION_PACKAGES_OPT_OUT)
        born.append(Attribute(ProcessAttribute.ALL_APPLICATION_PACKAGES_POLICY, opted_out))
    return tuple(born)
