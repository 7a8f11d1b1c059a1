-- Statements know what they speak of, by when it should come true, and which words stand for their speaker. A person or
-- an organisation is one source across stories: what quotes and claims point at is the form in which it was met there,
-- and the form points at its source, so that joining two sources and parting them again touches forms only. Which forms
-- are one source is decided by newsig.store.identity, which goes over the forms that are carried over here.
DROP VIEW claims_view;
DROP VIEW verdicts_view;
DROP VIEW quotes_view;
DROP INDEX one_source_a_name;
DROP INDEX claims_by_source;
DROP INDEX quotes_by_source;
ALTER TABLE sources RENAME TO sources_before;

-- What is said here is the latest that is known. AUTOINCREMENT: the number of a source is never given to another one.
CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  type TEXT,
  role TEXT,
  organisation TEXT,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL
);

-- A form: a name with the organisation that was given with it. "role_seen" is when its role was last told. The keys are
-- what forms are compared by, "initials" only those of organisations; "plain_name" and "plain_organisation" are without
-- case and accents, to be searched. They are null until newsig.store.settling has gone over the form.
CREATE TABLE source_names (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES sources(id),
  name TEXT NOT NULL,
  organisation TEXT,
  type TEXT,
  role TEXT,
  role_seen TEXT,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  key TEXT,
  initials TEXT,
  plain_name TEXT,
  plain_organisation TEXT
);
CREATE UNIQUE INDEX one_form_a_name ON source_names(name, coalesce(organisation, ''));
CREATE INDEX source_names_by_source ON source_names(source_id);
CREATE INDEX source_names_by_key ON source_names(key);
CREATE INDEX source_names_by_initials ON source_names(initials) WHERE initials IS NOT NULL;

-- In which story a form was met, when that was published, and what the story says of it.
CREATE TABLE source_sightings (
  name_id INTEGER NOT NULL REFERENCES source_names(id),
  seen TEXT NOT NULL,
  version_id INTEGER NOT NULL REFERENCES article_versions(id) ON DELETE CASCADE,
  type TEXT,
  role TEXT,
  PRIMARY KEY (name_id, seen, version_id)
) WITHOUT ROWID;
CREATE INDEX source_sightings_by_version ON source_sightings(version_id);
CREATE INDEX source_sightings_with_role ON source_sightings(name_id, seen, role) WHERE role IS NOT NULL;
CREATE INDEX source_sightings_with_type ON source_sightings(name_id, seen, type) WHERE type IS NOT NULL;

-- What became one source, and what was parted again. The numbers may be those of sources that are gone.
CREATE TABLE source_merges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL,
  kept_name TEXT NOT NULL,
  merged_id INTEGER NOT NULL,
  merged_name TEXT NOT NULL,
  made_by TEXT NOT NULL CHECK (made_by IN ('rule', 'user')),
  made_at TEXT NOT NULL,
  undone_by TEXT CHECK (undone_by IN ('rule', 'user')),
  undone_at TEXT
);
CREATE INDEX standing_merges ON source_merges(merged_id) WHERE undone_at IS NULL;

CREATE TABLE source_merge_names (
  merge_id INTEGER NOT NULL REFERENCES source_merges(id) ON DELETE CASCADE,
  name_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  organisation TEXT,
  PRIMARY KEY (merge_id, name_id)
) WITHOUT ROWID;
CREATE INDEX merges_by_name ON source_merge_names(name_id);

-- Forms whose source a user has decided: no rule moves them, and they stay even where nobody points at them any more.
CREATE TABLE source_choices (
  name_id INTEGER PRIMARY KEY REFERENCES source_names(id),
  source_id INTEGER NOT NULL REFERENCES sources(id)
);
CREATE INDEX choices_by_source ON source_choices(source_id);

INSERT INTO sources (id, name, type, role, organisation, first_seen, last_seen)
SELECT id, name, type, role, organisation, first_seen, last_seen FROM sources_before;
INSERT INTO source_names (id, source_id, name, organisation, type, role, role_seen, first_seen, last_seen)
SELECT id, id, name, organisation, type, role, iif(role IS NULL, NULL, last_seen), first_seen, last_seen
FROM sources_before;

INSERT INTO source_sightings (name_id, seen, version_id, type, role)
SELECT
  p.source_id, coalesce(v.published_utc, v.seen_at), v.id,
  (SELECT speaker_type FROM quotes WHERE version_id = v.id AND source_id = p.source_id AND speaker_type IS NOT NULL
   ORDER BY id LIMIT 1),
  (SELECT role FROM quotes WHERE version_id = v.id AND source_id = p.source_id AND role IS NOT NULL
   ORDER BY id LIMIT 1)
