"""Slack's Web API, as the simulator plays it: `/api/<method>`. Errors are HTTP 200 with `"ok": false`.

Owns Slack's checks, bodies and timestamps. Opens no socket. Source: https://docs.slack.dev/reference/methods (2026-06).
"""

from __future__ import annotations

import math
import re
import time

from ops.simulator.exchange import Answer, Call, Effect, Json, Request, as_text, bearer, json_answer, read_body
from ops.simulator.faults import Rule
from ops.simulator.people import People
from ops.simulator.slack_check import check_message, drafts_of, slack_error

_CHANNEL = re.compile(r"[CDGUW][A-Z0-9]+")
_TS = re.compile(r"[0-9]{1,12}\.[0-9]{6}")
_EFFECTS: dict[str, Effect] = {"chat.postMessage": "post", "chat.update": "edit", "chat.delete": "delete"}
_READS = ("users.info", "conversations.info")
_METHODS = (*_EFFECTS, *_READS, "auth.test", "api.test")
_REASONS = {
    "blocked": "messages_tab_disabled",
    "chat_not_found": "channel_not_found",
    "kicked": "not_in_channel",
    "migrated": "is_archived",
    "window_closed": "restricted_action",
    "unauthorized": "invalid_auth",
    "forbidden": "missing_scope",
    "bad_request": "invalid_arguments",
    "token_expired": "token_revoked",
    "reply_not_found": "cannot_reply_to_message",
    "message_gone": "message_not_found",
}


class SlackApi:
    """Slack for any number of workspaces."""

    name = "slack"

    def __init__(self, people: People) -> None:
        self._people = people
        self._last_us = 0
        self._messages: dict[str, set[str]] = {}
        """Timestamps of the latest messages by channel, for edits."""

    def read(self, request: Request) -> Call:
        method = request.path.removeprefix("/api/")
        body, problem = read_body(request)
        token = bearer(request) or as_text(body.get("token"))
        if method in _READS or request.verb == "GET":
            # Read methods take their arguments from the query or a form, never from JSON.
            is_json = "json" in request.headers.get("Content-Type", "")
            body = {**request.query, **({} if is_json else body)}
        call = Call(
            platform=self.name,
            request=request,
            method=method if method in _METHODS else "unknown",
            account=token[-6:],
            token=token,
            chat=as_text(body.get("channel")),
            body=body,
            problem=problem,
            effect=_EFFECTS.get(method, "none"),
        )
        if call.effect in ("edit", "delete"):
            call.target = as_text(body.get("ts"))
        if call.effect in ("post", "edit"):
            call.drafts = drafts_of(body)
        return call

    def perform(self, call: Call) -> Answer:
        error = self._check(call)
        if error:
            return slack_error(error)
        match call.method:
            case "api.test":
                return json_answer({"ok": True})
            case "auth.test":
                found = {"url": "https://parlor.slack.com/", "team": "Parlor", "user": "parlor"}
                return json_answer({"ok": True, **found, "team_id": "T01", "user_id": "U0BOT", "bot_id": "B01"})
            case "users.info":
                return self._user(as_text(call.body.get("user")))
            case "conversations.info":
                return json_answer({"ok": True, "channel": {"id": call.chat, "name": "general", "is_channel": True}})
            case "chat.postMessage":
                return self._post(call)
            case _:
                return self._change(call)

    def fail(self, call: Call, rule: Rule) -> Answer:
        if rule.action == "refuse":
            return slack_error(_REASONS.get(rule.reason, "restricted_action"))
        if rule.status == 429:
            wait = () if rule.retry_after_s is None else (("Retry-After", str(max(1, math.ceil(rule.retry_after_s)))),)
            return json_answer({"ok": False, "error": "ratelimited"}, status=429, error="ratelimited", headers=wait)
        if rule.status == 500:
            return json_answer({"ok": False, "error": "internal_error"}, status=500, error="internal_error")
        return Answer(
            status=rule.status, body=b"upstream unavailable", content_type="text/plain", error=str(rule.status)
        )

    def _check(self, call: Call) -> str:
        if call.method == "unknown":
            return "unknown_method"
        if call.method == "api.test":
            return ""
        if call.problem in ("not_json", "not_object"):
            return "invalid_json" if call.problem == "not_json" else "json_not_object"
        if not call.token:
            return "not_authed"
        if not call.token.startswith("xoxb-") or len(call.token) < 6:
            return "invalid_auth"
        if call.effect == "none" and call.method != "conversations.info":
            return ""
        return "" if _CHANNEL.fullmatch(call.chat) else "channel_not_found"

    def _post(self, call: Call) -> Answer:
        body = call.body
        refusal = check_message(body)
        if refusal is not None:
            return refusal
        thread = body.get("thread_ts")
        if thread is not None and not _TS.fullmatch(as_text(thread)):
            return slack_error("invalid_arguments", ["[ERROR] invalid thread_ts"])
        given = tuple(self._timestamp() for _ in call.drafts)
        known = self._messages.setdefault(call.chat, set())
        if len(known) > 1000:
            known.clear()
        known.update(given)
        message: Json = {"type": "message", "user": "U0BOT", "bot_id": "B01", "app_id": "A01", "ts": given[0]}
        message["text"] = as_text(body.get("text"))
        if thread is not None:
            message["thread_ts"] = thread
        found = {"ok": True, "channel": call.chat, "ts": given[0], "message": message}
        return json_answer(found, message_ids=given, delivered=True)

    def _change(self, call: Call) -> Answer:
        if call.target not in self._messages.get(call.chat, ()):
            return slack_error("message_not_found")
        if call.effect == "edit":
            refusal = check_message(call.body)
            if refusal is not None:
                return refusal
        else:
            self._messages[call.chat].discard(call.target)
        found = {"ok": True, "channel": call.chat, "ts": call.target}
        return json_answer(found, message_ids=(call.target,), delivered=True)

    def _user(self, user: str) -> Answer:
        if not re.fullmatch(r"[UW][A-Z0-9]+", user):
            return slack_error("user_not_found")
        name = self._people.name(user)
        profile = {"real_name": name, "display_name": name}
        found: Json = {"id": user, "team_id": "T01", "name": name.lower().replace(" ", "."), "real_name": name}
        found |= {"is_admin": self._people.is_admin(user), "is_owner": False, "is_primary_owner": False}
        return json_answer({"ok": True, "user": {**found, "profile": profile, "is_bot": False, "locale": "en-US"}})

    def _timestamp(self) -> str:
        self._last_us = max(self._last_us + 1, time.time_ns() // 1000)
        return f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06d}"
