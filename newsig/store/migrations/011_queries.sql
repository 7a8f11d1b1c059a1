-- What keeps questions fast however much is stored. A row of "article_versions" has the text with it, so that whoever
-- only asks whether a version is current, and from when, reads an index that holds just that.
CREATE INDEX versions_at_a_glance ON article_versions(id, current, run_id, published_utc);
DROP INDEX current_versions_by_published;
CREATE INDEX versions_by_published ON article_versions(published_utc, current);
CREATE INDEX unread_versions ON article_versions(published_utc) WHERE current = 1 AND run_id IS NULL;

-- Claims on one thing in the order in which they were stored, which is that of every listing; those of a version by their
-- symbols, for what is asked of one symbol and some days. What is null is never asked for.
DROP INDEX claims_by_version;
DROP INDEX claims_by_segment;
DROP INDEX claims_by_source;
CREATE INDEX claims_by_version ON claims(version_id, symbol);
CREATE INDEX claims_as_listed_by_symbol ON claims(symbol) WHERE symbol IS NOT NULL;
CREATE INDEX claims_by_segment ON claims(segment) WHERE segment IS NOT NULL;
CREATE INDEX claims_by_source ON claims(source_name_id, version_id) WHERE source_name_id IS NOT NULL;
DROP INDEX quotes_by_source;
CREATE INDEX quotes_by_source ON quotes(source_name_id, version_id, kind) WHERE source_name_id IS NOT NULL;
DROP INDEX sentiments_by_symbol;
DROP INDEX sentiments_by_segment;
CREATE INDEX sentiments_by_symbol ON sentiments(symbol, version_id) WHERE symbol IS NOT NULL;
CREATE INDEX sentiments_by_segment ON sentiments(segment, version_id) WHERE segment IS NOT NULL;

-- The claims that have no verdict, so that checking what is new does not go over all that is old.
CREATE TABLE claims_to_check (claim_id INTEGER PRIMARY KEY REFERENCES claims(id) ON DELETE CASCADE);
INSERT INTO claims_to_check SELECT id FROM claims WHERE NOT EXISTS (SELECT 1 FROM verdicts WHERE claim_id = claims.id);
CREATE TRIGGER claims_to_check_insert AFTER INSERT ON claims BEGIN
  INSERT INTO claims_to_check (claim_id) VALUES (new.id);
END;
CREATE TRIGGER claims_to_check_checked AFTER INSERT ON verdicts BEGIN
  DELETE FROM claims_to_check WHERE claim_id = new.claim_id;
END;
CREATE TRIGGER claims_to_check_again AFTER DELETE ON verdicts BEGIN
  INSERT OR IGNORE INTO claims_to_check SELECT id FROM claims WHERE id = old.claim_id;
END;

-- How often each form of a name speaks in articles as they stand now: its statements, those of them in its own words, the
-- claims that it is behind, and the articles that quote it. Kept as they come and go: they are asked for all at once.
CREATE TABLE source_tallies (
  name_id INTEGER PRIMARY KEY,
  statements INTEGER NOT NULL,
  direct INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  articles INTEGER NOT NULL
);
CREATE VIEW tallies_of_versions AS
SELECT
  version_id, source_name_id AS name_id, count(*) AS statements, sum(kind = 'direct') AS direct, 0 AS claims,
  1 AS articles
FROM quotes WHERE source_name_id IS NOT NULL GROUP BY version_id, source_name_id
UNION ALL
SELECT version_id, source_name_id, 0, 0, count(*), 0
FROM claims WHERE source_name_id IS NOT NULL GROUP BY version_id, source_name_id;
INSERT INTO source_tallies
SELECT t.name_id, sum(t.statements), sum(t.direct), sum(t.claims), sum(t.articles)
FROM tallies_of_versions AS t JOIN article_versions AS v ON v.id = t.version_id AND v.current = 1 GROUP BY t.name_id;

