"""The shell of every page: style and script in the page itself, each allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from bench.extractors import require

EXTRA = "site"


def environment(*packages: str) -> Any:
    """A jinja2 environment of the templates of some packages (`templates/` below each) and ours.

    Everything is escaped, an unknown name is an error, and `script_json` puts data into a script.
    Raises DatelineError where jinja2 is not installed.
    """
    jinja2 = require("jinja2", extra=EXTRA)
    loaders = [jinja2.PackageLoader(name, "templates") for name in (*packages, "bench.pages")]
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["script_json"] = lambda value: require("markupsafe", extra=EXTRA).Markup(
        script_json(value)
    )
    return made


def script_json(value: object) -> str:
    r"""JSON that may stand between script tags: no sign in it that HTML could take for its own.

    >>> script_json({"a": "</script><!--"})
    '{"a":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def asset(package: str, name: str) -> str:
    """The text of a style sheet or script below a package's `templates/`."""
    return files(package).joinpath("templates", name).read_text(encoding="utf-8").strip()


def hash_of(text: str) -> str:
    """What a Content-Security-Policy calls an inline style or script.

    >>> hash_of("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(style: str, script: str) -> str:
    """Nothing may be loaded, sent, framed or run but the style and the script of the page."""
    return (
        f"default-src 'none'; style-src {hash_of(style)}; script-src {hash_of(script)};"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


def page(template: Any, *, style: str = "", script: str = "", **context: object) -> str:
    """A page of a template that extends `shell.html`, with our style and script before its own.

    No style attributes and no inline handlers in templates: the policy forbids them.
    """
    styles = "\n".join(filter(None, (asset("bench.pages", "shell.css"), style)))
    scripts = "\n".join(filter(None, (asset("bench.pages", "shell.js"), script)))
    markup = require("markupsafe", extra=EXTRA).Markup
    text = template.render(
        **context,
        style=markup(styles),
        script=markup(scripts),
        policy=policy(styles, scripts),
    )
    return str(text).rstrip() + "\n"
