"""Campaigns: who rates whom, links with one use, sealed ballots, closing, and what scoring gets from them."""
