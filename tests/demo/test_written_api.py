"""What `docs/formats/openapi.json` says of the HTTPS road is what the gateway does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.routing import Route

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.faults import Faults
from cport_desktop.demo.gateway import LARGEST_PAGE, Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import running_server
from cport_desktop.demo.web import WebGateway
from cport_desktop.domain.nature import Nature
from cport_desktop.formats import (
    anchor_message,
    enrolment_message,
    operation_message,
    portal_messages,
    session_message,
)
from cport_desktop.formats.message_kind import SCHEMA
from cport_desktop.formats.request_signing import (
    NONCE_HEADER,
    SIGNATURE_HEADER,
    STATION_HEADER,
    TIME_HEADER,
)
from cport_desktop.formats.session_message import Problem
from tests.demo.conftest import UNTIL
from tests.demo.stations import enrol, new_keys, notices_of, reports_of, request_for
from tests.demo.test_server import Line, Reply, raw

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
