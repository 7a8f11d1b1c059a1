"""What was claimed, held against what the market did. Pure: no files, no network, no clock."""
