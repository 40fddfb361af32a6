"""What httpcore, OpenSSL and the operating system raise, as leaves of our tree.

no route, network down                  NoNetwork
no address for the name                 NameNotFound; NoNetwork where no way leads out at all
proxy not there, or not 2xx             ProxyRefused; 407: ProxyPasswordWanted
the portal's certificate                CertificateRejected, or its leaf for time and name
an alert over our certificate           StationCertificateRefused, or its leaf
no answer, refused, reset               Unreachable
closed after it began, garbage          Unreachable, MalformedMessage
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore

from cport_desktop.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOtherName,
    CertificateRejected,
    CportError,
    MalformedMessage,
    NameNotFound,
    NoNetwork,
    ProxyPasswordWanted,
    ProxyRefused,
    StationCertificateExpired,
    StationCertificateRefused,
    Unreachable,
)

_NO_WAY_OUT = frozenset({errno.ENETUNREACH, errno.ENETDOWN})

_NOT_PINNED = frozenset({7, 18, 19, 20, 21})
"""X509_V_ERR_… of OpenSSL's x509_vfy.h; 7 is an authority of the pinned one's name."""

_ALERTS = {
    "ALERT_CERTIFICATE_REVOKED": "it was revoked",
    "ALERT_UNKNOWN_CA": "it is not from an authority that the portal knows",
    "ALERT_DECRYPT_ERROR": "its signature does not hold there",
    "ALERT_BAD_CERTIFICATE": "it cannot be read there",
    "ALERT_UNSUPPORTED_CERTIFICATE": "it is of a kind that is not accepted there",
    "ALERT_CERTIFICATE_UNKNOWN": "it is not accepted there",
    "ALERT_CERTIFICATE_REQUIRED": "none was shown, and the portal wants one",
    "ALERT_ACCESS_DENIED": "it is not accepted there",
}
"""Ends of OpenSSL's names for the alerts of RFC 8446, 6.2, that speak of the client's certificate;
their beginnings differ from version to version."""

_PROXY_WANTS_PASSWORD = 407


@dataclass(frozen=True, slots=True)
class Way:
    """Where a question was going, and how."""

    host: str
    is_by_proxy: bool
    has_network: Callable[[], bool]


@contextmanager
def as_ours(way: Way) -> Iterator[None]:
    """Within, foreign errors become leaves of our tree."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError) as error:
        raise _network_error(error, way) from error
    except httpcore.RemoteProtocolError as error:
        # httpcore's own sentence for a connection closed before an answer began.
        if "disconnected" in str(error):
            raise Unreachable(cause="the connection was closed") from error
        raise MalformedMessage(where="answer", cause="not HTTP") from error
    except httpcore.ProxyError as error:
        raise _proxy_error(str(error)) from error


def _network_error(error: BaseException, way: Way) -> CportError:
    """The leaf for whatever lies at the bottom of a chain of causes."""
    is_connecting = isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout)
    for cause in _chain(error):
        if isinstance(cause, ssl.SSLError):
            return _tls_error(cause, way.host)
        if (found := _cause(cause, way, is_connecting=is_connecting)) is not None:
            return found
    return Unreachable(cause="the connection was lost")


def _cause(cause: BaseException, way: Way, *, is_connecting: bool) -> CportError | None:
    match cause:
        case socket.gaierror():
            return _no_address(way)
        case OSError(errno=number) if number in _NO_WAY_OUT:
            return NoNetwork(cause=errno.errorcode[number])
        case TimeoutError() | httpcore.TimeoutException():
            return _silence(way, is_connecting=is_connecting)
        case ConnectionRefusedError():
            return _nobody(way)
        case _:
            return None


def _tls_error(error: ssl.SSLError, host: str) -> CportError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_error(error, host)
    return _alert(error)


def _certificate_error(error: ssl.SSLCertVerificationError, host: str) -> CertificateRejected:
    match error.verify_code:
        case 9:
            return CertificateNotYetValid(cause="it is not valid yet, by this machine's clock")
        case 10:
            return CertificateExpired(cause="it has expired, by this machine's clock")
        case 62:
            return CertificateOtherName(cause="it is for another host name", host=host)
        case 64:
            return CertificateOtherName(cause="it is for another address", host=host)
        case code if code in _NOT_PINNED:
            return CertificateRejected(cause="it is not from the pinned authority")
        case _:
            return CertificateRejected(cause="it does not verify")


def _alert(error: ssl.SSLError) -> CportError:
    reason = str(getattr(error, "reason", "") or "").upper().replace(" ", "_")
    if reason.endswith("ALERT_CERTIFICATE_EXPIRED"):
        return StationCertificateExpired(cause="the portal says so", until=None)
    for end, cause in _ALERTS.items():
        if reason.endswith(end):
            return StationCertificateRefused(cause=cause)
    return Unreachable(cause="no TLS that is understood here")


def _no_address(way: Way) -> CportError:
    if not way.has_network():
        return NoNetwork(cause="ENETUNREACH")
    if way.is_by_proxy:
        return ProxyRefused(status=None, cause="its name has no address here")
    return NameNotFound(host=way.host)


def _silence(way: Way, *, is_connecting: bool) -> CportError:
    if way.is_by_proxy and is_connecting:
        return ProxyRefused(status=None, cause="it does not answer")
    return Unreachable(cause="too long without an answer")


def _nobody(way: Way) -> CportError:
    if way.is_by_proxy:
        return ProxyRefused(status=None, cause="nobody listens at its address")
    return Unreachable(cause="nobody listens there")


def _proxy_error(sentence: str) -> ProxyRefused:
    """The sentence of httpcore begins with the status; the proxy's own words follow."""
    number = sentence[:3]
    status = int(number) if number.isascii() and number.isdigit() else None
    if status == _PROXY_WANTS_PASSWORD:
        return ProxyPasswordWanted(status=status, cause=f"status {status}")
    said = "it does not speak HTTP" if status is None else f"status {status}"
    return ProxyRefused(status=status, cause=said)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
