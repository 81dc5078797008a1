"""The gold of Dateline: data, found through `importlib.resources`; `bench.gold` reads it."""
