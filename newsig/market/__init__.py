"""Prices in."""
