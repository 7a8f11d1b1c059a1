-- What collecting from the real world must remember. A story's own words on its time: "updated" is when this version was
-- made, "date_text" the date as written and "date_doubt" why "published" tells less than that. "standing" is 'corrected'
-- or 'withdrawn' where the sender says so.
ALTER TABLE article_versions ADD COLUMN updated TEXT;
ALTER TABLE article_versions ADD COLUMN date_text TEXT;
ALTER TABLE article_versions ADD COLUMN date_doubt TEXT;
ALTER TABLE article_versions ADD COLUMN standing TEXT CHECK (standing IN ('corrected', 'withdrawn'));

-- Which feed brought this version, null for what came from a file, and whether its text came from the page that the
-- entry links to.
ALTER TABLE article_versions ADD COLUMN feed TEXT;
-- "past" marks a version that was already older, by its own statement, than the current one when it was read.
ALTER TABLE article_versions ADD COLUMN past INTEGER NOT NULL DEFAULT 0 CHECK (past IN (0, 1));
ALTER TABLE article_versions ADD COLUMN from_page INTEGER NOT NULL DEFAULT 0 CHECK (from_page IN (0, 1));

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

-- The entries of feeds as they were last dealt with, so that an unchanged one costs nothing. Where "article_id" is null it
-- could not be taken in: "tries" counts how often that was tried, and it is not tried again before "not_before".
CREATE TABLE feed_entries (
  feed TEXT NOT NULL REFERENCES feeds(url) ON DELETE CASCADE,
  entry TEXT NOT NULL,
  digest TEXT NOT NULL,
  article_id TEXT REFERENCES articles(id) ON DELETE CASCADE,
  from_page INTEGER NOT NULL DEFAULT 0 CHECK (from_page IN (0, 1)),
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
CREATE INDEX failed_bodies_by_time ON failed_bodies(at);

-- What was known at an earlier time. A view "..._of_versions" tells of every version of a story, with its number and
-- when it was seen; the view that a person reads tells of the current versions, by the same columns as before.
DROP VIEW claims_view;
CREATE VIEW claims_of_versions AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.value, c.unit, c.comparator, c.direction,
  c.measure, c.modality, c.subject_text AS subject, c.symbol, i.name AS instrument, c.segment,
  c.period_text AS period, c.period_basis, c.base_date, c.end_date, c.timing, c.source, c.hedge,
  c.extreme, c.compared, c.reach, c.since_date, d.outcome, d.rung, d.reason, d.actual,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  c.start, c."end", n.source_id, c.source_name_id, c.version_id, v.published_utc, v.version, v.current, v.seen_at
FROM claims AS c
JOIN article_versions AS v ON v.id = c.version_id
LEFT JOIN instruments AS i ON i.symbol = c.symbol
LEFT JOIN verdicts AS d ON d.claim_id = c.id
LEFT JOIN source_names AS n ON n.id = c.source_name_id;
CREATE VIEW claims_view AS
SELECT
  claim_id, article_id, published, title, text, value, unit, comparator, direction, measure, modality, subject,
  symbol, instrument, segment, period, period_basis, base_date, end_date, timing, source, hedge, extreme, compared,
  reach, since_date, outcome, rung, reason, actual, context, start, "end", source_id, source_name_id, version_id,
  published_utc
FROM claims_of_versions WHERE current = 1;

DROP VIEW verdicts_view;
CREATE VIEW verdicts_of_versions AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.symbol, i.name AS instrument, c.segment,
  c.measure, c.modality, c.value, c.unit, c.direction, c.source, d.outcome, d.rung, d.reason, d.actual,
  d.tolerance_low, d.tolerance_high, d.base_date, d.end_date, d.solved, d.chance, d.loose, d.cases, d.windows, d.bars,
  d.formula, d.price_source,
  d.price_hash, d.checked_at,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  n.source_id, c.source_name_id, c.version_id, v.published_utc, v.version, v.current, v.seen_at
FROM verdicts AS d
JOIN claims AS c ON c.id = d.claim_id
JOIN article_versions AS v ON v.id = c.version_id
LEFT JOIN instruments AS i ON i.symbol = c.symbol
LEFT JOIN source_names AS n ON n.id = c.source_name_id;
CREATE VIEW verdicts_view AS
SELECT
  claim_id, article_id, published, title, text, symbol, instrument, segment, measure, modality, value, unit,
  direction, source, outcome, rung, reason, actual, tolerance_low, tolerance_high, base_date, end_date, solved,
  chance, loose, cases, windows, bars, formula, price_source, price_hash, checked_at, context, source_id,
  source_name_id, version_id, published_utc
FROM verdicts_of_versions WHERE current = 1;

DROP VIEW quotes_view;
CREATE VIEW quotes_of_versions AS
SELECT
  q.id AS quote_id, v.article_id, v.published, v.title, q.speaker, q.role, q.organisation, q.speaker_type, q.kind,
  q.cue, q.attribution_text AS attribution, q.stance,
  (SELECT group_concat(thing, ', ') FROM
    (SELECT coalesce(symbol, segment) AS thing FROM quote_topics WHERE quote_id = q.id ORDER BY position)) AS about,
  q.horizon_text AS horizon, q.horizon_date, q.text,
  iif(q.start > 60, '…', '')
    || replace(replace(substr(v.text, max(q.start - 59, 1), min(q.start, 60) + q."end" - q.start + 60), char(13), ' '), char(10), ' ')
    || iif(q."end" + 60 < length(v.text), '…', '') AS context,
  q.start, q."end", s.name AS source, n.source_id, q.source_name_id, q.version_id, v.published_utc, v.version, v.current, v.seen_at
FROM quotes AS q
JOIN article_versions AS v ON v.id = q.version_id
LEFT JOIN source_names AS n ON n.id = q.source_name_id
LEFT JOIN sources AS s ON s.id = n.source_id;
CREATE VIEW quotes_view AS
SELECT
  quote_id, article_id, published, title, speaker, role, organisation, speaker_type, kind, cue, attribution, stance,
  about, horizon, horizon_date, text, context, start, "end", source, source_id, source_name_id, version_id,
  published_utc
FROM quotes_of_versions WHERE current = 1;
