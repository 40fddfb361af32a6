"""What a child on Windows asks of, and takes from, itself."""

from __future__ import annotations

import ctypes
from typing import Final

from cport_desktop.media.windows.layouts import Dword, Handle
from cport_desktop.media.windows.numbers import Policy, TokenInformation
from cport_desktop.media.windows.plan import Opened
from cport_desktop.media.windows.system_calls import SystemCalls, library, require

_ASK_AND_LOWER: Final = 0x0008 | 0x0080


class OwnProcess:
    """As `media.child.on_windows.Own`."""

    def __init__(self) -> None:
        self._calls = SystemCalls()
        self._kernel = library("kernel32")
        self._security = library("advapi32")
        self._token = Handle()
        require(
            self._security.OpenProcessToken(
                Handle(-1), Dword(_ASK_AND_LOWER), ctypes.byref(self._token)
            )
        )

    def take_upon_itself(self, policy: Policy, flags: int) -> None:
        told = Dword(flags)
        require(
            self._kernel.SetProcessMitigationPolicy(
                ctypes.c_int(policy), ctypes.byref(told), ctypes.c_size_t(ctypes.sizeof(told))
            )
        )

    def is_in_job(self) -> bool:
        return self._calls.is_in_job()

    def is_container(self) -> bool:
        answer, length = Dword(0), Dword(0)
        require(
            self._security.GetTokenInformation(
                self._token,
                ctypes.c_int(TokenInformation.IS_APP_CONTAINER),
                ctypes.byref(answer),
                Dword(ctypes.sizeof(answer)),
                ctypes.byref(length),
            )
        )
        return bool(answer.value)

    def lower_to(self, integrity: str) -> None:
        self._calls.lower(Opened(self._token.value or 0), integrity)
