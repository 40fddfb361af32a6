"""The gateway's answers over HTTP, as an ASGI application. Paths as in `sync.portal`.

Every request but enrolment is admitted first (`demo.admission`). What the gateway raises
becomes a status and a named problem; nothing is logged and no content is ever in an error.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import anyio
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cport_desktop.demo.admission import SignedRequest
from cport_desktop.demo.faults import Fate, Faults, Misfortune
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.refusals import BUSY_SECONDS, refusal
from cport_desktop.demo.web_answers import Breakage, Wish, media_answer
from cport_desktop.domain.ids import Cursor, MediaId, StationId
from cport_desktop.errors import (
    CportError,
    MalformedMessage,
    MessageTooLarge,
    PortalBusy,
    UnknownReference,
)
from cport_desktop.formats.portal_messages import LONGEST_MESSAGE, print_problem, print_token
from cport_desktop.formats.request_signing import (
    NONCE_HEADER,
    SIGNATURE_HEADER,
    STATION_HEADER,
    TIME_HEADER,
)
from cport_desktop.formats.session_message import Problem, ProblemMessage

_LONGEST_ENROLMENT: Final = 64 * 1024
"""Bytes of a request that anybody may send; an honest one has half a KiB."""

_DEFAULT_LIMIT: Final = 200

PEER: Final = "peer_certificate"
"""Where in a request's state the server has put the connection's `PeerCertificate`, if any."""

_Answer = Callable[[Request, Misfortune], Awaitable[Response]]


class WebGateway:
    """A gateway behind HTTP, with faults on request."""

    def __init__(self, gateway: Gateway, faults: Faults) -> None:
        self._gateway = gateway
        self._faults = faults
        self._fate = Fate(faults)
        self._first_page: bytes | None = None

    def application(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/v1/enrolment", self._answering(self._enrolment), methods=["POST"]),
                Route("/v1/token", self._answering(self._token), methods=["POST"]),
                Route("/v1/token/refresh", self._answering(self._refresh), methods=["POST"]),
                Route("/v1/changes", self._answering(self._changes), methods=["GET"]),
                Route("/v1/operations", self._answering(self._operations), methods=["POST"]),
                Route("/v1/anchors", self._answering(self._anchor), methods=["POST"]),
                Route("/v1/in-hand", self._answering(self._in_hand), methods=["POST"]),
                Route("/v1/media/{media}", self._answering(self._media), methods=["GET"]),
                Route("/v1/media/{media}/chunks", self._answering(self._chunks), methods=["GET"]),
            ],
            exception_handlers={HTTPException: _no_such_thing},
        )

    def _answering(self, answer: _Answer) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            if self._faults.latency:
                await anyio.sleep(self._faults.latency)
            misfortune = self._fate.next()
            try:
                if misfortune.is_busy:
                    raise PortalBusy(status=503, retry_after=BUSY_SECONDS)
                return await answer(request, misfortune)
            except CportError as error:
                return self._refusal(error)

        return endpoint

    async def _enrolment(self, request: Request, misfortune: Misfortune) -> Response:
        del misfortune
        body = await _body(request, _LONGEST_ENROLMENT)
        return _sealed(await run_in_threadpool(self._gateway.enrol, body))

    async def _token(self, request: Request, misfortune: Misfortune) -> Response:
        del misfortune
        signed = await self._shown(request)
        token = await run_in_threadpool(self._gateway.admission.open_session, signed)
        return Response(print_token(token), media_type="application/json")

    async def _refresh(self, request: Request, misfortune: Misfortune) -> Response:
        del misfortune
        signed = await self._shown(request)
        token = await run_in_threadpool(self._gateway.admission.renew_session, signed)
        return Response(print_token(token), media_type="application/json")

    async def _changes(self, request: Request, misfortune: Misfortune) -> Response:
        station = await self._admitted(request)
        asked = request.query_params.get("cursor")
        cursor = None if asked is None or misfortune.is_stale else Cursor(asked)
        digest = None if cursor is None else request.query_params.get("digest")
        page = partial(self._gateway.changes, station, cursor, digest=digest, limit=_limit(request))
        message = await run_in_threadpool(page)
        self._first_page = self._first_page or message
        return _sealed(self._first_page if misfortune.is_replayed else message)

    async def _operations(self, request: Request, misfortune: Misfortune) -> Response:
        del misfortune
        signed = await self._shown(request)
        station = await run_in_threadpool(self._gateway.admission.admit, signed)
        return _sealed(await run_in_threadpool(self._gateway.operations, station, signed.body))

    async def _anchor(self, request: Request, misfortune: Misfortune) -> Response:
        del misfortune
        signed = await self._shown(request)
        station = await run_in_threadpool(self._gateway.admission.admit, signed)
        return _sealed(await run_in_threadpool(self._gateway.anchor, station, signed.body))

    async def _in_hand(self, request: Request, misfortune: Misfortune) -> Response:
        del misfortune
        signed = await self._shown(request)
        station = await run_in_threadpool(self._gateway.admission.admit, signed)
        return _sealed(await run_in_threadpool(self._gateway.in_hand, station, signed.body))

    async def _media(self, request: Request, misfortune: Misfortune) -> Response:
        station = await self._admitted(request)
        media = _media_id(request)
        file = await run_in_threadpool(self._gateway.media, station, media)
        wish = Wish(request.headers.get("range", ""), request.headers.get("if-range", ""))
        breakage = Breakage(self._faults.cut, misfortune.is_wrong_length)
        return media_answer(file, wish, breakage)

    async def _chunks(self, request: Request, misfortune: Misfortune) -> Response:
        del misfortune
        station = await self._admitted(request)
        media = _media_id(request)
        return _sealed(await run_in_threadpool(self._gateway.chunks, station, media))

    async def _admitted(self, request: Request) -> StationId:
        signed = await self._shown(request)
        return await run_in_threadpool(self._gateway.admission.admit, signed)

    async def _shown(self, request: Request) -> SignedRequest:
        """The request, over a connection that shows the certificate of the station it names."""
        signed = await _signed(request)
        peer = getattr(request.state, PEER, None)
        admission = self._gateway.admission
        await run_in_threadpool(admission.require_certificate, signed.station, peer)
        return signed

    def _refusal(self, error: CportError) -> Response:
        identity = self._gateway.identity
        status, message = refusal(error, clock=self._gateway.clock, nature=identity.nature)
        headers = {"Retry-After": str(BUSY_SECONDS)} if status == 503 else None
        return Response(print_problem(message), status, headers, media_type="application/json")


async def _signed(request: Request) -> SignedRequest:
    headers = request.headers
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["raw_path"].decode("latin-1")
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return SignedRequest(
        method=request.method,
        target=f"{path}?{query}" if query else path,
        body=await _body(request, LONGEST_MESSAGE),
        station=headers.get(STATION_HEADER, ""),
        time=headers.get(TIME_HEADER, ""),
        nonce=headers.get(NONCE_HEADER, ""),
        signature=headers.get(SIGNATURE_HEADER, ""),
        range_header=headers.get("range", ""),
        token=token if scheme.lower() == "bearer" else "",
    )


async def _body(request: Request, limit: int) -> bytes:
    """The whole body.

    Raises:
        MessageTooLarge: as soon as it is longer than `limit`.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise MessageTooLarge(limit=limit)
    return bytes(body)


def _limit(request: Request) -> int:
    asked = request.query_params.get("limit", str(_DEFAULT_LIMIT))
    if not asked.isascii() or not asked.isdigit() or len(asked) > 6:
        raise MalformedMessage(where="limit", cause="not a number")
    return int(asked)


def _media_id(request: Request) -> MediaId:
    asked = str(request.path_params["media"])
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        raise UnknownReference(kind="media item", reference="?")
    return MediaId(int(asked))


def _sealed(message: bytes) -> Response:
    return Response(
        message, media_type="application/octet-stream", headers={"Cache-Control": "no-store"}
    )


async def _no_such_thing(request: Request, error: Exception) -> Response:
    del request
    status = error.status_code if isinstance(error, HTTPException) else 404
    problem = print_problem(ProblemMessage(Problem.UNKNOWN))
    return Response(problem, status, media_type="application/json")
