"""What Datasette calls: our pages, the guard and the fence, wherever one of its files is a database of newsig's."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote

import datasette as package
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from newsig import instruments, settings
from newsig.errors import NewsigError
from newsig.serve.answering import Answer, Site, answer, refusal
from newsig.serve.fencing import Fenced
from newsig.serve.guarding import HOSTS, Asgi, guarded
from newsig.store.schema import APPLICATION_ID

Hook = TypeVar("Hook", bound=Callable[..., Any])
hook: Callable[[Hook], Hook] = package.hookimpl
around: Callable[[Hook], Hook] = package.hookimpl(hookwrapper=True)

INTERRUPTED = "SQL Interrupted"
TOO_LONG = "This SQL took too long: ask for less."
AT_ONCE = 4
"""Pages that are made at once; others wait for their turn."""


def _is_ours(path: str | None) -> bool:
    """Whether a file is a database of newsig's, by the four bytes that mark it."""
    if path is None or not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        file.seek(68)
        return file.read(4) == APPLICATION_ID.to_bytes(4)


def _ours(datasette: Any) -> list[Any]:
    return [database for database in datasette.databases.values() if _is_ours(database.path)]


@hook
def startup(datasette: Any) -> None:
    """Put every database of newsig's behind the fence."""
    for database in _ours(datasette):
        name = database.name
        datasette.remove_database(name)
        datasette.add_database(Fenced(datasette, path=database.path, is_mutable=database.is_mutable), name=name)


@hook
def asgi_wrapper(datasette: Any) -> Callable[[Asgi], Asgi]:
    """The guard; further names that the site may be asked for by are ``hosts`` of the plugin's configuration."""
    if not _ours(datasette):
        return lambda app: app
    named = (datasette.plugin_config("newsig") or {}).get("hosts", ())
    return partial(guarded, hosts=(*HOSTS, *named))


@hook
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages, of the first database that is newsig's."""
    ours = _ours(datasette)
    if not ours:
        return []
    chosen = settings.load()
    instruments.choose(chosen.instruments, chosen.segments)
    site = Site(path=ours[0].path, database=ours[0].name, zone=chosen.zone)
    desk = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="newsig page")

    async def page(request: Any) -> Any:
        raw = request.scope.get("raw_path") or request.path.encode()
        path = unquote(raw.decode("latin-1").partition("?")[0])
        query = dict(parse_qsl(request.query_string, keep_blank_values=True))
        loop = asyncio.get_running_loop()
        return _response(await loop.run_in_executor(desk, partial(answer, site, path, query)))

    paths = ("", r"ask(?:\.csv|\.json)?", "article/.+", "day/.+", "sources", "source/.+", "symbol/.+", "segment/.+")
    return [(rf"/{path}$", page) for path in (*paths, "-/newsig/.+")]


@around
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Iterator[None]:
    """A sentence for the reader; Datasette would print a traceback for every slip in somebody's SQL."""
    outcome = yield
    if not _ours(datasette):
        return
    late = isinstance(exception, QueryInterrupted) or getattr(exception, "title", None) == INTERRUPTED
    status = 400 if late else getattr(exception, "status", 500)
    first = TOO_LONG if late else (str(getattr(exception, "message", exception)).splitlines() or [""])[0]
    if status == 500 and not isinstance(exception, NewsigError):
        sys.stderr.write(f"newsig: unexpected error ({type(exception).__name__}: {first}): please report it\n")
    outcome.force_result([_told(refusal(status, first, as_data=request.path.endswith(".json")))])  # type: ignore[attr-defined]


async def _told(told: Answer) -> Any:
    return _response(told)


def _response(told: Answer) -> Any:
    return Response(body=told.body, status=told.status, headers=dict(told.headers), content_type=told.kind)
