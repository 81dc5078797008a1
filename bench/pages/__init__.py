"""HTML pages that stand alone: templates with every value escaped, nothing fetched, a strict
Content-Security-Policy.
"""

from bench.pages.page import environment, page
from bench.pages.plots import as_svg

__all__ = ["as_svg", "environment", "page"]