CREATE TRIGGER tallies_of_statement AFTER INSERT ON quotes
WHEN new.source_name_id IS NOT NULL AND (SELECT current FROM article_versions WHERE id = new.version_id) BEGIN
  INSERT INTO source_tallies SELECT new.source_name_id, 1, new.kind = 'direct', 0, (
    NOT EXISTS (SELECT 1 FROM quotes
      WHERE source_name_id = new.source_name_id AND version_id = new.version_id AND id <> new.id)) WHERE 1
  ON CONFLICT (name_id) DO UPDATE SET
    statements = statements + excluded.statements, direct = direct + excluded.direct,
    claims = claims + excluded.claims, articles = articles + excluded.articles;
END;
CREATE TRIGGER tallies_without_statement AFTER DELETE ON quotes
WHEN old.source_name_id IS NOT NULL AND (SELECT current FROM article_versions WHERE id = old.version_id) BEGIN
  UPDATE source_tallies SET
    statements = statements - 1, direct = direct - (old.kind = 'direct'),
    articles = articles - (NOT EXISTS (
      SELECT 1 FROM quotes WHERE source_name_id = old.source_name_id AND version_id = old.version_id))
  WHERE name_id = old.source_name_id;
END;
CREATE TRIGGER tallies_of_claim AFTER INSERT ON claims
WHEN new.source_name_id IS NOT NULL AND (SELECT current FROM article_versions WHERE id = new.version_id) BEGIN
  INSERT INTO source_tallies SELECT new.source_name_id, 0, 0, 1, 0 WHERE 1
  ON CONFLICT (name_id) DO UPDATE SET
    statements = statements + excluded.statements, direct = direct + excluded.direct,
    claims = claims + excluded.claims, articles = articles + excluded.articles;
END;
CREATE TRIGGER tallies_without_claim AFTER DELETE ON claims
WHEN old.source_name_id IS NOT NULL AND (SELECT current FROM article_versions WHERE id = old.version_id) BEGIN
  UPDATE source_tallies SET claims = claims - 1 WHERE name_id = old.source_name_id;
END;
CREATE TRIGGER tallies_of_version AFTER UPDATE OF current ON article_versions
WHEN old.current = 0 AND new.current = 1 BEGIN
  INSERT INTO source_tallies
  SELECT name_id, sum(statements), sum(direct), sum(claims), sum(articles)
  FROM tallies_of_versions WHERE version_id = new.id GROUP BY name_id
  ON CONFLICT (name_id) DO UPDATE SET
    statements = statements + excluded.statements, direct = direct + excluded.direct,
    claims = claims + excluded.claims, articles = articles + excluded.articles;
END;
CREATE TRIGGER tallies_without_version AFTER UPDATE OF current ON article_versions
WHEN old.current = 1 AND new.current = 0 BEGIN
  INSERT INTO source_tallies
  SELECT name_id, -sum(statements), -sum(direct), -sum(claims), -sum(articles)
  FROM tallies_of_versions WHERE version_id = old.id GROUP BY name_id
  ON CONFLICT (name_id) DO UPDATE SET
    statements = statements + excluded.statements, direct = direct + excluded.direct,
    claims = claims + excluded.claims, articles = articles + excluded.articles;
END;
CREATE TRIGGER tallies_without_article BEFORE DELETE ON article_versions WHEN old.current = 1 BEGIN
  INSERT INTO source_tallies
  SELECT name_id, -sum(statements), -sum(direct), -sum(claims), -sum(articles)
  FROM tallies_of_versions WHERE version_id = old.id GROUP BY name_id
  ON CONFLICT (name_id) DO UPDATE SET
    statements = statements + excluded.statements, direct = direct + excluded.direct,
    claims = claims + excluded.claims, articles = articles + excluded.articles;
END;
CREATE TRIGGER tallies_without_name AFTER DELETE ON source_names BEGIN
  DELETE FROM source_tallies WHERE name_id = old.id;
END;
