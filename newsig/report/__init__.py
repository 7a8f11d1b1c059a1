"""Findings and verdicts as text that people and programs read."""
