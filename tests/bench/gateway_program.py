"""The reference gateway in a process of its own, for as long as its standard input stays open.

    python -m tests.bench.gateway_program DIRECTORY REPORTS

One JSON line on standard output when it listens: its address, the file of its authority, its code.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from pathlib import Path

from cport_desktop.clock import SystemClock
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import running_server

SEED = 7
PICTURES = 32
"""Files that the gateway's media repeat: none of them travels here."""


def main(arguments: list[str]) -> int:
    os.nice(10)  # A portal is another machine.
    directory, count = Path(arguments[0]), int(arguments[1])
    clock = SystemClock()
    gateway = Gateway(
        directory / "gateway",
        scenario=Scenario(SEED, count, clock.now().replace(microsecond=0), pictures=PICTURES),
        pictures=Pictures(directory / "pictures", seed=SEED),
        clock=clock,
    )
    with closing(gateway), running_server(gateway) as server:
        told = {
            "url": server.url,
            "authority": str(server.authority),
            "code": gateway.identity.enrolment_code,
        }
        print(json.dumps(told), flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
