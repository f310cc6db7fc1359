"""Telling people: a list inside the system, and a bare hint by mail or text outside of it."""
