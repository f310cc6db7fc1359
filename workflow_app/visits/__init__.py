"""Visits on the spot, the limit on them, the verification sample, and units that are looked at closer."""
