-- Claims that say where something stands: levels, market values, superlatives, streaks. The new columns are for
-- superlatives, null elsewhere. The view is made anew to show them.
ALTER TABLE claims ADD COLUMN extreme TEXT;
ALTER TABLE claims ADD COLUMN compared TEXT;
ALTER TABLE claims ADD COLUMN reach TEXT;
ALTER TABLE claims ADD COLUMN since_date TEXT;

DROP VIEW claims_view;
CREATE VIEW claims_view AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.value, c.unit, c.comparator, c.direction,
  c.measure, c.modality, c.subject_text AS subject, c.symbol, i.name AS instrument, c.segment,
  c.period_text AS period, c.period_basis, c.base_date, c.end_date, c.timing, c.source, c.hedge,
  c.extreme, c.compared, c.reach, c.since_date, d.outcome, d.reason, d.actual,
  iif(c.start > 60, '…', '')
    || replace(replace(substr(v.text, max(c.start - 59, 1), min(c.start, 60) + c."end" - c.start + 60), char(13), ' '), char(10), ' ')
    || iif(c."end" + 60 < length(v.text), '…', '') AS context,
  c.start, c."end", c.source_id, c.version_id, v.published_utc
FROM claims AS c
JOIN article_versions AS v ON v.id = c.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = c.symbol
LEFT JOIN verdicts AS d ON d.claim_id = c.id;
