"""The calls themselves. The only room that loads Windows' libraries, and only there.

Each function is one or a few calls of the documented interface, and turns a refusal into `OSError`. Whether
they do what their documentation says was not tried: `proof` says when that has been done.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

from cport_desktop.media.windows.calls import Ends
from cport_desktop.media.windows.command_line import command_line, environment_block
from cport_desktop.media.windows.layouts import (
    Dword,
    ExtendedStartupInfo,
    FileTime,
    Handle,
    ProcessInformation,
    SidAndAttributes,
    Size,
    TokenGroups,
)
from cport_desktop.media.windows.numbers import (
    DISABLE_MAX_PRIVILEGE,
    ERROR_ALREADY_EXISTS,
    ERROR_BROKEN_PIPE,
    ERROR_NO_DATA,
    EVERYONE,
    GROUP_INTEGRITY,
    HANDLE_INHERIT,
    LOW_INTEGRITY,
    PIPE_NOWAIT,
    USERS,
    WAIT_OBJECT,
    JobInformation,
    TokenInformation,
)
from cport_desktop.media.windows.plan import CREATION, Attribute, Launch, Opened

_THIS_PROCESS: Final = -1
_TOKEN_RIGHTS: Final = 0x0001 | 0x0002 | 0x0008 | 0x0080
"""To give it to a process, to copy it, to ask it, and to lower it."""
_GONE: Final = frozenset({ERROR_BROKEN_PIPE, ERROR_NO_DATA})
_DISPLAY_NAME: Final = "CPORT Desktop: decoder"


def library(name: str) -> ctypes.CDLL:
    """Raises:
    OSError: this is not Windows.
    """
    if sys.platform == "win32":
        return ctypes.WinDLL(name, use_last_error=True)
    raise OSError(0, "the libraries of Windows are on Windows only")


def last_error() -> int:
    """The number of what was refused last, in this thread."""
    if sys.platform == "win32":
        return ctypes.get_last_error()
    return 0


class SystemCalls:
    """As the port says."""

    def __init__(self) -> None:
        self._kernel = library("kernel32")
        self._security = library("advapi32")
        self._profiles = library("userenv")
        for name in ("CreateJobObjectW", "LocalFree"):
            getattr(self._kernel, name).restype = ctypes.c_void_p
        self._security.FreeSid.restype = ctypes.c_void_p

    def create_job(self) -> Opened:
        job = self._kernel.CreateJobObjectW(None, None)
        require(job)
        return Opened(job)

    def limit_job(self, job: Opened, about: JobInformation, limits: ctypes.Structure) -> None:
        require(
            self._kernel.SetInformationJobObject(
                Handle(job),
                ctypes.c_int(about),
                ctypes.byref(limits),
                Dword(ctypes.sizeof(limits)),
            )
        )

    def is_in_job(self) -> bool:
        answer = ctypes.c_int(0)
        require(self._kernel.IsProcessInJob(Handle(_THIS_PROCESS), None, ctypes.byref(answer)))
        return bool(answer.value)

    def create_pipe(self, size: int) -> Ends:
        reads, writes = Handle(), Handle()
        require(
            self._kernel.CreatePipe(ctypes.byref(reads), ctypes.byref(writes), None, Dword(size))
        )
        return Ends(_opened(reads), _opened(writes))

    def make_inheritable(self, handle: Opened) -> None:
        require(
            self._kernel.SetHandleInformation(
                Handle(handle), Dword(HANDLE_INHERIT), Dword(HANDLE_INHERIT)
            )
        )

    def make_unblocking(self, handle: Opened) -> None:
        mode = Dword(PIPE_NOWAIT)
        require(
            self._kernel.SetNamedPipeHandleState(Handle(handle), ctypes.byref(mode), None, None)
        )

    def container(self, name: str) -> Opened:
        sid = ctypes.c_void_p()
        made = self._profiles.CreateAppContainerProfile(
            ctypes.c_wchar_p(name),
            ctypes.c_wchar_p(_DISPLAY_NAME),
            ctypes.c_wchar_p(_DISPLAY_NAME),
            None,
            Dword(0),
            ctypes.byref(sid),
        )
        # An HRESULT made of an error of the system.
        if made & 0xFFFFFFFF == 0x80070000 | ERROR_ALREADY_EXISTS:
            made = self._profiles.DeriveAppContainerSidFromAppContainerName(
                ctypes.c_wchar_p(name), ctypes.byref(sid)
            )
        if made != 0:
            raise OSError(made & 0xFFFF, "no container can be had")
        return _opened(sid)

    def forget_container(self, container: Opened) -> None:
        self._security.FreeSid(ctypes.c_void_p(container))

    def restricted_token(self) -> Opened:
        whole, token = Handle(), Handle()
        require(
            self._security.OpenProcessToken(
                Handle(_THIS_PROCESS), Dword(_TOKEN_RIGHTS), ctypes.byref(whole)
            )
        )
        try:
            told, denied = self._groups_to_deny(whole)
            require(
                self._security.CreateRestrictedToken(
                    whole,
                    Dword(DISABLE_MAX_PRIVILEGE),
                    Dword(len(denied)),
                    denied,
                    Dword(0),
                    None,
                    Dword(0),
                    None,
                    ctypes.byref(token),
                )
            )
        finally:
            # What is denied is named by pointers into it.
            del told
            self.close(_opened(whole))
        try:
            self.lower(_opened(token), LOW_INTEGRITY)
        except OSError:
            self.close(_opened(token))
            raise
        return _opened(token)

    def lower(self, token: Opened, integrity: str) -> None:
        """The token's integrity is `integrity`, a SID as text."""
        sid = self._sid(integrity)
        try:
            label = SidAndAttributes(sid.value, GROUP_INTEGRITY)
            require(
                self._security.SetTokenInformation(
                    Handle(token),
                    ctypes.c_int(TokenInformation.INTEGRITY_LEVEL),
                    ctypes.byref(label),
                    Dword(ctypes.sizeof(label)),
                )
            )
        finally:
            self._kernel.LocalFree(sid)

    def start(self, launch: Launch) -> Opened:
        program = launch.program
        attributes = self._attribute_list(launch.attributes)
        startup = ExtendedStartupInfo()
        startup.startup.length = ctypes.sizeof(startup)
        startup.attributes = ctypes.addressof(attributes)
        begun = ProcessInformation()
        # The system may write into the line.
        line = ctypes.create_unicode_buffer(command_line(program.arguments))
        environment = ctypes.create_unicode_buffer(environment_block(program.environment))
        told = (
            ctypes.c_wchar_p(program.arguments[0]),
            line,
            None,
            None,
            ctypes.c_int(1),
            Dword(CREATION),
            environment,
            ctypes.c_wchar_p(program.folder),
            ctypes.byref(startup),
            ctypes.byref(begun),
        )
        try:
            if launch.token is None:
                require(self._kernel.CreateProcessW(*told))
            else:
                token = Handle(launch.token)
                require(self._security.CreateProcessAsUserW(token, *told))
        finally:
            self._kernel.DeleteProcThreadAttributeList(ctypes.byref(attributes))
        self.close(Opened(begun.thread))
        return Opened(begun.process)

    def end_job(self, job: Opened) -> None:
        require(self._kernel.TerminateJobObject(Handle(job), Dword(1)))

    def has_ended(self, process: Opened, milliseconds: int) -> bool:
        waited: int = self._kernel.WaitForSingleObject(Handle(process), Dword(milliseconds))
        return waited == WAIT_OBJECT

    def computed_seconds(self, process: Opened) -> float:
        created, ended, kernel, user = FileTime(), FileTime(), FileTime(), FileTime()
        require(
            self._kernel.GetProcessTimes(
                Handle(process), *map(ctypes.byref, (created, ended, kernel, user))
            )
        )
        return kernel.seconds() + user.seconds()

    def waiting_bytes(self, pipe: Opened) -> int:
        waiting = Dword(0)
        require(
            self._kernel.PeekNamedPipe(
                Handle(pipe), None, Dword(0), None, ctypes.byref(waiting), None
            )
        )
        return waiting.value

    def read(self, pipe: Opened, room: memoryview) -> int:
        count = Dword(0)
        buffer = (ctypes.c_char * len(room)).from_buffer(room)
        require(
            self._kernel.ReadFile(Handle(pipe), buffer, Dword(len(room)), ctypes.byref(count), None)
        )
        return count.value

    def write(self, pipe: Opened, piece: bytes) -> int:
        count = Dword(0)
        require(
            self._kernel.WriteFile(
                Handle(pipe), ctypes.c_char_p(piece), Dword(len(piece)), ctypes.byref(count), None
            )
        )
        return count.value

    def close(self, handle: Opened) -> None:
        self._kernel.CloseHandle(Handle(handle))

    def _attribute_list(self, attributes: tuple[Attribute, ...]) -> ctypes.Array[ctypes.c_char]:
        length = Size(0)
        count = Dword(len(attributes))
        # The first call says how much room it takes, by failing.
        self._kernel.InitializeProcThreadAttributeList(None, count, Dword(0), ctypes.byref(length))
        room = ctypes.create_string_buffer(length.value)
        require(
            self._kernel.InitializeProcThreadAttributeList(
                room, count, Dword(0), ctypes.byref(length)
            )
        )
        for attribute in attributes:
            require(
                self._kernel.UpdateProcThreadAttribute(
                    room,
                    Dword(0),
                    Size(attribute.number),
                    ctypes.byref(attribute.value),
                    Size(ctypes.sizeof(attribute.value)),
                    None,
                    None,
                )
            )
        return room

    def _groups_to_deny(
        self, token: Handle
    ) -> tuple[ctypes.Array[ctypes.c_char], ctypes.Array[SidAndAttributes]]:
        """What the system told, and of it all groups but those that may read what everybody may."""
        length = Dword(0)
        about = ctypes.c_int(TokenInformation.GROUPS)
        self._security.GetTokenInformation(token, about, None, Dword(0), ctypes.byref(length))
        told = ctypes.create_string_buffer(length.value)
        require(
            self._security.GetTokenInformation(token, about, told, length, ctypes.byref(length))
        )
        count = TokenGroups.from_buffer(told).count
        groups = (SidAndAttributes * count).from_buffer(told, TokenGroups.groups.offset)
        kept = [self._sid(name) for name in (EVERYONE, USERS)]
        try:
            denied = [
                group
                for group in groups
                if not group.attributes & GROUP_INTEGRITY
                and not any(
                    self._security.EqualSid(ctypes.c_void_p(group.sid), sid) for sid in kept
                )
            ]
        finally:
            for sid in kept:
                self._kernel.LocalFree(sid)
        return told, (SidAndAttributes * len(denied))(*denied)

    def _sid(self, name: str) -> ctypes.c_void_p:
        sid = ctypes.c_void_p()
        require(self._security.ConvertStringSidToSidW(ctypes.c_wchar_p(name), ctypes.byref(sid)))
        return sid


def _opened(handle: ctypes.c_void_p) -> Opened:
    return Opened(handle.value or 0)


def require(answer: int | None) -> None:
    """Raises:
    BrokenPipeError: nobody is at the other end.
    OSError: the call was refused.
    """
    if not answer:
        code = last_error()
        if code in _GONE:
            raise BrokenPipeError(code, "nobody is at the other end")
        raise OSError(code, f"Windows refused with {code}")
