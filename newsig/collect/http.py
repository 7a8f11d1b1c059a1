"""The one fetcher: bounded in time and in size, particular about whom it asks, and honest about who asks.

It stands on httpcore alone: a client of httpx would inflate a whole chunk from the wire before anybody can count it,
keep cookies, and write addresses with their passwords into the log. A redirect's body is never read, and a password
goes to the very scheme, host and port that it was given for.
"""

from __future__ import annotations

import re
import ssl
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol, Self, cast

import httpcore
import httpx

from newsig import __version__
from newsig.collect.addresses import Resolve, system_resolve, web_address
from newsig.collect.bodies import check_size, decompressed
from newsig.collect.deadline import Allowance, Network
from newsig.errors import AddressRefused, BadAnswer, CollectError, CutShort, Refused, TooSlow, Unreachable
from newsig.settings import MAX_BYTES, MAX_HEADER, MAX_REDIRECTS, TIMEOUT

if TYPE_CHECKING:
    from newsig.settings import Settings

USER_AGENT = f"newsig/{__version__}"
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)

SAID = 200
"""Characters of others' words that an error repeats."""

_USER = re.compile(
    r"(?<=//)(?:[^/?#]*@|"
    r"[^/?#@:\[]*:(?!\d*(?:[/?#]|$)).*@)"  # a slash within the password, which no address may have
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost.

    ``seconds`` covers everything, redirects and looking up names included. ``max_bytes`` is the largest body taken,
    after decompression; ``max_header`` what may come before the body, on each of at most ``max_redirects`` + 1 hops.
    """

    seconds: float = TIMEOUT
    max_bytes: int = MAX_BYTES
    max_header: int = MAX_HEADER
    max_redirects: int = MAX_REDIRECTS

    @classmethod
    def of(cls, chosen: Settings) -> Self:
        """The limits that a user has set."""
        return cls(
            seconds=chosen.timeout,
            max_bytes=chosen.max_bytes,
            max_header=chosen.max_header,
            max_redirects=chosen.max_redirects,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer in full. ``url`` is the address that gave it, after redirects.

    ``permanent`` is that address where the one asked for has moved there for good, by the word of every redirect on
    the way; null otherwise, and where a password was given, which a move might take elsewhere.

    ``body`` is decompressed, and empty where ``not_modified``. ``whole`` is false where the server told neither its
    length nor its end: such a body may be cut short, so that ``etag`` and ``last_modified`` must not be kept. These
    are the server's own bytes as Latin-1 text, to be sent back as they are; ``content_type`` is the header,
    parameters included.
    """

    url: str
    status: int
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    permanent: str | None = None
    whole: bool = True


class Fetch(Protocol):
    """What collecting needs of a fetcher: `fetch` with its ``limits`` given, or a stand-in."""

    def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, private: bool = False
    ) -> Response:
        """The answer at ``url``; raises `CollectError`."""


def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limits: Limits,
    private: bool = False,
    resolve: Resolve = system_resolve,
    backend: httpcore.NetworkBackend | None = None,
) -> Response:
    """Ask once for ``url`` and return the whole answer.

    With ``etag`` or ``last_modified`` of an earlier answer, the server may say that nothing changed
    (``not_modified``). ``private`` permits addresses of one's own network, redirects to them included. ``resolve``
    gives the IP addresses of a host and ``backend`` connects to one of them; both are the system's by default.

    Raises:
        CollectError: no complete answer with status 200, or 304 where asked for; it names the address and the cause.
            Its subclasses in `newsig.errors` tell the causes apart.
    """
    allowance = Allowance(limits.seconds)
    network = Network(allowance, private=private, resolve=resolve, backend=backend or httpcore.SyncBackend())
    headers = _asking(etag, last_modified)
    with (
        _told(url, limits, allowance),
        httpcore.ConnectionPool(ssl_context=_tls(), network_backend=network) as pool,
    ):
        asked = at = web_address(url)
        moved, for_good = False, not asked.userinfo
        for _ in range(limits.max_redirects + 1):
            allowance.allow(limits.max_header, "the header of the answer")
            answer = pool.handle_request(_request(at, asked, headers))
            target = _target(answer, at)
            if target is None:
                permanent = at if moved and for_good else None
                allowance.allow(2 * limits.max_bytes + limits.max_header, "what came over the wire")
                return _taken(answer, at, permanent, conditional=bool(etag or last_modified), limits=limits)
            answer.close()
            at, moved, for_good = target, True, for_good and answer.status in FOR_GOOD
        raise BadAnswer(f"redirects more than {limits.max_redirects} times")


