"""Who may ask: the checks that every signed request goes through, in this order.

1. The station is enrolled and not revoked.
2. The request is signed with its key, to the byte: method, target, time, nonce, body, range.
3. Its time is within five minutes of the gateway's.
4. Its nonce is new. Nonces are kept for as long as a request with them could still be on time.
5. Its session's token is good, except for the request that asks for one or renews it.

Where TLS is spoken, the connection's certificate is looked at as well: it is the station's own, and
in its time. A station that enrolled before there were any certificates shows none.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.crypto import message_keys
from cport_desktop.demo.ledger import Ledger, StationRecord, TokenPair
from cport_desktop.domain.ids import StationId
from cport_desktop.errors import (
    AccessRevoked,
    ClockSkew,
    MalformedMessage,
    SessionExpired,
    SignatureInvalid,
    StationCertificateExpired,
    StationCertificateRefused,
)
from cport_desktop.formats.request_signing import (
    LARGEST_SKEW_SECONDS,
    NONCE_HEADER,
    TIME_HEADER,
    bytes_to_sign,
)
from cport_desktop.formats.session_message import SessionToken, parse_refresh

SESSION_SECONDS: Final = 1800
"""A token is good for half an hour, as ICCAM's are."""

RENEWABLE_SECONDS: Final = 12 * 3600
"""A session can be renewed for a long working day after it was last renewed."""

_NONCE: Final = re.compile(r"[0-9a-f]{32}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as it came in. Texts are empty where a header was missing; `token` without
    `Bearer`.
    """

    method: str
    target: str
    body: bytes
    station: str
    time: str
    nonce: str
    signature: str
    range_header: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class PeerCertificate:
    """What a connection's certificate says; TLS has checked that it comes from our authority.

    `key`: the public key, SubjectPublicKeyInfo in DER.
    """

    key: bytes
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Admission:
    ledger: Ledger
    clock: Clock

    def admit(self, request: SignedRequest) -> StationId:
        """The station that asks, within a session.

        Raises:
            AccessRevoked, SignatureInvalid, MalformedMessage, ClockSkew: by the checks 1 to 4.
            SessionExpired: by check 5.
        """
        station = self._signed_by(request)
        digest = _token_digest(request.token)
        if not self.ledger.has_token(digest, station, now=self.clock.now().timestamp()):
            raise SessionExpired
        return station

    def open_session(self, request: SignedRequest) -> SessionToken:
        """A new session for the station that asks.

        Raises:
            AccessRevoked, SignatureInvalid, MalformedMessage, ClockSkew: by the checks 1 to 4.
        """
        return self._tokens(self._signed_by(request), secrets.token_hex(16))

    def renew_session(self, request: SignedRequest) -> SessionToken:
        """The session of the station that asks goes on, with other tokens.

        Raises:
            AccessRevoked, SignatureInvalid, MalformedMessage, ClockSkew: by the checks 1 to 4.
            SessionExpired: by what it shows no session can be renewed, or it was used before;
                then the session has ended, for whoever else holds its tokens too.
        """
        station = self._signed_by(request)
        shown = _token_digest(parse_refresh(request.body))
        session = self.ledger.use_refresh(shown, station, now=self.clock.now().timestamp())
        if session is None:
            raise SessionExpired
        return self._tokens(station, session)

    def require_certificate(self, station: str, peer: PeerCertificate | None) -> None:
        """Nothing, if the connection's certificate is that of the station, or it needs none.

        Raises:
            AccessRevoked: by check 1.
            StationCertificateExpired: its time is over, or has not begun, by the gateway's clock.
            StationCertificateRefused: none was shown, or it is another station's.
        """
        record = self.enrolled(station)
        if not record.transport_key:
            return
        if peer is None:
            raise StationCertificateRefused(cause="none was shown")
        if peer.key != record.transport_key:
            raise StationCertificateRefused(cause="another station's")
        if not peer.valid_from <= self.clock.now() <= peer.valid_until:
            raise StationCertificateExpired(cause="out of its time", until=None)

    def enrolled(self, station: str) -> StationRecord:
        """The record of a station that may ask.

        Raises:
            AccessRevoked: if it is not known, or no longer welcome.
        """
        record = self.ledger.station(station)
        if record is None or record.is_revoked:
            raise AccessRevoked
        return record

    def _tokens(self, station: StationId, session: str) -> SessionToken:
        token, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        now = self.clock.now().timestamp()
        pair = TokenPair(
            session=session,
            token=_token_digest(token),
            expires=now + SESSION_SECONDS,
            refresh=_token_digest(refresh),
            renewable_until=now + RENEWABLE_SECONDS,
        )
        self.ledger.save_tokens(pair, station, now=now)
        return SessionToken(token, SESSION_SECONDS, refresh)

    def _signed_by(self, request: SignedRequest) -> StationId:
        record = self.enrolled(request.station)
        if not message_keys.verify(record.station_key, _signed_bytes(request), _signature(request)):
            raise SignatureInvalid(what="request")
        self._require_on_time(request.time)
        self._require_new(record.station, request.nonce)
        return record.station

    def _require_on_time(self, time: str) -> None:
        if not _TIME.fullmatch(time):
            raise MalformedMessage(where=TIME_HEADER, cause="not a time in UTC")
        try:
            moment = datetime.fromisoformat(time).astimezone(UTC)
        except ValueError as error:
            raise MalformedMessage(where=TIME_HEADER, cause="not a time in UTC") from error
        skew = self.clock.now() - moment
        if abs(skew) > timedelta(seconds=LARGEST_SKEW_SECONDS):
            raise ClockSkew(seconds=round(skew.total_seconds()))

    def _require_new(self, station: StationId, nonce: str) -> None:
        if not _NONCE.fullmatch(nonce):
            raise MalformedMessage(where=NONCE_HEADER, cause="not 32 hex digits")
        now = self.clock.now().timestamp()
        forget = now - 2 * LARGEST_SKEW_SECONDS - 60
        if not self.ledger.use_nonce(station, nonce, now=now, forget=forget):
            raise SignatureInvalid(what="request sent twice")


def _signed_bytes(request: SignedRequest) -> bytes:
    try:
        return bytes_to_sign(
            request.method,
            request.target,
            time=request.time,
            nonce=request.nonce,
            body=request.body,
            range_header=request.range_header,
        )
    except ValueError as error:
        raise MalformedMessage(where="headers", cause="a line feed") from error


def _signature(request: SignedRequest) -> bytes:
    try:
        return base64.b64decode(request.signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignatureInvalid(what="request") from error


def _token_digest(token: str) -> bytes:
    # Only digests are kept: who reads the ledger cannot go on with somebody's session.
    return hashlib.sha256(token.encode()).digest()
