-- What was read from files. An input is known by the sha256 of its bytes, "digest", and by how it was read, "recipe": so
-- it is the same under another name. "path" is where these bytes were read from last, null once other bytes were read
-- from there. Reading goes on at "at_offset", "within" and "number" of that format; "finished_at" says that all was read.
-- "grows" is 1 where more may be appended to the file. "run" is the command's number, one however often it was cut.
CREATE TABLE ingests (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  recipe TEXT NOT NULL,
  size INTEGER NOT NULL,
  path TEXT,
  grows INTEGER NOT NULL CHECK (grows IN (0, 1)),
  run INTEGER NOT NULL,
  at_offset INTEGER NOT NULL,
  within INTEGER NOT NULL,
  number INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  UNIQUE (digest, recipe)
);
CREATE INDEX ingests_by_path ON ingests(path);
CREATE INDEX ingests_by_size ON ingests(recipe, size) WHERE grows = 1;

-- The commands that were not brought to their end, by their arguments, so that the same command goes on.
-- AUTOINCREMENT: a number is never given again, since articles remember by which command they were met last.
CREATE TABLE ingest_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  arguments TEXT NOT NULL UNIQUE
);
-- The failures of such a command that belong to no input, so that going on with it does not count them again.
CREATE TABLE ingest_told (
  run INTEGER NOT NULL REFERENCES ingest_runs(id) ON DELETE CASCADE,
  place TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (run, place, reason)
) WITHOUT ROWID;
ALTER TABLE articles ADD COLUMN ingest_run INTEGER;
