"""Without cosmic-ray, an extra of its own, there is nothing here to test."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("cosmic_ray") else ["*.py"]
