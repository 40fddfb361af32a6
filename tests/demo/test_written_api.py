"""What `docs/formats/openapi.json` says of the HTTPS road is what the gateway does."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.routing import Route

from cport_desktop.clock import SteppingClock, iso_utc
from cport_desktop.demo.faults import Faults
from cport_desktop.demo.gateway import LARGEST_PAGE, Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import running_server
from cport_desktop.demo.web import WebGateway
from cport_desktop.domain.in_hand import InHandHere
from cport_desktop.domain.nature import Nature
from cport_desktop.formats import (
    anchor_message,
    enrolment_message,
    in_hand_message,
    operation_message,
    portal_messages,
    session_message,
)
from cport_desktop.formats.message_kind import SCHEMA
from cport_desktop.formats.portal_messages import LONGEST_MESSAGE
from cport_desktop.formats.request_signing import (
    NONCE_HEADER,
    SIGNATURE_HEADER,
    STATION_HEADER,
    TIME_HEADER,
)
from cport_desktop.formats.session_message import Problem
from tests.contracts.transport_contract import a_log
from tests.demo.conftest import UNTIL
from tests.demo.stations import enrol, new_keys, notices_of, reports_of, request_for
from tests.demo.test_server import Line, Reply, raw, sent_headers

FILE = Path(__file__).parents[2] / "docs" / "formats" / "openapi.json"
API: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
METHODS = {"get", "post", "put", "delete", "patch"}


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    clock = SteppingClock(UNTIL)
    folder = tmp_path_factory.mktemp("api")
    gateway = Gateway(
        folder / "gateway",
        scenario=Scenario(7, 20, UNTIL, pictures=8),
        pictures=Pictures(folder / "pictures", seed=7),
        clock=clock,
    )
    with running_server(gateway) as server:
        yield Line(server, enrol(gateway), clock).sign_in()
    gateway.close()


def resolved(node: Any) -> Any:
    """What a node says, references followed."""
    while isinstance(node, dict) and "$ref" in node:
        path = node["$ref"].removeprefix("#/").split("/")
        node = API
        for name in path:
            node = node[name]
    return node


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in API["paths"].items():
        for method in METHODS & set(item):
            yield path, method, item[method]


def every_node(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from every_node(child)
    elif isinstance(node, list):
        for child in node:
            yield from every_node(child)


def problems_of(response: dict[str, Any]) -> list[str]:
    schema = resolved(response).get("content", {}).get("application/json", {}).get("schema", {})
    words: list[str] = schema.get("properties", {}).get("error", {}).get("enum", [])
    return words


def test_it_is_a_whole_description_of_version_3_1():
    assert API["openapi"].startswith("3.1.")
    assert API["info"]["version"] == str(SCHEMA)
    for node in every_node(API):
        assert resolved(node) is not None
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))
    for path, _, operation in operations():
        assert operation["summary"]
        assert operation["responses"]
        given = {
            parameter["name"]
            for parameter in map(resolved, operation.get("parameters", []))
            if parameter["in"] == "path"
        }
        assert given == set(re.findall(r"\{(\w+)\}", path))


def test_nothing_that_is_described_for_use_is_left_unused():
    used = {node["$ref"] for node in every_node(API) if "$ref" in node}
    for kind in ("schemas", "responses", "parameters", "headers"):
        for name in API["components"][kind]:
            assert f"#/components/{kind}/{name}" in used


def test_its_paths_are_those_of_the_gateway(line: Line):
    routes = WebGateway(line.station.gateway, Faults()).application().routes
    spoken = {
        (route.path, method.lower())
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert {(path, method) for path, method, _ in operations()} == spoken


def test_every_problem_is_described_and_no_other():
    assert set(API["components"]["schemas"]["Problem"]["properties"]["error"]["enum"]) == {
        problem.value for problem in Problem
    }
    told = {
        word
        for _, _, operation in operations()
        for response in operation["responses"].values()
        for word in problems_of(response)
    }
    assert told == {problem.value for problem in Problem}


def test_what_is_signed_has_the_headers_of_the_code():
    for path, _, operation in operations():
        headers = {
            parameter["name"]
            for parameter in map(resolved, operation.get("parameters", []))
            if parameter["in"] == "header" and parameter.get("required")
        }
        signed = {STATION_HEADER, TIME_HEADER, NONCE_HEADER, SIGNATURE_HEADER}
        assert headers == (set() if path == "/v1/enrolment" else signed)


@pytest.mark.parametrize(
    ("name", "struct"),
    [
        ("EnrolmentRequest", enrolment_message.WireRequest),
        ("Operations", operation_message.WireOperations),
        ("Operation", operation_message.WireOperation),
        ("Anchor", anchor_message.WireAnchor),
        ("InHand", in_hand_message.WireInHandHere),
        ("InHandEntry", in_hand_message.WireInHand),
        ("Session", session_message.WireToken),
        ("Refresh", session_message.WireRefresh),
        ("Problem", session_message.WireProblem),
    ],
)
def test_its_schemas_have_the_fields_of_the_messages(name: str, struct: type[msgspec.Struct]):
    schema = API["components"]["schemas"][name]
    fields = msgspec.structs.fields(struct)
    assert set(schema["properties"]) == {field.encode_name for field in fields}
    assert set(schema["required"]) == {field.encode_name for field in fields if field.required}
    if "schema" in schema["properties"]:
        assert schema["properties"]["schema"] == {"const": SCHEMA}


def test_a_page_is_bounded_as_described():
    [limit] = [
        parameter
        for parameter in map(resolved, API["paths"]["/v1/changes"]["get"]["parameters"])
        if parameter["name"] == "limit"
    ]
    assert limit["schema"]["maximum"] == LARGEST_PAGE


def described(reply: Reply, path: str, method: str = "get") -> None:
    """The answer is one of those described: status, problem, headers, kind of body."""
    responses = API["paths"][path][method]["responses"]
    assert str(reply.status) in responses, (path, reply.status)
    response = resolved(responses[str(reply.status)])
    for name, header in response.get("headers", {}).items():
        if resolved(header).get("required"):
            assert reply.headers[name] is not None
    if reply.status >= 400 and reply.status != 416:
        assert reply.error in problems_of(response)
    if reply.body:
        assert reply.headers["Content-Type"].partition(";")[0] in response["content"]


def test_what_the_gateway_answers_is_described(line: Line):
    station = line.station
    notice = notices_of(reports_of([station.page(limit=20)])[0])[0]
    media = f"/v1/media/{notice.media_id}"
    described(line.ask("/v1/changes?limit=3"), "/v1/changes")
    body = portal_messages.print_operations(station.name, ())
    described(line.ask("/v1/operations", method="POST", body=body), "/v1/operations", "post")
    described(line.ask(media), "/v1/media/{media}")
    described(line.ask(media, Range="bytes=5-"), "/v1/media/{media}")
    described(line.ask(media, Range=f"bytes={notice.size}-"), "/v1/media/{media}")
    described(line.ask(f"{media}/chunks"), "/v1/media/{media}/chunks")
    request = request_for(station.gateway, new_keys())
    described(raw(line.server, "POST", "/v1/enrolment", {}, request), "/v1/enrolment", "post")
    described(line.ask("/v1/token", method="POST"), "/v1/token", "post")


def test_what_the_gateway_refuses_is_described(line: Line):
    gateway = line.station.gateway
    described(line.ask("/v1/changes?limit=0"), "/v1/changes")
    described(line.ask("/v1/changes?cursor=nonsense"), "/v1/changes")
    described(line.ask("/v1/operations", method="POST", body=b"{"), "/v1/operations", "post")
    described(line.ask("/v1/anchors", method="POST", body=b"{"), "/v1/anchors", "post")
    described(line.ask("/v1/media/1"), "/v1/media/{media}")
    described(line.ask("/v1/media/1/chunks"), "/v1/media/{media}/chunks")
    refresh = b'{"refreshToken":"gone"}'
    described(
        line.ask("/v1/token/refresh", method="POST", body=refresh), "/v1/token/refresh", "post"
    )
    described(raw(line.server, "GET", "/v1/changes", {}), "/v1/changes")
    described(Line(line.server, line.station, line.clock, "gone").ask("/v1/changes"), "/v1/changes")
    for request in (
        request_for(gateway, new_keys(), code="wrong"),
        request_for(gateway, new_keys(), nature=Nature.LIVE),
        b"{",
        b" " * 70_000,
    ):
        described(raw(line.server, "POST", "/v1/enrolment", {}, request), "/v1/enrolment", "post")


def test_a_busy_gateway_answers_as_described(line: Line):
    with running_server(line.station.gateway, faults=Faults.parse("5xx=1")) as server:
        busy = Line(server, line.station, line.clock, line.token)
        for path, method, _ in operations():
            reply = busy.ask(path.replace("{media}", "1"), method=method.upper(), body=b"")
            assert reply.status == 503
            described(reply, path, method)


NOT_FROM_THIS_GATEWAY = {(403, "policy"), (429, "busy")}
"""What stations understand of other portals: this one has no policy, and no limit on questions."""

ELSEWHERE = {
    ("/v1/token", 401, "session_expired"),
    ("/v1/anchors", 404, "unknown"),
    ("/v1/in-hand", 404, "unknown"),
}
"""Described where an answer is shared by all: no session is asked for here; an older portal."""

Served = set[tuple[str, str, int, str | None]]


class Provoking(Line):
    """Asks each route in every way that there is to be wrong, and keeps what came back."""

    def provoke(self, path: str, method: str, served: Served) -> None:
        at = self.clock.now()
        self.ask_once(path, method, served)
        self.ask_once(path, method, served, time="yesterday")
        self.ask_once(path, method, served, time=iso_utc(at - timedelta(hours=1)))
        self.ask_once(path, method, served, signed_body=b"another")
        self.ask_once(path, method, served, body=bytes(LONGEST_MESSAGE + 1))
        self.ask_once(path, method, served, token="gone")
        self.ask_once(path, method, served, is_shown=False)
        self.ask_once(path, method, served, is_named=False)

    def ask_once(
        self,
        path: str,
        method: str,
        served: Served,
        *,
        body: bytes = b"",
        signed_body: bytes | None = None,
        time: str | None = None,
        token: str | None = None,
        is_shown: bool = True,
        is_named: bool = True,
        range_header: str = "",
        target: str | None = None,
    ) -> None:
        target = target or path.replace("{media}", "1")
        signed = self.station.signed(
            target,
            at=self.clock.now(),
            nonce=secrets.token_hex(16),
            method=method.upper(),
            body=body if signed_body is None else signed_body,
            range_header=range_header,
            token=self.token if token is None else token,
            time=time,
        )
        headers = sent_headers(signed) | ({"Range": range_header} if range_header else {})
        shown = self.station.certificate if is_shown else None
        reply = raw(
            self.server, method.upper(), target, headers if is_named else {}, body, shown=shown
        )
        is_problem = reply.status >= 400 and reply.status != 416
        served.add((path, method, reply.status, str(reply.error) if is_problem else None))


def provoked(line: Line) -> Served:
    """Every answer that the gateway was made to give."""
    served: Served = set()
    asking = Provoking(line.server, line.station, line.clock, line.token)
    gateway, station = line.station.gateway, line.station
    notice = notices_of(reports_of([station.page(limit=20)])[0])[0]
    media = f"/v1/media/{notice.media_id}"
    for path, method, _ in operations():
        if path != "/v1/enrolment":
            asking.provoke(path, method, served)
    asking.ask_once("/v1/media/{media}", "get", served, target=media)
    asking.ask_once("/v1/media/{media}", "get", served, target=media, range_header="bytes=5-")
    behind = f"bytes={notice.size}-"
    asking.ask_once("/v1/media/{media}", "get", served, target=media, range_header=behind)
    asking.ask_once("/v1/media/{media}/chunks", "get", served, target=f"{media}/chunks")
    stray = "/v1/changes?cursor=nonsense"
    asking.ask_once("/v1/changes", "get", served, target=stray)
    body = portal_messages.print_operations(station.name, ())
    asking.ask_once("/v1/operations", "post", served, body=body)
    asking.ask_once("/v1/anchors", "post", served, body=a_log(station).request())
    told = InHandHere(station.name, line.clock.now(), ())
    asking.ask_once("/v1/in-hand", "post", served, body=portal_messages.print_in_hand(told))
    asking.ask_once("/v1/token/refresh", "post", served, body=b'{"refreshToken":"gone"}')
    opened = json.loads(line.ask("/v1/token", method="POST").body)
    renewing = json.dumps({"refreshToken": opened["refreshToken"]}).encode()
    asking.ask_once("/v1/token/refresh", "post", served, body=renewing)
    shut_out = enrol(gateway)
    gateway.revoke(shut_out.name)
    for request in (
        request_for(gateway, shut_out.keys),
        request_for(gateway, new_keys()),
        request_for(gateway, new_keys(), code="wrong"),
        request_for(gateway, new_keys(), nature=Nature.LIVE),
        b"{",
        b" " * 70_000,
    ):
        reply = raw(line.server, "POST", "/v1/enrolment", {}, request)
        error = str(reply.error) if reply.status >= 400 else None
        served.add(("/v1/enrolment", "post", reply.status, error))
    with running_server(gateway, faults=Faults.parse("5xx=1")) as server:
        busy = Provoking(server, station, line.clock, line.token)
        for path, method, _ in operations():
            busy.ask_once(path, method, served)
    return served | outlived(line)


def outlived(line: Line) -> Served:
    """What a station is told whose certificate is out of its time by the gateway's clock."""
    served: Served = set()
    years = timedelta(days=4000)
    line.clock.advance(years)
    asking = Provoking(line.server, line.station, line.clock, line.token)
    for path, method, _ in operations():
        if path != "/v1/enrolment":
            asking.ask_once(path, method, served)
    line.clock.advance(-years)
    return served


def test_everything_that_is_described_is_served_and_nothing_else(line: Line):
    served = provoked(line)

    told: Served = {
        (path, method, int(status), word)
        for path, method, operation in operations()
        for status, response in operation["responses"].items()
        for word in (*problems_of(response), *([] if problems_of(response) else [None]))
    }
    assert served - told == set()
    left = {(path, status, word) for path, _, status, word in told - served}
    assert {each for each in left if each[1:] not in NOT_FROM_THIS_GATEWAY} == ELSEWHERE
