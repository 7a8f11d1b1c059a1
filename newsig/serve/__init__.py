"""The pages: a Datasette plugin, and `newsig serve`, which starts Datasette with it for this computer alone.

`plugin` is what Datasette calls, `starting` what the command calls. `guarding` stands before every request, `fencing`
around every statement of SQL. Page functions (`asking`, `articles`, `days`, `voices`, `things`) take a database to read
and give plain records; `rendering` makes HTML of these, and `answering` chooses among the pages.
"""
