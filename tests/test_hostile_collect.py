"""Collecting from servers that mean no good, beside one that means well."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsig import store
from newsig.records import Subscription
from tests.hostile import hostile
from tests.newsroom import done
from tests.wires import STORY, content, item, served

MEMORY = 150
"""Megabytes that `newsig collect` may take in all, though two bombs may be inflated at once."""

COLLECT = """
import atexit, json, sys
from pathlib import Path
from newsig.cli import main

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    megabytes = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
    print(json.dumps({"peak": megabytes, "pandas": "pandas" in sys.modules}))

atexit.register(peak)
main(sys.argv[1:])
"""

WAYS = {
    "/bomb-1gb": "is larger than",
    "/bomb-10gb": "is larger than",
    "/br": "though only gzip was asked for",
    "/gzip-gzip": "though only gzip was asked for",
    "/drip-body": "no complete answer within 10 s",
    "/drip-header": "no complete answer within 10 s",
    "/hang": "no complete answer within 10 s",
    "/short": "broke off",
    "/chunks-unfinished": "broke off",
    "/gzip-cut": "cut short",
    "/loop": "redirects more than 5 times",
    "/to-file": "http",
    "/to-metadata": "",
    "/two-lengths": "",
    "/length-absurd": "",
    "/chunk-negative": "",
    "/http-0.9": "",
}
"""What each way of misbehaving is called to a person."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read as Linux tells it")
def test_every_way_costs_its_own_feed_only(tmp_path: Path) -> None:
    database = tmp_path / "newsig.db"
    with ExitStack() as stack:
        wire = stack.enter_context(served())
        wire.feed(item(1, None, content(STORY)), etag='"1"')
        feeds = {f"{stack.enter_context(hostile()).url}{way}": said for way, said in WAYS.items()}
        with store.open_db(database) as db:
            for url in (*feeds, f"{wire.address}/feed"):
                store.add_feed(db, Subscription(url=url, added_at=datetime.now(UTC), private=True))
        (tmp_path / "newsig.toml").write_text("[collect]\ntimeout = 10\n", encoding="utf-8")
        status, said, errors = done("collect", "--db", database, code=COLLECT, cwd=tmp_path)
    counted, told = said.splitlines()
    assert (status, counted) == (1, f"{len(WAYS) + 1} feeds. 1 article: 1 new.")
    assert f"newsig: {len(WAYS)} of {len(WAYS) + 1} stories or feeds could not be collected" in errors
    assert json.loads(told)["peak"] < MEMORY
    assert not json.loads(told)["pandas"]
    with store.open_db(database, create=False) as db:
        states = {feed.url: feed for feed in store.list_feeds(db)}
        assert {url: said in str(states[url].error) for url, said in feeds.items()} == dict.fromkeys(feeds, True)
        assert all(states[url].error and states[url].etag is None and states[url].failing == 1 for url in feeds)
        assert states[f"{wire.address}/feed"].etag == '"1"'
        kept = {table: db.table(table).count for table in ("articles", "article_versions", "feed_entries")}
        assert kept == {"articles": 1, "article_versions": 1, "feed_entries": 1}
