"""File formats: each module reads to and writes from `Annotation`."""
