"""Chooses the parts, once: the only room that knows which implementation stands behind a port.

`Workstation` is a frozen tray without methods; commands and views take from it what they use.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cport_desktop.clock import Clock, SystemClock
from cport_desktop.crypto import message_keys, passphrase
from cport_desktop.crypto.signer_file import read_signer
from cport_desktop.crypto.signing import FileKeySigner, Signer
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.link import ANY_LINK, Link
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.process_state import ProcessState
from cport_desktop.domain.progress import IsCancelled
from cport_desktop.domain.region_profile import NO_CATEGORIES, RegionProfile
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.domain.unit_rule import AS_THE_SETTINGS, MediaRules
from cport_desktop.errors import CportError
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.formats import region_profiles, taxonomies
from cport_desktop.media.bubblewrap import enclosed
from cport_desktop.media.newborn import Births
from cport_desktop.media.nursery import Nursery
from cport_desktop.media.sandbox import Sandbox, SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox, is_available
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.media.windows.births import WindowsBirths, usual_program
from cport_desktop.media.windows.proof import HAS_PASSED_ITS_CONTRACT
from cport_desktop.media.windows.system_calls import SystemCalls
from cport_desktop.settings import Settings
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.sync.station_certificate import StationCertificate
from cport_desktop.sync.time_stamp_road import ask_by_network
from cport_desktop.sync.transport import Transport

PR_GET_DUMPABLE = 3
PR_SET_DUMPABLE = 4
"""prctl(2)."""
MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT = 1, 2, 4
"""mlockall(2): pages that are touched stay in memory, now and later."""
PRIVATE_UMASK = 0o077

TALKATIVE = (
    "httpx",
    "httpcore",
    "asyncio",
    "uvicorn",
    "pyhanko",
    "pyhanko_certvalidator",
    "keyring",
)
"""Libraries that speak to Python's log of what they work on."""


class OpenRoad(Protocol):
    def __call__(
        self, enrolment: Enrolment, is_cancelled: IsCancelled, link: Link = ANY_LINK
    ) -> Transport:
        """The HTTPS road to the portal of a bond, over a link with its proxy and its cap.

        Raises:
            ValueUnknown, KeyFileMalformed: address, proxy or certificate are none.
        """
        ...


class OpenFirstRoad(Protocol):
    def __call__(
        self,
        url: str,
        authority: bytes,
        proxy: str | None = None,
        shown: StationCertificate | None = None,
    ) -> Transport:
        """The HTTPS road to a portal that does not know this station yet; `shown`: what it wants to
        see even then. Raises as `OpenRoad`.
        """
        ...


class OpenSandbox(Protocol):
    def __call__(self, rules: MediaRules = AS_THE_SETTINGS) -> Sandbox:
        """Confined decoders as the settings demand them, and as the unit's rules do where those
        demand more.
        """
        ...


@dataclass(frozen=True, slots=True)
class Workstation:
    """The parts of a workstation.

    `sandbox` and `documents` start children when first used; whoever asks closes them.
    `road` is the HTTPS road to the portal of a bond; `first_road` that of an enrolment.
    """

    settings: Settings
    clock: Clock
    taxonomy: Taxonomy
    new_id: Callable[[], uuid.UUID]
    sandbox: OpenSandbox
    documents: Callable[[], DocumentMaker]
    road: OpenRoad
    first_road: OpenFirstRoad
    signer: Callable[[bytes, bytes], Signer]
    signer_from_pem: Callable[[bytes], Signer]
    ask_time_stamp: Callable[[str, bytes], bytes]
    """What the authority of time stamps at an address answers to a question."""
    key_cost: Callable[[Nature], passphrase.Cost]
    region_profile: Callable[[], RegionProfile]
    """By which table this machine gives categories in lists that other tools read. Raises
    `InputUnreadable`.
    """


def harden_process() -> None:
    """What this process makes and holds is nobody else's business on this machine.

    Files it makes are private; no core dump is written; other processes of the same user may
    not read its memory; and where the machine allows any amount of it, memory is kept out of
    swap (Linux). What a platform does not offer is left out.
    """
    _fill_standard_descriptors()
    _hush_libraries()
    os.umask(PRIVATE_UMASK)
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            libc = ctypes.CDLL(None, use_errno=True)
            libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
            # With a limit, some later allocation would fail, and the program with it.
            if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
                libc.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)


