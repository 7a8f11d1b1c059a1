"""Findings as a folder of Parquet, for archives that one machine is too slow for, and for all that reads Parquet.

`shape` makes rows of articles with their findings, `files` files of rows, `folder` keeps these whole, `manifest` lists
them. Nothing here touches a database; `newsig.store.loads` takes such rows into one.
"""

from newsig.store.parquet.files import (
    Block,
    block_of,
    from_bytes,
    key,
    keys_in,
    stage_block,
    staged_block,
    write_block,
    written,
)
from newsig.store.parquet.folder import OURS, STAGED, Folder, digest, partition
from newsig.store.parquet.jobs import Engine, Extracting, Job
from newsig.store.parquet.manifest import Manifest, Written, checked, read_manifest, verified, write_manifest
from newsig.store.parquet.shape import Filed, from_table, schema, to_table

__all__ = [
    "OURS",
    "STAGED",
    "Block",
    "Engine",
    "Extracting",
    "Filed",
    "Folder",
    "Job",
    "Manifest",
    "Written",
    "block_of",
    "checked",
    "digest",
    "from_bytes",
    "from_table",
    "key",
    "keys_in",
    "partition",
    "read_manifest",
    "schema",
    "stage_block",
    "staged_block",
    "to_table",
    "verified",
    "write_block",
    "write_manifest",
    "written",
]
