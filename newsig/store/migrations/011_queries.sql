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
