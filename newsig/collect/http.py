"""The one fetcher: bounded in time and in size, and honest about who asks.

Only gzip is asked for and only gzip is undone, by `zlib` with a limit on what comes out: httpx's own decoders inflate
a whole chunk from the wire before anybody can count it. A redirect's body is never read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

import httpcore
import httpx

from newsig import __version__
from newsig.collect.deadline import Deadline, Transport
from newsig.errors import CollectError

MAX_BYTES = 15 * 1024 * 1024
"""The largest body taken, after decompression."""

MAX_REDIRECTS = 5
USER_AGENT = f"newsig/{__version__}"
GZIP_NAMES = ("gzip", "x-gzip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer in full. ``url`` is the address that gave it, after redirects.

    ``body`` is decompressed, and empty where ``not_modified``. ``etag`` and ``last_modified`` are the server's own
    bytes as Latin-1 text, to be sent back as they are; ``content_type`` is the header, parameters included.
    """

    url: str
    status: int
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False


class Fetch(Protocol):
    """What collecting needs of a fetcher: `fetch` with its ``timeout`` given, or a stand-in."""

    def __call__(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Response:
        """The answer at ``url``; raises `CollectError`."""


def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    timeout: float,
    max_bytes: int = MAX_BYTES,
) -> Response:
    """Ask once for ``url`` and return the whole answer.

    ``timeout`` is in seconds and covers everything, redirects included. With ``etag`` or ``last_modified`` of an
    earlier answer, the server may say that nothing changed (``not_modified``).

    Raises:
        CollectError: no complete answer with status 200, or 304 where asked for; it names the address and the cause.
    """
    headers = {b"User-Agent": USER_AGENT.encode(), b"Accept": b"*/*", b"Accept-Encoding": b"gzip"}
    for name, value in ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified)):
        if value:
            headers[name] = value.encode("latin-1", "replace")
    try:
        # trust_env off: neither a .netrc's passwords nor a proxy that would escape the deadline
        with httpx.Client(transport=Transport(Deadline(timeout)), trust_env=False) as client:
            answer = _follow(client, httpx.Request("GET", url, headers=list(headers.items())))
            return _taken(answer, conditional=bool(etag or last_modified), max_bytes=max_bytes)
    except _Refused as error:
        raise CollectError(f"{shown(url)}: {error}", passing=error.passing, retry_after=error.retry_after) from error
    except httpcore.TimeoutException as error:
        raise CollectError(f"{shown(url)}: no complete answer within {timeout:g} s", passing=True) from error
    except httpcore.ConnectError as error:
        raise CollectError(f"{shown(url)}: could not connect ({_cause(error)})", passing=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.RemoteProtocolError) as error:
        broken = f"{shown(url)}: the answer broke off or is no HTTP ({_cause(error)})"
        raise CollectError(broken, passing=True) from error
    except (httpx.InvalidURL, UnicodeError, OverflowError) as error:
        raise CollectError(f"{shown(url)}: is no address that can be asked ({error})") from error


def shown(url: str) -> str:
    """An address as people may see it: without user name and password, control characters escaped.

    >>> shown("https://me:secret@example.org/feed")
    'https://example.org/feed'
    """
    scheme, separator, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    bare = scheme + separator + host.rpartition("@")[2] + slash + path
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in bare)


class _Refused(Exception):  # noqa: N818 - it says what the answer was, never leaves this module
    """An answer that came but is not taken; the message is the rest of the sentence."""

    def __init__(self, message: str, *, passing: bool = False, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.passing = passing
        self.retry_after = retry_after


def _follow(client: httpx.Client, request: httpx.Request) -> httpx.Response:
    for _ in range(MAX_REDIRECTS + 1):
        if request.url.scheme not in ("http", "https"):
            raise _Refused(f"only http and https addresses are fetched, not {shown(str(request.url))!r}")
        answer = client.send(request, stream=True, follow_redirects=False)
        if answer.next_request is None:
            return answer
        answer.close()
        request = answer.next_request
    raise _Refused(f"redirects more than {MAX_REDIRECTS} times")


def _taken(answer: httpx.Response, *, conditional: bool, max_bytes: int) -> Response:
    not_modified = conditional and answer.status_code == HTTPStatus.NOT_MODIFIED
    if answer.status_code != HTTPStatus.OK and not not_modified:
        raise _Refused(
            f"answered {_status(answer.status_code)}",
            passing=answer.status_code == HTTPStatus.TOO_MANY_REQUESTS or answer.status_code >= 500,
            retry_after=_header(answer, b"retry-after"),
        )
    return Response(
        url=shown(str(answer.url)),
        status=answer.status_code,
        body=b"" if not_modified else _body(answer, max_bytes),
        content_type=_header(answer, b"content-type"),
        etag=_header(answer, b"etag"),
        last_modified=_header(answer, b"last-modified"),
        not_modified=not_modified,
    )


def _status(code: int) -> str:
    # the phrase of the standard, not the server's, which may say anything
    return f"{code} {HTTPStatus(code).phrase}" if code in HTTPStatus._value2member_map_ else str(code)


def _header(answer: httpx.Response, name: bytes) -> str | None:
    values = [value for key, value in answer.headers.raw if key.lower() == name]
    return values[0].decode("latin-1") if values else None


def _body(answer: httpx.Response, max_bytes: int) -> bytes:
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding in GZIP_NAMES:
        return _inflated(answer.iter_raw(), max_bytes)
    if encoding not in ("", "identity"):
        raise _Refused(f"is encoded as {shown(encoding)!r}, though only gzip was asked for")
    body = bytearray()
    for chunk in answer.iter_raw():
        body += chunk
        _check_size(len(body), max_bytes)
    return bytes(body)


def _inflated(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body, received = bytearray(), 0
    member = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for chunk in chunks:
            received += len(chunk)
            _check_size(received, max_bytes)
            while chunk:
                if member.eof:  # a gzip body may be several members in a row
                    member = zlib.decompressobj(16 + zlib.MAX_WBITS)
                body += member.decompress(chunk, max_bytes + 1 - len(body))
                _check_size(len(body), max_bytes)
                chunk = member.unused_data
    except zlib.error as error:
        raise _Refused(f"sent a damaged gzip body ({error})") from error
    if received and not member.eof:
        raise _Refused("sent a gzip body that is cut short")
    return bytes(body)


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise _Refused(f"is larger than {max_bytes:,} bytes")


def _cause(error: BaseException) -> str:
    inner: BaseException | None = error
    while inner is not None:  # the system's own words stand at the bottom, without the number in front
        if words := getattr(inner, "strerror", None):
            return str(words)
        inner = inner.__cause__ or inner.__context__
    return str(error) or type(error).__name__