def shown(url: str) -> str:
    """An address as people may see it: without user name and password, control characters escaped.

    >>> shown("https://me:secret@example.org/feed")
    'https://example.org/feed'
    """
    return _printable(_USER.sub("", url))


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


@contextmanager
def _told(url: str, limits: Limits, allowance: Allowance) -> Iterator[None]:
    """Whatever goes wrong inside, as a `CollectError` that names the address asked for."""
    try:
        try:
            yield
        except httpcore.TimeoutException as error:
            raise TooSlow(f"no complete answer within {limits.seconds:g} s") from error
        except httpcore.ConnectError as error:
            raise Unreachable(f"could not connect ({_cause(error)})") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            if allowance.ended or isinstance(error, httpcore.NetworkError):
                raise CutShort(f"the answer broke off ({_cause(error)})") from error
            raise BadAnswer(f"the answer is no HTTP ({_cause(error)})", passing=True) from error
    except CollectError as error:
        error.place = shown(url)
        raise


def _asking(etag: str | None, last_modified: str | None) -> list[tuple[bytes, bytes]]:
    headers = [(b"User-Agent", USER_AGENT.encode()), (b"Accept", b"*/*"), (b"Accept-Encoding", b"gzip")]
    for name, value in ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified)):
        if value:
            headers.append((name, value.encode("latin-1", "replace")))
    return headers


def _request(at: httpx.URL, asked: httpx.URL, headers: list[tuple[bytes, bytes]]) -> httpcore.Request:
    mine = [(b"Host", at.netloc), *headers]
    if asked.userinfo and _origin(at) == _origin(asked):
        mine.append((b"Authorization", b"Basic " + b64encode(f"{asked.username}:{asked.password}".encode())))
    url = httpcore.URL(scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path)
    return httpcore.Request(b"GET", url, headers=mine)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _target(answer: httpcore.Response, at: httpx.URL) -> httpx.URL | None:
    """Where a redirect leads; None where the answer is none."""
    location = _header(answer, b"location")
    if answer.status not in REDIRECTS or location is None:
        return None
    try:
        return web_address(str(at.join(location.encode("latin-1").decode("utf-8", "replace"))))
    except (httpx.InvalidURL, ValueError, AddressRefused) as error:
        raise AddressRefused(f"redirects to {shown(location)[:SAID]!r}, but only web addresses are fetched") from error


def _taken(
    answer: httpcore.Response, at: httpx.URL, permanent: httpx.URL | None, *, conditional: bool, limits: Limits
) -> Response:
    not_modified = conditional and answer.status == HTTPStatus.NOT_MODIFIED
    if answer.status != HTTPStatus.OK and not not_modified:
        told = f"answered {_status(answer.status)}"
        raise Refused(told, status=answer.status, retry_after=_header(answer, b"retry-after"))
    body, whole = (b"", True) if not_modified else _body(answer, limits.max_bytes)
    return Response(
        url=shown(str(at)),
        status=answer.status,
        body=body,
        content_type=_header(answer, b"content-type"),
        etag=_header(answer, b"etag"),
        last_modified=_header(answer, b"last-modified"),
        not_modified=not_modified,
        permanent=shown(str(permanent)) if permanent else None,
        whole=whole,
    )


def _status(code: int) -> str:
    # the phrase of the standard, not the server's, which may say anything
    return f"{code} {HTTPStatus(code).phrase}" if code in HTTPStatus._value2member_map_ else str(code)


def _headers(answer: httpcore.Response, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in answer.headers if key.lower() == name]


def _header(answer: httpcore.Response, name: bytes) -> str | None:
    return next(iter(_headers(answer, name)), None)


def _body(answer: httpcore.Response, max_bytes: int) -> tuple[bytes, bool]:
    """The body, and whether the server told where it ends; then httpcore has made sure that it is all there."""
    length = _header(answer, b"content-length")
    whole = length is not None or _header(answer, b"transfer-encoding") is not None
    check_size(int(length or 0), max_bytes)
    encoding = ", ".join(_headers(answer, b"content-encoding"))
    return decompressed(cast("Iterable[bytes]", answer.stream), encoding, max_bytes, may_be_empty=whole), whole


def _cause(error: BaseException) -> str:
    inner: BaseException | None = error
    while inner is not None:  # the system's own words stand at the bottom, without the number in front
        if words := getattr(inner, "strerror", None):
            return _printable(str(words))
        inner = inner.__cause__ or inner.__context__
    return _printable(str(error))[:SAID] or type(error).__name__


@cache
def _tls() -> ssl.SSLContext:
    # loading the certificates takes longer than many a request
    return httpx.create_ssl_context()
