-- What surrounds a story. Lines that reading took out of a page stand with the version of the article, as a JSON list,
-- its dateline apart; those that stand in the text are rows that point at their words.
ALTER TABLE article_versions ADD COLUMN dateline TEXT;
ALTER TABLE article_versions ADD COLUMN credits TEXT NOT NULL DEFAULT '[]';

CREATE TABLE credits (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES article_versions(id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  CHECK (0 <= start AND start < "end")
);
CREATE INDEX credits_by_version ON credits(version_id);

CREATE VIEW credits_view AS
SELECT
  c.id AS credit_id, v.article_id, v.published, v.title, c.kind, c.text,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  c.start, c."end", c.version_id, v.published_utc
FROM credits AS c
JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1;
