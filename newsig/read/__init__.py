"""A collected `newsig.records.Page` → a clean `newsig.records.Article`."""
