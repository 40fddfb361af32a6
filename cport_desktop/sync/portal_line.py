"""One question to a portal and its answer: signed, within a session, counted, and repeated.

A question is plain data. The line adds what proves the station, keeps the session's token
(asked for when first needed, renewed shortly before it ends, and asked for anew once when the
portal says that it has ended), and turns every answer that is not the expected one into an error.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TypeVar

import httpx

from cport_desktop.clock import Clock, iso_utc
from cport_desktop.errors import (
    AccessRevoked,
    Cancelled,
    CportError,
    MessageTooLarge,
    NotEnrolled,
    SessionExpired,
    StationCertificateExpired,
    TransferCut,
    ValueUnknown,
)
from cport_desktop.formats.request_signing import NONCE_SIZE, bytes_to_sign, signed_headers
from cport_desktop.formats.session_message import (
    LONGEST_SESSION_MESSAGE,
    SessionToken,
    parse_token,
    print_refresh,
)
from cport_desktop.sync.answer_headers import stated_length
from cport_desktop.sync.bandwidth import Bandwidth
from cport_desktop.sync.countdown import Countdown
from cport_desktop.sync.counted_socket import NOTICE_WITHIN
from cport_desktop.sync.pinned_road import PinnedRoad, pinned_context
from cport_desktop.sync.proxy import parse_proxy
from cport_desktop.sync.question import Answer, Proof, Question, StationProof, Terms
from cport_desktop.sync.refusals import Refusal, error_for
from cport_desktop.sync.transfer import wait_before_retry

SESSION_MARGIN = 0.9
"""Part of a session's time after which a new token is asked for: clocks drift, lines are slow."""

Answered = TypeVar("Answered")


