-- Prices that a provider sent: what was asked for, when, and the digest of what came. A bar points at the download that
-- brought it; one of an imported file has none. "splits_told" says that all splits of the symbol until "at" are known
-- from it. "currency" is the provider's code, null where it tells none.
CREATE TABLE downloads (
  id INTEGER PRIMARY KEY,
  symbol TEXT NOT NULL COLLATE NOCASE REFERENCES instruments(symbol),
  provider TEXT NOT NULL,
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  at TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bars INTEGER NOT NULL,
  currency TEXT,
  splits_told INTEGER NOT NULL,
  CHECK (first <= last)
);
CREATE INDEX downloads_by_symbol ON downloads(symbol);

-- From "day" on, a share of before is "ratio" shares. "download_id" is the download that told it first.
CREATE TABLE splits (
  symbol TEXT NOT NULL COLLATE NOCASE REFERENCES instruments(symbol),
  day TEXT NOT NULL,
  ratio REAL NOT NULL CHECK (ratio > 0),
  download_id INTEGER NOT NULL REFERENCES downloads(id),
  PRIMARY KEY (symbol, day)
) WITHOUT ROWID;

-- Closes that others took the place of.
CREATE TABLE price_changes (
  id INTEGER PRIMARY KEY,
  symbol TEXT NOT NULL COLLATE NOCASE REFERENCES instruments(symbol),
  day TEXT NOT NULL,
  old_close REAL NOT NULL,
  new_close REAL NOT NULL,
  old_source TEXT NOT NULL,
  new_source TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX price_changes_by_symbol ON price_changes(symbol, day);

ALTER TABLE prices ADD COLUMN download_id INTEGER REFERENCES downloads(id);
CREATE INDEX prices_by_download ON prices(download_id) WHERE download_id IS NOT NULL;
