"""The page of formats is what the registry says, and every format has its test.

`python -m tests.formats.test_docs` writes the page anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.formats import FORMATS
from bench.render.formats import formats_page

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
TESTS = "".join(
    path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
)


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == formats_page()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "jsonl"])
def test_every_format_says_what_it_is_and_has_its_samples(name):
    one = FORMATS[name]
    assert one.name == name
    assert one.summary
    assert one.traps
    assert f'read("{name}"' in TESTS


if __name__ == "__main__":
    PAGE.write_text(formats_page(), encoding="utf-8")
