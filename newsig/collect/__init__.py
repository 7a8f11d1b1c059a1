"""The outside world → `newsig.records.Page`.

`http` is the one fetcher, bounded in time and size; `feeds` reads RSS and Atom and collects the stories behind them;
`archives` reads files and folders. What cannot be taken in comes back as a `newsig.records.Failure` beside the pages.
"""
