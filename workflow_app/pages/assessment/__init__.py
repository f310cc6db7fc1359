"""Pages of the assessment office: library, schemes, campaigns, the three lists and what is to be mended."""
