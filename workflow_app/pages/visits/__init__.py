"""Pages of visits, of the limit on them, and of the verification sample."""
