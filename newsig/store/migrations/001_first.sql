-- The first schema. Days and moments are ISO 8601 text, truth values 0 and 1. Offsets count code points, half-open,
-- and SQLite's substr() counts code points too, so substr(text, start + 1, "end" - start) gives a record's own words.

CREATE TABLE segments (
  id TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  proxy TEXT COLLATE NOCASE REFERENCES instruments(symbol) DEFERRABLE INITIALLY DEFERRED,
  fund TEXT COLLATE NOCASE REFERENCES instruments(symbol) DEFERRABLE INITIALLY DEFERRED
);

-- Symbols match whatever their case. An instrument that the packaged table does not know has only its symbol as name.
CREATE TABLE instruments (
  symbol TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  kind TEXT,
  market TEXT,
  segment TEXT COLLATE NOCASE REFERENCES segments(id)
);

CREATE TABLE prices (
  symbol TEXT NOT NULL COLLATE NOCASE REFERENCES instruments(symbol),
  day TEXT NOT NULL,
  open REAL,
  high REAL,
  low REAL,
  close REAL NOT NULL,
  adj_close REAL,
  volume REAL,
  source TEXT NOT NULL,
  PRIMARY KEY (symbol, day)
) WITHOUT ROWID;

CREATE TABLE feeds (
  url TEXT PRIMARY KEY NOT NULL,
  title TEXT,
  etag TEXT,
  last_modified TEXT,
  added_at TEXT NOT NULL,
  fetched_at TEXT,
  status INTEGER,
  error TEXT
);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  newsig_version TEXT NOT NULL,
  details TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  articles INTEGER,
  failures INTEGER
);
CREATE INDEX runs_by_fingerprint ON runs(fingerprint);

-- The same failure met again is one row, seen once more: repeating a command doubles nothing.
CREATE TABLE failures (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  stage TEXT NOT NULL,
  place TEXT NOT NULL,
  reason TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 1,
  run_id INTEGER REFERENCES runs(id),
  UNIQUE (stage, place, reason)
);

CREATE TABLE articles (
  id TEXT PRIMARY KEY NOT NULL,
  url TEXT,
  publisher TEXT,
  origin TEXT,
  first_seen TEXT NOT NULL
);

-- A story as it stood at one time; versions are added, never overwritten. "published" is as given: a day or a moment.
-- "published_utc" is the moment in UTC, noon of the day where only the day is known, so that it falls into that day.
-- The text comes last: SQLite reads a row from its start, and most queries do not want the text.
CREATE TABLE article_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  run_id INTEGER REFERENCES runs(id),
  published TEXT,
  published_utc TEXT,
  seen_at TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  authors TEXT NOT NULL,
  title TEXT,
  text TEXT NOT NULL,
  UNIQUE (article_id, version)
);
CREATE UNIQUE INDEX one_current_version ON article_versions(article_id) WHERE current = 1;
CREATE INDEX current_versions_by_published ON article_versions(published_utc) WHERE current = 1;

CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT,
  role TEXT,
  organisation TEXT,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL
);
CREATE UNIQUE INDEX one_source_a_name ON sources(name, coalesce(organisation, ''));

CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES article_versions(id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  symbol TEXT COLLATE NOCASE REFERENCES instruments(symbol),
  segment TEXT COLLATE NOCASE REFERENCES segments(id),
  CHECK (0 <= start AND start < "end")
);
CREATE INDEX mentions_by_version ON mentions(version_id);
CREATE INDEX mentions_by_symbol ON mentions(symbol);
CREATE INDEX mentions_by_segment ON mentions(segment);

