-- Which versions of stories were looked at for copies, under which rules, and how many words they have. "at" is when a
-- version appeared (published, or first seen where that is not known), in seconds since 1970, and "week" the week of it.
CREATE TABLE sketches (
  version_id INTEGER PRIMARY KEY REFERENCES article_versions(id) ON DELETE CASCADE,
  rules INTEGER NOT NULL,
  at INTEGER NOT NULL,
  week INTEGER NOT NULL,
  words INTEGER NOT NULL
);

-- The bands of the sketches: two versions with a bucket in common may be copies. They come by weeks, so that what
-- appears together lies together, however much is stored. There is no index by version, which would double them: those of
-- a sketch are found by its week.
CREATE TABLE sketch_bands (
  week INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  version_id INTEGER NOT NULL,
  PRIMARY KEY (week, bucket, version_id)
) WITHOUT ROWID;
CREATE TRIGGER sketch_bands_delete AFTER DELETE ON sketches BEGIN
  DELETE FROM sketch_bands WHERE week = old.week AND version_id = old.version_id;
END;

-- Two versions, of two articles, of which one is a copy of the other, once each way round. "words" is the share of the
-- shorter one's runs of words that the longer one has. Which of a cluster is the original is worked out when asked: it
-- hangs on what was known by then.
CREATE TABLE copies (
  version_id INTEGER NOT NULL REFERENCES sketches(version_id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES sketches(version_id) ON DELETE CASCADE,
  words REAL NOT NULL CHECK (words BETWEEN 0 AND 1),
  PRIMARY KEY (version_id, other_id)
) WITHOUT ROWID;
CREATE INDEX copies_by_other ON copies(other_id);
