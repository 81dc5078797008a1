"""Keeps a key out of all that is shown: texts of the endpoint, logs of the HTTP library."""

from __future__ import annotations

import logging

from pydantic import SecretStr

HIDDEN = "[key]"
_LOGGERS = (
    "httpx2",
    *(f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
)


class Hiding(logging.Filter):
    """Replaces a key wherever it stands; as a filter of loggers, in what they write.

    >>> Hiding("sk-1").clean("Incorrect API key: sk-1")
    'Incorrect API key: [key]'
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = SecretStr(key)

    @property
    def header(self) -> dict[str, str]:
        """The header that carries the key, if there is one."""
        key = self._key.get_secret_value()
        return {"Authorization": f"Bearer {key}"} if key else {}

    def clean(self, text: str) -> str:
        """A text without the key."""
        key = self._key.get_secret_value()
        return text.replace(key, HIDDEN) if key else text

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, cleaned: httpcore2 logs the headers of answers, and some endpoints
        send the key back in one.
        """
        record.msg, record.args = self.clean(record.getMessage()), ()
        return True

    def start(self) -> None:
        """Watch the logs of the HTTP library; a logger's filter does not see its children."""
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self)

    def stop(self) -> None:
        """Leave the logs alone."""
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)
