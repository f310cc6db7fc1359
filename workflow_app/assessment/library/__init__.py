"""The indicator library: versions, lists of grounds, reviews, and its workbook."""
