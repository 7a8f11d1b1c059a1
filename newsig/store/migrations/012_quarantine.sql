-- The versions that could not be read, with the run that tried last: they are tried again under another fingerprint than
-- that run's, or when somebody asks for it. "reason" is one sentence, as in failures.
CREATE TABLE quarantine (
  version_id INTEGER PRIMARY KEY REFERENCES article_versions(id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  reason TEXT NOT NULL
);
