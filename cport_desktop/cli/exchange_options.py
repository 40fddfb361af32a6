"""Verbs of the exchange: the bond with the portal, networks, media files on their way, removable media."""

from __future__ import annotations

import argparse
from typing import Final

from cport_desktop.cli import agreement_arguments, courier_arguments, road_arguments
from cport_desktop.cli.common_options import nothing, page_in_order
from cport_desktop.cli.verb import Verb


def _sync(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--metadata-only", action="store_true", help="leave media files for later")
    verb.add_argument("--link", metavar="NAME", help="over this link (the one in use)")
    road_arguments.proxy(verb)
    verb.add_argument(
        "--history", action="store_true", help="no exchange: list the past ones, newest first"
    )
    page_in_order(verb, order="-at")


def _links(verb: argparse.ArgumentParser) -> None:
    page_in_order(verb, order="name")


def _transfers(verb: argparse.ArgumentParser) -> None:
    page_in_order(verb, order="-received")


VERBS: Final = (
    Verb(
        "portal request",
        "ask a portal by stick: makes keys in the vault and a signed request",
        courier_arguments.request,
        "cport portal request --out /media/stick/request --code-file code.txt --station Desk-1",
    ),
    Verb(
        "portal enrol",
        "bind this vault to a portal, by its answer on a stick or by the network",
        courier_arguments.enrol,
        "cport portal enrol --answer /media/stick/answer\n"
        "  cport portal enrol --url https://127.0.0.1:8443 --ca ca.pem --code-file code.txt",
    ),
    Verb(
        "portal address",
        "tell a vault that was enrolled by stick where its portal is",
        courier_arguments.address,
        "cport portal address https://127.0.0.1:8443",
    ),
    Verb(
        "portal agreement",
        "what the agreement allows, until when, and what waits",
        nothing,
        "cport portal agreement",
    ),
    Verb(
        "portal agreement explain",
        "why something is allowed or not, and who can change it",
        agreement_arguments.explain,
        "cport portal agreement explain package.compose --recipient 'Example Regional Court'",
    ),
    Verb(
        "portal agreement rehearse",
        "what another agreement would change; nothing is accepted",
        agreement_arguments.rehearse,
        "cport portal agreement rehearse draft.json",
    ),
    Verb(
        "portal agreement accept",
        "work under the narrower version that waits, from now on",
        agreement_arguments.accept,
        "cport portal agreement accept --reason 'agreed on 3 May'",
    ),
    Verb(
        "portal agreement export",
        "write the agreement as the portal signed it",
        agreement_arguments.export,
        "cport portal agreement export agreement.txt",
    ),
    Verb("sync", "exchange with the portal", _sync, "cport sync --link field"),
    Verb("links list", "every link, and the one in use", _links, "cport links list"),
    Verb(
        "links set",
        "name a link, or change what it may carry",
        road_arguments.set_link,
        "cport links set field --media asked --cap 64000 --largest-file 20000000",
    ),
    Verb(
        "links use",
        "this machine is on this network now",
        road_arguments.link,
        "cport links use field",
    ),
    Verb("links remove", "forget a link", road_arguments.link, "cport links remove field"),
    Verb(
        "transfers list",
        "files that are not here, with their states",
        _transfers,
        "cport transfers list",
    ),
    Verb("transfers ask", "these first", road_arguments.items, "cport transfers ask M-17 M-23"),
    Verb(
        "transfers pause",
        "let some, or all, wait",
        road_arguments.items_or_all,
        "cport transfers pause --all",
    ),
    Verb(
        "transfers resume",
        "let them go on",
        road_arguments.items_or_all,
        "cport transfers resume --all",
    ),
    Verb(
        "transfers cancel",
        "do without these files",
        road_arguments.items,
        "cport transfers cancel M-17",
    ),
    Verb(
        "transfers retry",
        "ask again for what failed, at once",
        road_arguments.items_or_all,
        "cport transfers retry --all",
    ),
    Verb(
        "courier send",
        "write a bundle for the portal, and read it back",
        courier_arguments.send,
        "cport courier send /media/stick/to-portal --part-size 700M",
    ),
    Verb(
        "courier receive",
        "take in a bundle that came back from the portal",
        courier_arguments.receive,
        "cport courier receive /media/stick/from-portal",
    ),
    Verb(
        "courier status",
        "what was sent and answered by stick, and what waits",
        nothing,
        "cport courier status",
    ),
)
