-- What collecting from the real world must remember. A story's own words on its time: "updated" is when this version was
-- made, "date_text" the date as written and "date_doubt" why "published" tells less than that. "standing" is 'corrected'
-- or 'withdrawn' where the sender says so.
ALTER TABLE article_versions ADD COLUMN updated TEXT;
ALTER TABLE article_versions ADD COLUMN date_text TEXT;
ALTER TABLE article_versions ADD COLUMN date_doubt TEXT;
ALTER TABLE article_versions ADD COLUMN standing TEXT CHECK (standing IN ('corrected', 'withdrawn'));

-- The names under which an article was met: its guid within a feed ("feed", newline, guid), its canonical link, and the
-- digest of its title and text. The first that fits tells which article a story is; nothing is ever merged.
CREATE TABLE article_keys (
  kind TEXT NOT NULL CHECK (kind IN ('guid', 'link', 'content')),
  key TEXT NOT NULL,
  article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  since TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX article_keys_by_article ON article_keys(article_id);

-- A feed is known by the address under which it was added, "url"; it is fetched at "address" where it has moved for
-- good. "private" permits addresses of one's own network. Nothing is asked of it before "not_before". "failing" counts
-- the visits that failed in a row; "stopped_at" is when it said that it is gone. "whole_at" is when it last sent all of
-- itself, "last_new_at" when it last brought something new. "moving_to" was the target of the last "moves" visits.
ALTER TABLE feeds ADD COLUMN address TEXT;
ALTER TABLE feeds ADD COLUMN private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1));
ALTER TABLE feeds ADD COLUMN not_before TEXT;
ALTER TABLE feeds ADD COLUMN failing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN stopped_at TEXT;
ALTER TABLE feeds ADD COLUMN whole_at TEXT;
ALTER TABLE feeds ADD COLUMN last_new_at TEXT;
ALTER TABLE feeds ADD COLUMN moving_to TEXT;
ALTER TABLE feeds ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;

-- The entries of feeds as they were last taken, so that an unchanged one costs nothing; "tries" counts how often its
-- page was asked for in vain, which is not done again before "not_before".
CREATE TABLE feed_entries (
  feed TEXT NOT NULL REFERENCES feeds(url) ON DELETE CASCADE,
  entry TEXT NOT NULL,
  digest TEXT NOT NULL,
  article_id TEXT REFERENCES articles(id) ON DELETE CASCADE,
  full_text INTEGER NOT NULL CHECK (full_text IN (0, 1)),
  tries INTEGER NOT NULL DEFAULT 0,
  not_before TEXT,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (feed, entry)
) WITHOUT ROWID;
CREATE INDEX feed_entries_by_article ON feed_entries(article_id);

-- What a host asked for: to be left alone until "not_before", and its robots.txt as it stood at "robots_at".
CREATE TABLE hosts (
  host TEXT PRIMARY KEY NOT NULL,
  not_before TEXT,
  robots TEXT,
  robots_at TEXT
) WITHOUT ROWID;

-- The bytes of what no parser could read, compressed with zlib; "size" is how many there were, of which the first were
-- kept.
CREATE TABLE failed_bodies (
  failure_id INTEGER PRIMARY KEY REFERENCES failures(id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  content_type TEXT,
  size INTEGER NOT NULL,
  body BLOB NOT NULL
);
