-- Between which moments the articles of each thousand claims, and of each thousand statements, were published, so that
-- a listing of some days, which comes by these numbers, passes over the thousands that hold nothing of them. What is
-- deleted leaves its moments there: they may reach further than need be, never less far.
CREATE TABLE claim_blocks (id INTEGER PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL);
CREATE TABLE quote_blocks (id INTEGER PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL);
INSERT INTO claim_blocks
SELECT c.id / 1000, min(v.published_utc), max(v.published_utc)
FROM claims AS c CROSS JOIN article_versions AS v INDEXED BY versions_at_a_glance ON v.id = c.version_id
WHERE v.published_utc IS NOT NULL GROUP BY c.id / 1000;
INSERT INTO quote_blocks
SELECT q.id / 1000, min(v.published_utc), max(v.published_utc)
FROM quotes AS q CROSS JOIN article_versions AS v INDEXED BY versions_at_a_glance ON v.id = q.version_id
WHERE v.published_utc IS NOT NULL GROUP BY q.id / 1000;
CREATE TRIGGER claim_blocks_insert AFTER INSERT ON claims BEGIN
  INSERT INTO claim_blocks
  SELECT new.id / 1000, published_utc, published_utc FROM article_versions
  WHERE id = new.version_id AND published_utc IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)
  WHERE excluded.first < first OR excluded.last > last;
END;
CREATE TRIGGER quote_blocks_insert AFTER INSERT ON quotes BEGIN
  INSERT INTO quote_blocks
  SELECT new.id / 1000, published_utc, published_utc FROM article_versions
  WHERE id = new.version_id AND published_utc IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)
  WHERE excluded.first < first OR excluded.last > last;
END;

-- Who stands behind the statements and claims on one thing, without their words.
CREATE INDEX quotes_at_a_glance ON quotes(id, source_name_id, version_id, kind);
CREATE INDEX claims_of_sources_by_symbol ON claims(symbol, source_name_id, version_id)
WHERE source_name_id IS NOT NULL AND symbol IS NOT NULL;
CREATE INDEX claims_of_sources_by_segment ON claims(segment, source_name_id, version_id)
WHERE source_name_id IS NOT NULL AND segment IS NOT NULL;
