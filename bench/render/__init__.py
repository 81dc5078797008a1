"""A `Report` and its like, shown: as a terminal table or as JSON."""
