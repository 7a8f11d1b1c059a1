-- Tone knows where its sentence stands ('headline', 'lead', 'body') and whether the title or the headline names its
-- target, too. What was found before has neither: it stands as body until it is processed again. The view is made anew.
ALTER TABLE sentiments ADD COLUMN place TEXT NOT NULL DEFAULT 'body';
ALTER TABLE sentiments ADD COLUMN in_title INTEGER NOT NULL DEFAULT 0;

DROP VIEW sentiments_view;
CREATE VIEW sentiments_view AS
SELECT
  s.id AS sentiment_id, v.article_id, v.published, v.title, s.target_text AS target, s.symbol,
  i.name AS instrument, s.segment, s.label, s.positive, s.neutral, s.negative, s.holder, s.place, s.in_title, s.basis,
  s.text,
  iif(s.start > 60, '…', '')
    || replace(replace(substr(v.text, max(s.start - 59, 1), min(s.start, 60) + s."end" - s.start + 60), char(13), ' '), char(10), ' ')
    || iif(s."end" + 60 < length(v.text), '…', '') AS context,
  s.start, s."end", s.version_id, v.published_utc
FROM sentiments AS s
JOIN article_versions AS v ON v.id = s.version_id AND v.current = 1
LEFT JOIN instruments AS i ON i.symbol = s.symbol;
