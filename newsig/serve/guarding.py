"""What stands before every request and behind every answer: who may ask, and what a browser may do with it.

A page of this computer is open to every program that a browser runs, if only a foreign name can be made to lead here
(DNS rebinding). So the name that was asked for must be one of this computer's.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from functools import cache
from importlib.resources import files
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

HOSTS = ("127.0.0.1", "localhost", "[::1]")
OURS = re.compile(r"/(|ask(\.csv|\.json)?|article/.*|day/.*|source/.*|sources|symbol/.*|segment/.*|-/newsig/.*)")
"""The paths of our own pages; all others are Datasette's."""

STRICT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Our pages have no script at all, and no style but their own sheet."""

LOOSER = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; script-src 'self' {scripts}"
)
"""Datasette's have styles in their tables, and scripts of their own, each of which is known by its digest."""

HEADERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
REFUSAL = b"403: this address is not one of newsig's. Ask for http://127.0.0.1 or http://localhost, with the port.\n"


def guarded(app: Asgi, hosts: Collection[str] = HOSTS) -> Asgi:
    """The application with the guard before it; ``hosts`` are the names, without ports, that may be asked for."""
    allowed = {host.lower() for host in hosts}

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["type"] != "http" or _host(scope) not in allowed:
            await _refuse(scope, send)
        else:
            await app(scope, receive, _with_headers(send, scope["path"]))

    return guard


def _host(scope: Scope) -> str | None:
    """The one name that was asked for, without its port."""
    named = [value for name, value in scope["headers"] if name.lower() == b"host"]
    return re.sub(r":\d*$", "", named[0].decode("latin-1")).lower() if len(named) == 1 else None


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(REFUSAL))]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL})


def _with_headers(send: Send, path: str) -> Send:
    policy = STRICT if OURS.fullmatch(path) else LOOSER.format(scripts=_datasettes_scripts())
    added = {**HEADERS, "content-security-policy": policy}

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message["headers"] if name.lower().decode("latin-1") not in added]
            put = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in added.items()]
            message = {**message, "headers": kept + put}
        await send(message)

    return answer


@cache
def _datasettes_scripts() -> str:
    """The digests of the scripts that stand in Datasette's own templates, word for word in every page."""
    templates = files("datasette") / "templates"
    texts = [one.read_text(encoding="utf-8") for one in templates.iterdir() if one.name.endswith(".html")]
    scripts = {script for text in texts for script in re.findall(r"<script>(.*?)</script>", text, re.DOTALL)}
    fixed = sorted(script for script in scripts if "{{" not in script and "{%" not in script)
    digests = (b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in fixed)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