-- AUTOINCREMENT: the number of a claim that was replaced is never given to another one.
CREATE TABLE claims (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version_id INTEGER NOT NULL REFERENCES article_versions(id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  value REAL NOT NULL CHECK (value >= 0),
  unit TEXT NOT NULL,
  comparator TEXT NOT NULL,
  direction TEXT NOT NULL,
  measure TEXT NOT NULL,
  modality TEXT NOT NULL,
  subject_start INTEGER,
  subject_end INTEGER,
  subject_text TEXT,
  symbol TEXT COLLATE NOCASE REFERENCES instruments(symbol),
  segment TEXT COLLATE NOCASE REFERENCES segments(id),
  hedge TEXT,
  period_start INTEGER,
  period_end INTEGER,
  period_text TEXT,
  period_basis TEXT,
  base_date TEXT,
  end_date TEXT,
  timing TEXT,
  source TEXT,
  source_id INTEGER REFERENCES sources(id),
  CHECK (0 <= start AND start < "end")
);
CREATE INDEX claims_by_version ON claims(version_id);
CREATE INDEX claims_by_symbol ON claims(symbol, end_date);
CREATE INDEX claims_by_segment ON claims(segment, end_date);
CREATE INDEX claims_by_source ON claims(source_id);

-- Speaker, role and organisation are kept as this story gives them; "source_id" is who that is across stories.
CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES article_versions(id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  speaker TEXT,
  speaker_type TEXT,
  role TEXT,
  organisation TEXT,
  cue TEXT,
  stance TEXT,
  source_id INTEGER REFERENCES sources(id),
  CHECK (0 <= start AND start < "end")
);
CREATE INDEX quotes_by_version ON quotes(version_id);
CREATE INDEX quotes_by_source ON quotes(source_id);

CREATE TABLE sentiments (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES article_versions(id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  target_start INTEGER NOT NULL,
  target_end INTEGER NOT NULL,
  target_text TEXT NOT NULL,
  label TEXT NOT NULL,
  positive REAL NOT NULL,
  neutral REAL NOT NULL,
  negative REAL NOT NULL,
  symbol TEXT COLLATE NOCASE REFERENCES instruments(symbol),
  segment TEXT COLLATE NOCASE REFERENCES segments(id),
  holder TEXT,
  basis TEXT NOT NULL,
  CHECK (0 <= start AND start < "end")
);
CREATE INDEX sentiments_by_version ON sentiments(version_id);
CREATE INDEX sentiments_by_symbol ON sentiments(symbol);
CREATE INDEX sentiments_by_segment ON sentiments(segment);

CREATE TABLE verdicts (
  claim_id INTEGER PRIMARY KEY REFERENCES claims(id) ON DELETE CASCADE,
  outcome TEXT NOT NULL,
  rung TEXT,
  reason TEXT,
  actual REAL,
  tolerance_low REAL,
  tolerance_high REAL,
  base_date TEXT,
  end_date TEXT,
  formula TEXT,
  price_hash TEXT,
  solved INTEGER NOT NULL CHECK (solved IN (0, 1)),
  chance REAL,
  price_source TEXT,
  checked_at TEXT NOT NULL
);
CREATE INDEX verdicts_by_outcome ON verdicts(outcome);

-- Full text. The words live once, in the tables; the indexes hold only where they stand.
CREATE VIEW current_texts AS SELECT id, title, text FROM article_versions WHERE current = 1;
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, text, content='current_texts', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_fts_insert AFTER INSERT ON article_versions WHEN new.current = 1 BEGIN
  INSERT INTO articles_fts(rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON article_versions WHEN old.current = 1 BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER articles_fts_leave AFTER UPDATE OF current, title, text ON article_versions WHEN old.current = 1 BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
  INSERT INTO articles_fts(rowid, title, text) SELECT new.id, new.title, new.text WHERE new.current = 1;
END;
CREATE TRIGGER articles_fts_return AFTER UPDATE OF current, title, text ON article_versions
WHEN old.current = 0 AND new.current = 1 BEGIN
  INSERT INTO articles_fts(rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE quotes_fts USING fts5(
  text, speaker, content='quotes', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER quotes_fts_insert AFTER INSERT ON quotes BEGIN
  INSERT INTO quotes_fts(rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;
CREATE TRIGGER quotes_fts_delete AFTER DELETE ON quotes BEGIN
  INSERT INTO quotes_fts(quotes_fts, rowid, text, speaker) VALUES ('delete', old.id, old.text, old.speaker);
END;
CREATE TRIGGER quotes_fts_update AFTER UPDATE OF text, speaker ON quotes BEGIN
  INSERT INTO quotes_fts(quotes_fts, rowid, text, speaker) VALUES ('delete', old.id, old.text, old.speaker);
  INSERT INTO quotes_fts(rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;

-- What a person reads: current versions only; "context" is the record with up to 60 characters on either side.
CREATE VIEW articles_view AS
SELECT
  a.id AS article_id, v.title, v.published, a.publisher, v.authors, a.url, a.origin, v.version, v.seen_at,
  r.fingerprint, length(v.text) AS characters,
  (SELECT count(*) FROM mentions WHERE version_id = v.id) AS mentions,
  (SELECT count(*) FROM claims WHERE version_id = v.id) AS claims,
  (SELECT count(*) FROM quotes WHERE version_id = v.id) AS quotes,
  (SELECT count(*) FROM sentiments WHERE version_id = v.id) AS sentiments,
  v.id AS version_id, v.published_utc
FROM article_versions AS v
JOIN articles AS a ON a.id = v.article_id
LEFT JOIN runs AS r ON r.id = v.run_id
WHERE v.current = 1;

CREATE VIEW mentions_view AS
SELECT
  m.id AS mention_id, v.article_id, v.published, v.title, m.text, m.symbol, i.name AS instrument, m.segment,
  iif(m.start > 60, '…', '')
    || replace(replace(substr(v.text, max(m.start - 59, 1), min(m.start, 60) + m."end" - m.start + 60), char(13), ' '), char(10), ' ')
    || iif(m."end" + 60 < length(v.text), '…', '') AS context,
  m.start, m."end", m.version_id, v.published_utc
FROM mentions AS m
JOIN article_versions AS v ON v.id = m.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = m.symbol;

CREATE VIEW claims_view AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.value, c.unit, c.comparator, c.direction,
  c.measure, c.modality, c.subject_text AS subject, c.symbol, i.name AS instrument, c.segment,
  c.period_text AS period, c.period_basis, c.base_date, c.end_date, c.timing, c.source, c.hedge,
  d.outcome, d.reason, d.actual,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  c.start, c."end", c.source_id, c.version_id, v.published_utc
FROM claims AS c
JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = c.symbol
LEFT JOIN verdicts AS d ON d.claim_id = c.id;

CREATE VIEW verdicts_view AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.symbol, i.name AS instrument, c.segment,
  c.measure, c.modality, c.value, c.unit, c.direction, c.source, d.outcome, d.rung, d.reason, d.actual,
  d.tolerance_low, d.tolerance_high, d.base_date, d.end_date, d.solved, d.chance, d.formula, d.price_source,
  d.price_hash, d.checked_at,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  c.source_id, c.version_id, v.published_utc
FROM verdicts AS d
JOIN claims AS c ON c.id = d.claim_id
JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = c.symbol;

CREATE VIEW quotes_view AS
SELECT
  q.id AS quote_id, v.article_id, v.published, v.title, q.speaker, q.role, q.organisation, q.speaker_type, q.kind,
  q.cue, q.stance, q.text,
  iif(q.start > 60, '…', '')
    || replace(replace(substr(v.text, max(q.start - 59, 1), min(q.start, 60) + q."end" - q.start + 60), char(13), ' '), char(10), ' ')
    || iif(q."end" + 60 < length(v.text), '…', '') AS context,
  q.start, q."end", q.source_id, q.version_id, v.published_utc
FROM quotes AS q
JOIN article_versions AS v ON v.id = q.version_id AND v.current = 1;

CREATE VIEW sentiments_view AS
SELECT
  s.id AS sentiment_id, v.article_id, v.published, v.title, s.target_text AS target, s.symbol,
  i.name AS instrument, s.segment, s.label, s.positive, s.neutral, s.negative, s.holder, s.basis, s.text,
  iif(s.start > 60, '…', '')
    || replace(replace(substr(v.text, max(s.start - 59, 1), min(s.start, 60) + s."end" - s.start + 60), char(13), ' '), char(10), ' ')
    || iif(s."end" + 60 < length(v.text), '…', '') AS context,
  s.start, s."end", s.version_id, v.published_utc
FROM sentiments AS s
JOIN article_versions AS v ON v.id = s.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = s.symbol;