class PortalLine:
    """A line to one portal. May be used from several threads at once."""

    def __init__(
        self,
        url: str,
        *,
        authority_pem: bytes,
        clock: Clock,
        proof: StationProof | None,
        terms: Terms,
    ) -> None:
        self._portal = portal_address(url)
        self._clock = clock
        self._proof = proof
        self._terms = terms
        self._shown = terms.shown if proof is None else proof.certificate
        self._road = PinnedRoad(
            pinned_context(authority_pem, self._shown),
            monotonic=clock.monotonic,
            is_cancelled=terms.is_cancelled,
            proxy=None if terms.proxy is None else parse_proxy(terms.proxy),
            has_network=terms.has_network,
        )
        silence, connect = terms.patience.silence, terms.patience.connect
        self._client = httpx.Client(
            transport=self._road,
            headers={"Accept-Encoding": "identity", "User-Agent": "cport-desktop"},
            timeout=httpx.Timeout(silence, connect=connect),
            trust_env=False,
            follow_redirects=False,
        )
        cap = terms.bytes_per_second
        self._bandwidth = None if cap is None else Bandwidth(cap, clock.monotonic)
        self._lock = threading.Lock()
        self._token: tuple[SessionToken, float] | None = None

    def close(self) -> None:
        """Let go of connections. May be called more than once."""
        self._client.close()

    def message(self, question: Question, *, limit: int) -> bytes:
        """The whole body of the answer.

        Raises:
            MessageTooLarge: if it would be longer than `limit`; it is not read then.
            RoadError, UntrustedData, Refused: as the road and the portal give reason.
        """
        with closing(self.open(question)) as answer:
            if stated_length(answer.response.headers) > limit:
                raise MessageTooLarge(limit=limit)
            return b"".join(self.pieces(answer))

    def open(self, question: Question) -> Answer:
        """An accepted answer to the question; within a session, signing in anew at most once."""
        if question.proof is not Proof.SESSION:
            return self._ask(question, None)
        token = self._session(None)
        try:
            return self._ask(question, token)
        except SessionExpired:
            return self._ask(question, self._session(token))

    def pieces(self, answer: Answer) -> Iterator[bytes]:
        """The body as it travels.

        Raises:
            TransferCut: if it ends before its stated length.
        """
        stream = answer.response.iter_raw()
        while True:
            with self._road.counting(answer.countdown):
                try:
                    piece = next(stream, None)
                except TransferCut as error:
                    wanted = stated_length(answer.response.headers)
                    raise TransferCut(got=error.facts["got"], wanted=wanted) from error
            if piece is None:
                return
            yield piece
            if self._bandwidth is not None:
                self._rest(self._bandwidth.take(len(piece)))

    def persist(self, act: Callable[[], Answered]) -> Answered:
        """What `act` returns, tried again while its failures may pass."""
        failures = 0
        while True:
            try:
                return act()
            except CportError as error:
                failures += 1
                self.pause_or_raise(error, failures)

    def pause_or_raise(self, error: CportError, failures: int) -> None:
        """Wait as long as is decent after so many failures in a row.

        Raises:
            CportError: `error` itself, if another try is not worth it.
        """
        wait = wait_before_retry(
            error,
            failures=failures,
            persistence=self._terms.persistence,
            chance=self._terms.chance(),
        )
        if wait is None:
            raise error
        self._rest(wait)

    def _rest(self, seconds: float) -> None:
        """So long nothing is done; a cancel is noticed soon.

        Raises:
            Cancelled: somebody stopped it.
        """
        while seconds > 0:
            if self._terms.is_cancelled():
                raise Cancelled
            self._terms.sleep(min(seconds, NOTICE_WITHIN))
            seconds -= NOTICE_WITHIN

    def _session(self, stale: str | None) -> str:
        """A token that is not `stale`: the one at hand, a renewed one, or that of a new session.

        One that the portal refused is not renewed: whatever ended the session ended that too.
        """
        with self._lock:
            if self._token is not None:
                kept, until = self._token
                if kept.token == stale:
                    self._token = None
                elif self._clock.monotonic() < until:
                    return kept.token
            asked_at = self._clock.monotonic()
            fresh = self._renewed() or self._signed_in()
            self._token = (fresh, asked_at + fresh.expires_in * SESSION_MARGIN)
            return fresh.token

    def _renewed(self) -> SessionToken | None:
        """The session goes on; None if it cannot. What renews it is good once, and is let go of
        before it is used: an answer that was lost is not asked for again.
        """
        kept, self._token = self._token, None
        if kept is None or kept[0].refresh_token is None:
            return None
        body = print_refresh(kept[0].refresh_token)
        question = Question(
            "POST",
            "/v1/token/refresh",
            Proof.SIGNED,
            missing=SessionExpired(),
            body=body,
            headers={"Content-Type": "application/json"},
        )
        try:
            return parse_token(self.message(question, limit=LONGEST_SESSION_MESSAGE))
        except SessionExpired:
            return None

    def _signed_in(self) -> SessionToken:
        question = Question("POST", "/v1/token", Proof.SIGNED, missing=AccessRevoked())
        return parse_token(self.message(question, limit=LONGEST_SESSION_MESSAGE))

    def _ask(self, question: Question, token: str | None) -> Answer:
        countdown = Countdown(self._terms.patience, is_whole_limited=question.is_message)
        request = self._request(question, token)
        with self._road.counting(countdown), self._telling_until():
            response = self._client.send(request, stream=True)
        answer = Answer(response, countdown)
        if response.status_code in question.accepted:
            return answer
        with closing(answer), self._telling_until():
            raise self._refusal(answer, question)

    @contextmanager
    def _telling_until(self) -> Iterator[None]:
        """Within, an error over our certificate's time says when that was over."""
        try:
            yield
        except StationCertificateExpired as error:
            until = None if self._shown is None else f"{self._shown.valid_until():%Y-%m-%d}"
            raise StationCertificateExpired(cause=error.facts["cause"], until=until) from error

    def _request(self, question: Question, token: str | None) -> httpx.Request:
        headers = dict(question.headers)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        # httpx gives an address without a path the path `/`.
        prefix = self._portal.raw_path.rstrip(b"/")
        url = self._portal.copy_with(raw_path=prefix + question.target.encode())
        request = self._client.build_request(
            question.method, url, headers=headers, content=question.body or None
        )
        if question.proof is not Proof.NONE:
            request.headers.update(self._signature(question, request.url))
        return request

    def _signature(self, question: Question, url: httpx.URL) -> Mapping[str, str]:
        if self._proof is None:
            raise NotEnrolled
        moment, nonce = iso_utc(self._clock.now()), self._terms.nonce(NONCE_SIZE).hex()
        signed = bytes_to_sign(
            question.method,
            url.raw_path.decode("ascii"),
            time=moment,
            nonce=nonce,
            body=question.body,
            range_header=question.headers.get("Range", ""),
        )
        return signed_headers(
            signed, self._proof.sign, station=self._proof.station, time=moment, nonce=nonce
        )

    def _refusal(self, answer: Answer, question: Question) -> CportError:
        response = answer.response
        refusal = Refusal(
            status=response.status_code,
            retry_after=response.headers.get("retry-after"),
            untrusted_body=self._beginning(answer),
        )
        return error_for(refusal, now=self._clock.now(), missing=question.missing)

    def _beginning(self, answer: Answer) -> bytes:
        """As much of a refusal's body as may matter. It only explains; the status decides."""
        body = b""
        try:
            with self._road.counting(answer.countdown):
                for piece in answer.response.iter_raw():
                    body += piece
                    if len(body) > LONGEST_SESSION_MESSAGE:
                        break
        except TransferCut:
            return body
        return body


def portal_address(url: str) -> httpx.URL:
    """The portal's address, without a slash at its end.

    Raises:
        ValueUnknown: if it is not `https://host[:port][/path]`.
    """
    try:
        address = httpx.URL(url.rstrip("/"))
    except httpx.InvalidURL:
        address = httpx.URL()
    is_bare = not (address.userinfo or address.query or address.fragment)
    # 63 characters a label: RFC 1035, 2.3.4; the resolver fails on longer ones in its own way.
    is_name = address.host and all(len(label) <= 63 for label in address.host.split("."))
    if address.scheme != "https" or not is_bare or not is_name:
        raise ValueUnknown(
            what="portal address", value=address.host or "?", accepted="https://host:port"
        )
    return address
