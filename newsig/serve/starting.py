"""Starting the server: on this computer's own address, for a database that is there and that this newsig can read."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from newsig import instruments, store
from newsig.errors import ServeError
from newsig.serve.fencing import MILLISECONDS, ROWS
from newsig.settings import Settings

ADDRESS = "127.0.0.1"
SETTINGS = {
    "sql_time_limit_ms": MILLISECONDS,
    "max_returned_rows": ROWS,
    "allow_download": False,
    "suggest_facets": False,
}
PLUGIN = "newsig"
"""The name that the plugin is installed under."""


def serve(path: str, settings: Settings, port: int, told: Callable[[str], None]) -> None:
    """Serve the pages of a database until somebody stops it; ``told`` hears the address once they can be asked for.

    ``port`` 0 is a free one.

    Raises:
        StoreError: the database is absent, no database, or of another schema.
        SettingsError: the user's instruments or segments cannot be used.
        ServeError: the port is taken, or may not be used.
    """
    instruments.choose(settings.instruments, settings.segments)
    with closing(store.open_to_read(path).conn), closing(listening(port)) as listener:
        _run(path, listener, told)


def listening(port: int) -> socket.socket:
    """A socket that hears at a port of this computer, and at none of its other addresses.

    Raises:
        ServeError: the port is taken, or may not be used.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        why = {
            errno.EADDRINUSE: "is taken by another program",
            errno.EACCES: "may not be used by you",
        }.get(error.errno or 0, f"cannot be used ({error.strerror})")
        raise ServeError(f"port {port} {why}: name another one with --port, or 0 for one that is free") from error
    return listener


def _run(path: str, listener: socket.socket, told: Callable[[str], None]) -> None:
    import uvicorn
    from datasette.app import Datasette
    from datasette.plugins import pm

    from newsig.serve import plugin

    if not pm.has_plugin(PLUGIN):  # as in a checkout that is not installed
        pm.register(plugin, PLUGIN)
    held = [str(Path(path).absolute())]
    writable = store.may_be_written(path)
    site = Datasette(held if writable else [], immutables=[] if writable else held, settings=SETTINGS)
    config = uvicorn.Config(site.app(), log_level="warning", lifespan="on", server_header=False)
    told(f"http://{ADDRESS}:{listener.getsockname()[1]}/")
    uvicorn.Server(config).run(sockets=[listener])
