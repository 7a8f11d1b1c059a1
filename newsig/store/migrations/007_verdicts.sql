-- What a verdict rests on, so that it can be worked out again: the bars of its arithmetic, and the windows that make the
-- figure true where the words leave several possible, both as JSON. "loose" marks a bound that was met by far, "cases"
-- how many others an average or a rank was taken from.
ALTER TABLE verdicts ADD COLUMN loose INTEGER NOT NULL DEFAULT 0 CHECK (loose IN (0, 1));
ALTER TABLE verdicts ADD COLUMN windows TEXT NOT NULL DEFAULT '[]';
ALTER TABLE verdicts ADD COLUMN cases INTEGER;
ALTER TABLE verdicts ADD COLUMN bars TEXT NOT NULL DEFAULT '[]';

DROP VIEW claims_view;
DROP VIEW verdicts_view;
CREATE VIEW claims_view AS
SELECT
  c.id AS claim_id, v.article_id, v.published, v.title, c.text, c.value, c.unit, c.comparator, c.direction,
  c.measure, c.modality, c.subject_text AS subject, c.symbol, i.name AS instrument, c.segment,
  c.period_text AS period, c.period_basis, c.base_date, c.end_date, c.timing, c.source, c.hedge,
  c.extreme, c.compared, c.reach, c.since_date, d.outcome, d.rung, d.reason, d.actual,
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
  d.tolerance_low, d.tolerance_high, d.base_date, d.end_date, d.solved, d.chance, d.loose, d.cases, d.windows, d.bars,
  d.formula, d.price_source,
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
