"""Measurements, repeated by a command each; nothing here is asserted."""
