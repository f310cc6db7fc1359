"""Schemes: drafted, checked, published, and from then on frozen."""
