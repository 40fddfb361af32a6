"""The reference gateway as a process of its own, as a portal would be.

What makes its pictures is thereby never in the process that holds the vault's keys. It ends
when its standard input closes, so that it cannot outlive whoever started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.errors import Unreachable

PATIENCE = 10.0
"""Seconds that it may take to stop before it is killed; it has nothing to lose."""


@dataclass(frozen=True, slots=True)
class GatewayAddress:
    """Where it listens, and what an agency would be handed on paper."""

    url: str
    data: Path
    transport_authority: Path
    signing_authority: Path
    enrolment_code: Path


@contextmanager
def running_gateway(data: Path, *, reports: int) -> Iterator[GatewayAddress]:
    """A gateway on a free loopback port for as long as the block lasts.

    Raises:
        Unreachable: it did not start.
    """
    # As isolated from the user's environment as this process is.
    isolated = ["-I"] if sys.flags.isolated else []
    command = [sys.executable, *isolated, "-m", "cport_desktop", "--json", "gateway", "serve"]
    command += ["--data", str(data), "--port", "0", "--reports", str(reports), "--until-eof"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_without_ours(os.environ)
    )
    try:
        yield _address(process)
    finally:
        _end(process)


def _without_ours(environment: Mapping[str, str]) -> dict[str, str]:
    """What this program was told about vaults and secrets is none of the portal's business."""
    return {name: value for name, value in environment.items() if not name.startswith("CPORT_")}


def _address(process: subprocess.Popen[bytes]) -> GatewayAddress:
    if process.stdout is None:
        raise Unreachable(cause="the gateway has no output")
    line = process.stdout.readline()
    if not line:
        raise Unreachable(cause="the gateway ended before it was ready")
    said = json.loads(line)
    return GatewayAddress(
        url=said["url"],
        data=Path(said["data"]),
        transport_authority=Path(said["transport_authority"]),
        signing_authority=Path(said["signing_authority"]),
        enrolment_code=Path(said["enrolment_code"]),
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
