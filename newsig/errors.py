"""What can go wrong, as one tree.

::

    NewsigError                a sentence for a person; the command ends with exit status 2
    ├── SettingsError          the settings file or an environment variable cannot be used
    ├── CollectError           a feed or page could not be fetched or parsed
    │   ├── AddressRefused     it may not be asked: no web address, or no public one
    │   ├── Unreachable        nobody could be found or connected to
    │   ├── TooSlow            no complete answer in the time allowed
    │   ├── TooLarge           more bytes than allowed: a body, a header, or what came over the wire
    │   ├── CutShort           the answer broke off before its end
    │   ├── BadAnswer          the answer cannot be understood: no HTTP, not the encoding asked for, endless redirects
    │   └── Refused            the answer has another status than 200; the status is kept
    ├── ReadError              a file, line or page is not a readable article
    ├── ModelError             the language model is absent, or is not the pinned one
    ├── StoreError             the database is absent, busy, newer than this program, or no database
    ├── StorageError           a folder or file elsewhere cannot be used, or a folder of findings is not whole
    ├── ClusterError           the work could not be spread over a cluster
    ├── PriceError             a price file cannot be read, or prices could not be had
    ├── CompareError           a comparison with prices cannot be made
    ├── ServeError             the pages cannot be served, or one of them not be made
    └── ApartError             work done in a process of its own came to nothing
        ├── OverdueError       it did not end in time
        ├── HungryError        it needed more memory than it may
        ├── CrashError         the process ended under it
        ├── StartError         no process could be started
        └── RaisedError        it raised an exception that is none of these

One bad article, line, feed or price row is recorded as a `newsig.records.Failure` and never stops the others; these
exceptions carry the sentence of that record (``CollectError``, ``ReadError``), or end a command that cannot go on.
"""

from __future__ import annotations

from typing import ClassVar, Literal

NoStory = Literal[
    "empty", "not_html", "too_large", "too_deep", "no_story", "paywall", "consent", "bot_check", "login", "not_found",
    "list", "live_blog",
]  # fmt: skip
"""Why a web page gave no article: there is nothing in it, nothing that can be read, or something else than a story."""


class NewsigError(Exception):
    """Base of all errors that newsig raises on purpose; ``str(error)`` is fit for a person to read."""


class SettingsError(NewsigError):
    """The settings file or an environment variable cannot be used."""


class CollectError(NewsigError):
    """A feed or page could not be fetched or parsed.

    ``passing`` says that the same request may well succeed later: there was no answer in time, it broke off, or its
    status was 429 or above 499. ``retry_after`` is the server's header of that name, as it came. ``place`` is the
    address that was asked for, as people may see it; where it is set, it stands before the sentence.
    """

    def __init__(self, message: str = "", *, passing: bool = False, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.passing = passing
        self.retry_after = retry_after
        self.place = ""

    def __str__(self) -> str:
        return f"{self.place}: {super().__str__()}" if self.place else super().__str__()


class AddressRefused(CollectError):
    """An address that may not be asked: it is none of the web, or stands for a computer that is not public."""


class Unreachable(CollectError):
    """Nobody could be found or connected to; passing."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message, passing=True)


class TooSlow(CollectError):
    """No complete answer in the time allowed; passing."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message, passing=True)


class TooLarge(CollectError):
    """More bytes than allowed: a body, a header, or what came over the wire."""


class CutShort(CollectError):
    """The answer broke off before its end; passing."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message, passing=True)


class BadAnswer(CollectError):
    """An answer that cannot be understood: no HTTP, not the encoding asked for, or endless redirects."""


class Refused(CollectError):
    """An answer with another status than 200; passing where ``status`` is 429 or above 499."""

    def __init__(self, message: str = "", *, status: int = 0, retry_after: str | None = None) -> None:
        super().__init__(message, passing=status == 429 or status >= 500, retry_after=retry_after)
        self.status = status


class ReadError(NewsigError):
    """A file, line or page is not a readable article; of a web page ``cause`` tells in one word why not."""

    def __init__(self, message: str = "", *, cause: NoStory | None = None) -> None:
        super().__init__(message)
        self.cause = cause


class ModelError(NewsigError):
    """The language model is absent, or is not the one that was pinned.

    ``passing`` says that the same model may well be there later: it was asked for over the network.
    """

    def __init__(self, message: str = "", *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class StoreError(NewsigError):
    """The database is absent, busy, newer than this program, or no database; or one record does not fit into it.

    ``for_all`` says that the trouble is with the database itself, so that storing on is no use; ``passing`` that the
    same may well succeed later, because another program was writing, the disk was full or it did not answer.
    """

    def __init__(self, message: str = "", *, for_all: bool = False, passing: bool = False) -> None:
        super().__init__(message)
        self.for_all = for_all
        self.passing = passing


class StorageError(NewsigError):
    """A folder or file elsewhere cannot be opened, read or written, or a folder of findings is not what it says."""


class ClusterError(NewsigError):
    """The work could not be spread over a cluster: Ray is not installed, not to be reached, or broke off."""


class PriceError(NewsigError):
    """A price file cannot be read, or prices could not be had.

    ``for_all`` says that the provider would refuse every other symbol, too, so that asking on is no use.
    """

    def __init__(self, message: str = "", *, for_all: bool = False) -> None:
        super().__init__(message)
        self.for_all = for_all


class CompareError(NewsigError):
    """A comparison with prices cannot be made."""


class ServeError(NewsigError):
    """The pages cannot be served, or one of them cannot be made of what was asked for."""


class ApartError(NewsigError):
    """Work that was done in a process of its own came to nothing; ``cause`` says why, for a program.

    The message is the rest of a sentence that begins with what was worked on: "needed more than 1,024 MB of memory".
    """

    cause: ClassVar[Literal["time", "memory", "crash", "start", "exception"]]


class OverdueError(ApartError):
    """It did not end in time."""

    cause = "time"


class HungryError(ApartError):
    """It needed more memory than it may."""

    cause = "memory"


class CrashError(ApartError):
    """The process ended under it."""

    cause = "crash"


class StartError(ApartError):
    """No process could be started to do it in; it says nothing of the work."""

    cause = "start"


class RaisedError(ApartError):
    """It raised an exception that is none of newsig's."""

    cause = "exception"
