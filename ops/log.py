"""The log: one line an event, JSON for machines or readable on a terminal, the same for our own and the libraries'.

Owns the format and where it goes (standard error: standard output belongs to what a command prints). Every accepted
message, turn and delivery writes one canonical line, thousands a second, so a JSON line is made by a single processor
(8 to 11 microseconds with 8 fields; a chain of structlog's own took 20). Never message text, names or secrets:
the callers leave them out, and `HIDDEN_KEYS` is the net below. Configured once, by `server.py`.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import MutableMapping
from typing import Any, BinaryIO, Final

import msgspec
import structlog
from structlog.typing import Processor

MESSAGE_ACCEPTED: Final = "message.accepted"
TURN_FINISHED: Final = "turn.finished"
DELIVERY_FINISHED: Final = "delivery.finished"

HIDDEN_KEYS: Final = frozenset(
    {
        "access_token", "app_secret", "authorization", "body", "bot_token", "channel_access_token", "channel_secret",
        "cookie", "credentials", "headers", "page_token", "password", "payload", "secret", "secret_key", "sender_name",
        "signing_secret", "text", "token", "url", "verify_token", "webhook_secret",
    }
)  # fmt: skip
"""Never shown, whoever logs them. Only top-level keys: values are flat by rule."""

_LIBRARIES: Final = {"tornado.access": logging.CRITICAL, "asyncio": logging.WARNING, "aiohttp.access": logging.CRITICAL}
"""Access lines would say again what the canonical lines say, and let anybody fill the log."""

Event = MutableMapping[str, Any]


def configure(*, json: bool | None = None, level: str = "info", stream: BinaryIO | None = None) -> None:
    """Set up the whole process's log. `json` None: JSON unless standard error is a terminal.

    `level` is one of debug, info, warning, error. `stream` (standard error) takes UTF-8 bytes.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    out = stream if stream is not None else sys.stderr.buffer
    as_json = json if json is not None else not (stream is None and sys.stderr.isatty())
    # Plain tracebacks: a prettier one would show the locals of every frame, tokens and texts among them.
    readable: list[Processor] = [
        _complete,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        _to_bytes,
    ]
    structlog.configure(
        processors=[_to_json] if as_json else readable,
        wrapper_class=_line_logger(number) if as_json else structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(file=out),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [_Libraries()]
    root.setLevel(max(number, logging.INFO))
    for name, least in _LIBRARIES.items():
        logging.getLogger(name).setLevel(least)
    logging.captureWarnings(True)


def _line_logger(least: int) -> type[structlog.BoundLoggerBase]:
    """A logger that makes its JSON line at once: structlog's own way through contexts and processors took as long again."""

    class LineLogger(structlog.BoundLoggerBase):
        def log(self, level: int, event: str, **fields: Any) -> None:
            if level >= least:
                fields["event"] = event
                name = logging.getLevelName(level).lower()
                self._logger.msg(_to_json(self._logger, name, {**self._context, **fields}))

        def debug(self, event: str, **fields: Any) -> None:
            if least <= logging.DEBUG:
                self.log(logging.DEBUG, event, **fields)

        def info(self, event: str, **fields: Any) -> None:
            if least <= logging.INFO:
                fields["event"] = event
                self._logger.msg(
                    _to_json(self._logger, "info", {**self._context, **fields} if self._context else fields)
                )

        def warning(self, event: str, **fields: Any) -> None:
            self.log(logging.WARNING, event, **fields)

        def error(self, event: str, **fields: Any) -> None:
            self.log(logging.ERROR, event, **fields)

        def exception(self, event: str, **fields: Any) -> None:
            self.log(logging.ERROR, event, **({"exc_info": True} | fields))

        def critical(self, event: str, **fields: Any) -> None:
            self.log(logging.CRITICAL, event, **fields)

    return LineLogger


class _Libraries(logging.Handler):
    """Takes the standard library's records to the same lines."""

    def __init__(self) -> None:
        super().__init__()
        self._log: Any = structlog.get_logger()

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a record that cannot be formatted is reported by logging's own rule."""
        try:
            fields: dict[str, Any] = {"logger": record.name}
            if record.exc_info:
                fields["exc_info"] = record.exc_info
            self._log.log(min(record.levelno // 10 * 10, logging.CRITICAL), record.getMessage(), **fields)
        except Exception:  # noqa: BLE001 (a log line may never stop the program: the rule of logging.Handler)
            self.handleError(record)


class _Clock:
    """ISO times in UTC with milliseconds; the seconds' part is formatted once a second."""

    def __init__(self) -> None:
        self._second = 0
        self._text = ""

    def __call__(self) -> str:
        now = time.time()
        second = int(now)
        if second != self._second:
            self._text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
            self._second = second
        return f"{self._text}.{int((now - second) * 1000):03d}Z"


_now: Final = _Clock()
_render_exception: Final = structlog.processors.ExceptionRenderer()
_encoder: Final = msgspec.json.Encoder(enc_hook=repr)


def _complete(_logger: Any, method: str, event: Event) -> Event:
    if not HIDDEN_KEYS.isdisjoint(event):
        for key in HIDDEN_KEYS.intersection(event):
            event[key] = "***"
    event["level"] = method
    event["timestamp"] = _now()
    return event


def _to_json(logger: Any, method: str, event: Event) -> bytes:
    if "exc_info" in event:
        event = _render_exception(logger, method, event)
    event = _complete(logger, method, event)
    try:
        return _encoder.encode(event)
    except (UnicodeEncodeError, OverflowError, TypeError):
        # Half a surrogate pair, a number beyond 64 bits: a line that says so beats a caller that fails.
        return _encoder.encode(
            {key: str(value).encode("ascii", "backslashreplace").decode() for key, value in event.items()}
        )


def _to_bytes(_logger: Any, _method: str, line: Any) -> bytes:
    return str(line).encode()