def _hush_libraries() -> None:
    """Nobody who listens to the log of this process hears what was asked for and answered: below
    a warning these libraries tell addresses, headers and digests.
    """
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _fill_standard_descriptors() -> None:
    """No file of a vault gets the number of standard input or output, which a new image of this
    process would inherit.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)


def process_state() -> ProcessState:
    """What this process lets others see of it, asked of the system and not remembered."""
    writes_cores: bool | None = None
    is_readable: bool | None = None
    is_locked: bool | None = None
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - there is none on Windows

        writes_cores = resource.getrlimit(resource.RLIMIT_CORE)[0] != 0
    if sys.platform == "linux":
        is_readable = ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1
        status = dict(
            line.split(":", 1)
            for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        )
        # Mappings of the kernel's own cannot be locked; a process that is not locked says 0.
        is_locked = int(status.get("VmLck", "0 kB").split()[0]) > 0
    umask = os.umask(PRIVATE_UMASK)
    os.umask(umask)
    return ProcessState(writes_cores, is_readable, is_locked, umask)


def furnish(settings: Settings) -> Workstation:
    """The workstation of this machine. Starts nothing and touches no network."""
    clock = SystemClock()
    return Workstation(
        settings=settings,
        clock=clock,
        taxonomy=_taxonomy(settings),
        new_id=uuid.uuid4,
        sandbox=lambda rules=AS_THE_SETTINGS: _sandbox(settings, rules),
        documents=lambda: DocumentMaker(resources=settings.resources),
        road=lambda enrolment, is_cancelled, link=ANY_LINK: _road(
            enrolment, clock, is_cancelled, link
        ),
        first_road=lambda url, authority, proxy=None, shown=None: PortalTransport(
            url, authority_pem=authority, clock=clock, terms=Terms(proxy=proxy, shown=shown)
        ),
        signer=lambda private, certificate: FileKeySigner(private, certificate, clock=clock),
        signer_from_pem=lambda pem: read_signer(pem, clock=clock),
        ask_time_stamp=ask_by_network,
        key_cost=lambda nature: _key_cost(nature, clock),
        region_profile=lambda: _region_profile(settings),
    )


def _taxonomy(settings: Settings) -> Taxonomy:
    """The code lists; those of the program where the ones of an update were damaged since, so that
    whoever wants to go back from it can still say so.
    """
    if settings.updated is not None:
        with suppress(CportError, OSError):
            return taxonomies.load(settings.taxonomy)
    return taxonomies.load(settings.as_installed.taxonomy)


def _region_profile(settings: Settings) -> RegionProfile:
    path = settings.categories
    return NO_CATEGORIES if path is None else region_profiles.load(path)


def _sandbox(settings: Settings, rules: MediaRules) -> Sandbox:
    return choose_sandbox(sys.platform, settings.decoders, _demanded(settings, rules))


def choose_sandbox(
    platform: str,
    children: int,
    demanded: SandboxLevel,
    *,
    is_proven_on_windows: bool = HAS_PASSED_ITS_CONTRACT,
) -> Sandbox:
    """The sandbox of a platform (as `sys.platform` names it); it refuses every file where there is none,
    or none that was proven there.
    """
    if is_available(platform):
        births: Births = Nursery(enclose=enclosed)
    elif platform == "win32" and is_proven_on_windows:
        births = _births_on_windows()
    else:
        return RefusingSandbox(is_unproven=platform == "win32")
    return ProcessSandbox(children=children, demanded=demanded, births=births)


def _births_on_windows() -> Births:
    """Raises:
    OSError: this is not Windows.
    """
    base = str(getattr(sys, "_base_executable", sys.executable))
    program = usual_program(os.environ.get("SYSTEMROOT", r"C:\Windows"), sys.executable, base)
    return WindowsBirths(SystemCalls(), program)


def _demanded(settings: Settings, rules: MediaRules) -> SandboxLevel:
    """The stricter of what this machine's settings and the unit demand."""
    floor = SandboxLevel(settings.confinement)
    wanted = floor if rules.confinement is None else SandboxLevel(rules.confinement)
    return wanted if wanted.reaches(floor) else floor


def _road(
    enrolment: Enrolment, clock: Clock, is_cancelled: IsCancelled, link: Link
) -> PortalTransport:
    return PortalTransport(
        enrolment.portal_url,
        authority_pem=enrolment.transport_authority,
        clock=clock,
        station=enrolment.answer.station,
        sign=message_keys.signing_with(enrolment.station_private_key),
        certificate=_certificate(enrolment),
        terms=Terms(
            is_cancelled=is_cancelled, proxy=link.proxy, bytes_per_second=link.bytes_per_second
        ),
    )


def _certificate(enrolment: Enrolment) -> StationCertificate | None:
    """What the station shows when TLS begins; None for a bond from before there was any."""
    certificate = enrolment.answer.transport_certificate
    if not certificate or not enrolment.transport_private_key:
        return None
    return StationCertificate(certificate, enrolment.transport_private_key)


def _key_cost(nature: Nature, clock: Clock) -> passphrase.Cost:
    """What opening a vault costs. The passphrase of a demo vault lies beside it, so that a
    dearer derivation would protect nobody there and only cost the learner's time.
    """
    if nature.is_synthetic:
        return passphrase.FLOOR
    return passphrase.calibrated(_memory(), clock)


def _memory() -> int:
    """Bytes of this machine's memory; 0 where the system does not say it this way (Windows)."""
    if not hasattr(os, "sysconf"):
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
