"""The log as an operator's tools read it: one JSON object a line, from our code and from the libraries, no secrets."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import structlog

from ops import log


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("tornado.access", "aiohttp.access", "asyncio")}
    yield
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers = handlers
    root.setLevel(level)
    for name, least in levels.items():
        logging.getLogger(name).setLevel(least)


def configured(**options: Any) -> io.BytesIO:
    out = io.BytesIO()
    log.configure(stream=out, **options)
    return out


def lines(out: io.BytesIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_canonical_line_is_one_json_object() -> None:
    out = configured()
    structlog.get_logger().info(log.TURN_FINISHED, conversation=7, lane="default", ms=1.5, outcome="ok")
    (line,) = lines(out)
    moment = datetime.fromisoformat(line.pop("timestamp"))
    assert moment.utcoffset() is not None
    assert line == {
        "event": "turn.finished", "level": "info", "conversation": 7, "lane": "default", "ms": 1.5, "outcome": "ok",
    }  # fmt: skip


def test_libraries_write_the_same_lines() -> None:
    out = configured()
    logging.getLogger("tornado.general").warning("slow %s", "socket")
    (line,) = lines(out)
    assert (line["event"], line["level"], line["logger"]) == ("slow socket", "warning", "tornado.general")


def test_access_lines_of_libraries_are_left_out() -> None:
    out = configured()
    logging.getLogger("tornado.access").warning("404 GET /")
    assert out.getvalue() == b""


def test_warnings_become_lines() -> None:
    out = configured()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        log.configure(stream=out)
        warnings.warn("old setting", stacklevel=1)
        logging.captureWarnings(False)
    assert "old setting" in lines(out)[0]["event"]


def test_an_exception_is_told_in_its_line() -> None:
    out = configured()
    try:
        raise LookupError("gone")
    except LookupError:
        structlog.get_logger().exception("turn.finished")
        logging.getLogger("x").exception("boom")
    first, second = lines(out)
    assert first["level"] == second["level"] == "error"
    assert "LookupError: gone" in first["exception"]
    assert "LookupError: gone" in second["exception"]


@pytest.mark.parametrize("as_json", [True, False])
def test_secrets_and_words_are_hidden_whoever_logs_them(as_json: bool) -> None:
    out = configured(json=as_json)
    structlog.get_logger().warning("oops", **dict.fromkeys(sorted(log.HIDDEN_KEYS), "hunter2"), kept="visible")
    assert b"hunter2" not in out.getvalue()
    assert b"visible" in out.getvalue()


def test_a_value_that_json_cannot_hold_does_not_fail_the_caller() -> None:
    out = configured()
    logger = structlog.get_logger()
    logger.info("a", error="\ud83d", big=2**70, thing=object())
    logger.info("b", thing={1, 2})
    assert [line["event"] for line in lines(out)] == ["a", "b"]


def test_lines_below_the_level_are_left_out() -> None:
    out = configured(level="warning")
    structlog.get_logger().info("quiet")
    logging.getLogger("x").info("quiet")
    structlog.get_logger().error("loud")
    assert [line["event"] for line in lines(out)] == ["loud"]


def test_a_terminal_gets_a_readable_line() -> None:
    out = configured(json=False)
    structlog.get_logger().info("server.started", port=8080)
    text = out.getvalue().decode()
    assert "server.started" in text
    assert not text.startswith("{")
