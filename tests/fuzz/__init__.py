"""Coverage-guided fuzzing of every reader: `make fuzz-readers`, which writes docs/fuzzing.md."""
