"""What `parse_feed` makes of a collection of feeds and of mutations of them: each must be a feed or a `CollectError`.

::

    python -m benchmarks.feeds ARCHIVE [--mutations 20000 --seed 1]

ARCHIVE is a tar file of feeds, such as those that feedparser is tested with. Exits with 1 where anything else came of
one; the seed and the number of the mutation bring it back.
"""

from __future__ import annotations

import argparse
import random
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from newsig.collect.feeds import parse_feed
from newsig.errors import CollectError

URL = "https://example.org/feed.xml"
LARGEST = 200_000
"""Bytes from which on a mutation is cut short, so that many are tried in little time."""

TOKENS = rb"""
&#xD800;
&#x110000;
&#99999999999999999999;
&#x;
&#;
&#xZZ;
&#0;
&#27;
&#x202E;
&amp;#xD800;
&amp;amp;#xDFFF;
&nbsp;
&a.b;
&
]]>
<![CDATA[
<!--
-->
<?x
?>
<!DOCTYPE a [<!ENTITY b 'c'>]>
<!ENTITY x '&x;'>
<![
<!
<
>
</
"
'
<a href='http://[::1'>
<link>http://[x</link>
<link>javascript:1</link>
<guid>
<guid isPermaLink='true'>http://[</guid>
<item>
</item>
<entry>
</channel>
<title>
<content type='application/xhtml+xml' mode='base64'>////</content>
 xml:base='http://['
 xmlns='x'
<pubDate>Wed, 32 Foo 2024 99:99:99 +9999</pubDate>
<dc:date>9999-12-31T23:59:60-14:00</dc:date>
<georss:point>x y</georss:point>
<gml:pos srsDimension='x'>1 2</gml:pos>
<itunes:duration>&#1;</itunes:duration>
<psc:chapter start='x'/>
<at:deleted-entry ref='x' when='y'/>
<media:content url='http://['/>
<textInput><link>x</link></textInput>
<source>
<author>(
"""[1:-1].split(b"\n")
"""What parsers have stumbled over."""

TOKENS += [b"\0", b"\x1b]0;x\x07", b"\x9b", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"\xe2\x80\xae"]
TOKENS += [b"&#" + b"9" * 5000 + b";", b"<b>" * 300, "<link>é://é</link>".encode()]
CHARSETS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "latin-1", "cp037", "shift_jis", "utf-7")


def feeds(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive by their names."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if (file := tar.extractfile(member)) is not None:
                yield member.name, file.read()


def mutated(body: bytes, chance: random.Random) -> bytes:
    """A feed with one to four things wrong."""
    for _ in range(chance.randint(1, 4)):
        body = chance.choice(MUTATIONS)(body[:LARGEST], chance)
    return body


def _flipped(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(min(len(body), chance.choice((1, 1, 5, 50)))):
        changed[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randint(0, len(body))]


def _doubled(body: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(body)) for _ in range(2))
    return body[:end] + body[start:end] * chance.choice((1, 1, 3)) + body[end:]


def _dropped(body: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(body))
    return body[:start] + body[start + chance.randint(1, 200) :]


def _inserted(body: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randint(0, len(body))
        if chance.random() < 0.5:  # where markup or text begins, as often as anywhere
            at = max(body.find(chance.choice((b">", b"<", b" ")), at), 0)
        body = body[:at] + chance.choice(TOKENS) + body[at:]
    return body


def _recoded(body: bytes, chance: random.Random) -> bytes:
    return body.decode("utf-8", "replace").encode(chance.choice(CHARSETS), "replace")


def _nested(body: bytes, chance: random.Random) -> bytes:
    at, deep = chance.randint(0, len(body)), chance.choice((20, 300))
    tag = chance.choice((b"div", b"item", b"entry", b"content", b"source", b"title"))
    return body[:at] + (b"<" + tag + b">") * deep + body[at:]


MUTATIONS = (_flipped, _cut, _doubled, _dropped, _inserted, _inserted, _inserted, _recoded, _nested)


class Count:
    """What came of the feeds so far."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.items = 0
        self.failures = 0
        self.slowest = (0.0, "")

    def parse(self, name: str, body: bytes) -> None:
        """Parse one feed and count; an uncaught exception is printed with its name."""
        began = time.perf_counter()
        try:
            feed = parse_feed(body, URL, "application/xml")
            self.outcomes["parsed"] += 1
            self.items += len(feed.entries)
            self.failures += len(feed.failures)
        except CollectError:
            self.outcomes["refused"] += 1
        except Exception as error:
            self.outcomes["uncaught"] += 1
            print(f"{name}: {type(error).__name__}: {error}"[:200])
        self.slowest = max(self.slowest, (time.perf_counter() - began, name))


def main() -> None:
    """Parse all of them and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feeds", description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path, help="a tar file of feeds")
    parser.add_argument("--mutations", type=int, default=20_000, help="how many are made (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="what they are drawn by (default: 1)")
    asked = parser.parse_args()
    originals = list(feeds(asked.archive))
    count, began = Count(), time.perf_counter()
    for name, body in originals:
        count.parse(name, body)
    whole = dict(count.outcomes)
    print(f"{len(originals)} feeds: {whole}, {count.items} items, {count.failures} failed")
    for number in range(asked.mutations):
        chance = random.Random(f"{asked.seed}-{number}")
        name, body = chance.choice(originals)
        count.parse(f"{name}, mutation {asked.seed}-{number}", mutated(body, chance))
    for outcome in ("parsed", "refused", "uncaught"):
        print(f"{outcome:9}{count.outcomes[outcome]:8}")
    print(f"items    {count.items:8}")
    print(f"failures {count.failures:8}")
    print(f"slowest  {count.slowest[0]:8.2f} s ({count.slowest[1]})")
    print(f"in all   {time.perf_counter() - began:8.0f} s")
    sys.exit(1 if count.outcomes["uncaught"] else 0)


if __name__ == "__main__":
    main()