FROM (
  SELECT source_id, version_id FROM quotes WHERE source_id IS NOT NULL
  UNION SELECT source_id, version_id FROM claims WHERE source_id IS NOT NULL
) AS p
JOIN article_versions AS v ON v.id = p.version_id;

ALTER TABLE quotes ADD COLUMN attribution_start INTEGER;
ALTER TABLE quotes ADD COLUMN attribution_end INTEGER;
ALTER TABLE quotes ADD COLUMN attribution_text TEXT;
ALTER TABLE quotes ADD COLUMN horizon_start INTEGER;
ALTER TABLE quotes ADD COLUMN horizon_end INTEGER;
ALTER TABLE quotes ADD COLUMN horizon_text TEXT;
ALTER TABLE quotes ADD COLUMN horizon_date TEXT;
ALTER TABLE quotes ADD COLUMN source_name_id INTEGER REFERENCES source_names(id);
ALTER TABLE claims ADD COLUMN source_name_id INTEGER REFERENCES source_names(id);
UPDATE quotes SET source_name_id = source_id WHERE source_id IS NOT NULL;
UPDATE claims SET source_name_id = source_id WHERE source_id IS NOT NULL;
ALTER TABLE quotes DROP COLUMN source_id;
ALTER TABLE claims DROP COLUMN source_id;
DROP TABLE sources_before;
CREATE INDEX quotes_by_source ON quotes(source_name_id);
CREATE INDEX claims_by_source ON claims(source_name_id);

CREATE TABLE quote_topics (
  quote_id INTEGER NOT NULL REFERENCES quotes(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  symbol TEXT COLLATE NOCASE REFERENCES instruments(symbol),
  segment TEXT COLLATE NOCASE REFERENCES segments(id),
  PRIMARY KEY (quote_id, position)
) WITHOUT ROWID;
CREATE INDEX quote_topics_by_symbol ON quote_topics(symbol);
CREATE INDEX quote_topics_by_segment ON quote_topics(segment);

CREATE VIEW claims_view AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.value, c.unit, c.comparator, c.direction,
  c.measure, c.modality, c.subject_text AS subject, c.symbol, i.name AS instrument, c.segment,
  c.period_text AS period, c.period_basis, c.base_date, c.end_date, c.timing, c.source, c.hedge,
  c.extreme, c.compared, c.reach, c.since_date, d.outcome, d.reason, d.actual,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  c.start, c."end", n.source_id, c.source_name_id, c.version_id, v.published_utc
FROM claims AS c
JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = c.symbol
LEFT JOIN verdicts AS d ON d.claim_id = c.id
LEFT JOIN source_names AS n ON n.id = c.source_name_id;

CREATE VIEW verdicts_view AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.symbol, i.name AS instrument, c.segment,
  c.measure, c.modality, c.value, c.unit, c.direction, c.source, d.outcome, d.rung, d.reason, d.actual,
  d.tolerance_low, d.tolerance_high, d.base_date, d.end_date, d.solved, d.chance, d.formula, d.price_source,
  d.price_hash, d.checked_at,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  n.source_id, c.source_name_id, c.version_id, v.published_utc
FROM verdicts AS d
JOIN claims AS c ON c.id = d.claim_id
JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = c.symbol
LEFT JOIN source_names AS n ON n.id = c.source_name_id;

-- "about" lists symbols, and the ids of segments that are spoken of as a whole, in the order of the record.
CREATE VIEW quotes_view AS
SELECT
  q.id AS quote_id, v.article_id, v.published, v.title, q.speaker, q.role, q.organisation, q.speaker_type, q.kind,
  q.cue, q.attribution_text AS attribution, q.stance,
  (SELECT group_concat(thing, ', ') FROM
    (SELECT coalesce(symbol, segment) AS thing FROM quote_topics WHERE quote_id = q.id ORDER BY position)) AS about,
  q.horizon_text AS horizon, q.horizon_date, q.text,
  iif(q.start > 60, '…', '')
    || replace(replace(substr(v.text, max(q.start - 59, 1), min(q.start, 60) + q."end" - q.start + 60), char(13), ' '), char(10), ' ')
    || iif(q."end" + 60 < length(v.text), '…', '') AS context,
  q.start, q."end", s.name AS source, n.source_id, q.source_name_id, q.version_id, v.published_utc
FROM quotes AS q
JOIN article_versions AS v ON v.id = q.version_id AND v.current = 1
LEFT JOIN source_names AS n ON n.id = q.source_name_id
LEFT JOIN sources AS s ON s.id = n.source_id;
