"""``newsig`` with its commits in a wrong order: marks of a feed are kept before its stories. A test must catch it."""

from __future__ import annotations

from dataclasses import dataclass

from newsig import store
from newsig.cli import main
from newsig.collect.schedule import answered
from newsig.run import collecting, visits


@dataclass(slots=True)
class Early(visits.Visit):
    """A visit that promises too early that all is in."""

    def take_in(self) -> None:
        desk = self.outing.desk
        store.save_feed(desk.db, answered(self.feed, self.answer, desk.clock(), keep_marks=True))
        visits.Visit.take_in(self)


if __name__ == "__main__":
    collecting.Visit = Early  # type: ignore[misc]
    main()
