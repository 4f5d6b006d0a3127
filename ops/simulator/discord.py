"""Discord's HTTP API, as the simulator plays it: channel messages, interaction follow-ups, typing.

Owns Discord's checks, bodies, snowflakes, nonces and interaction tokens. Opens no socket.
Source: https://docs.discord.com/developers/resources/message, .../interactions/receiving-and-responding (2026-08).
"""

from __future__ import annotations

import math
import re
import time
from collections import OrderedDict

from ops.simulator.discord_check import check_message, draft_of
from ops.simulator.exchange import Answer, Call, Effect, Json, Request, as_text, json_answer, read_body
from ops.simulator.faults import Rule
from ops.simulator.tokens import channel_of, pressed_of

EPOCH_MS = 1_420_070_400_000
NONCES = 100_000
"""How many nonces are remembered ("the past few minutes")."""

_FOLLOW_UP = r"/webhooks/(?P<app>[^/]+)/(?P<token>[^/]+)/messages/(?P<message>[^/]+)"
_PATHS: tuple[tuple[str, str, str, Effect], ...] = (
    ("POST", r"/channels/(?P<channel>[^/]+)/messages", "create_message", "post"),
    ("PATCH", r"/channels/(?P<channel>[^/]+)/messages/(?P<message>[^/]+)", "edit_message", "edit"),
    ("DELETE", r"/channels/(?P<channel>[^/]+)/messages/(?P<message>[^/]+)", "delete_message", "delete"),
    ("POST", r"/channels/(?P<channel>[^/]+)/typing", "typing", "none"),
    ("POST", r"/webhooks/(?P<app>[^/]+)/(?P<token>[^/]+)", "follow_up", "post"),
    ("PATCH", _FOLLOW_UP, "edit_follow_up", "edit"),
    ("DELETE", _FOLLOW_UP, "delete_follow_up", "delete"),
    ("POST", r"/interactions/(?P<interaction>[^/]+)/(?P<token>[^/]+)/callback", "callback", "none"),
    ("GET", r"/users/@me", "current_user", "none"),
    ("POST", r"/users/@me/channels", "create_dm", "none"),
    ("PUT", r"/applications/(?P<app>[^/]+)/(?:guilds/[^/]+/)?commands", "put_commands", "none"),
)
_ROUTES = tuple((verb, re.compile(r"/api/v[0-9]+" + path), method, effect) for verb, path, method, effect in _PATHS)
_TOKEN_METHODS = ("follow_up", "edit_follow_up", "edit_original", "delete_follow_up", "delete_original", "callback")
_BODILESS = ("typing", "current_user")
_CHANNEL_METHODS = ("create_message", "edit_message", "delete_message", "typing")
_REASONS = {
    "blocked": (403, 50007, "Cannot send messages to this user"),
    "chat_not_found": (404, 10003, "Unknown Channel"),
    "kicked": (403, 50001, "Missing Access"),
    "migrated": (404, 10003, "Unknown Channel"),
    "window_closed": (403, 50278, "Cannot send messages to this user due to having no mutual guilds"),
    "unauthorized": (401, 0, "401: Unauthorized"),
    "forbidden": (403, 50013, "Missing Permissions"),
    "bad_request": (400, 50035, "Invalid Form Body"),
    "token_expired": (401, 50027, "Invalid Webhook Token"),
    "reply_not_found": (400, 10008, "Unknown Message"),
    "message_gone": (404, 10008, "Unknown Message"),
}


class DiscordApi:
    """Discord for any number of applications."""

    name = "discord"

    def __init__(self) -> None:
        self._step = 0
        self._nonces: OrderedDict[tuple[str, str, str], Json] = OrderedDict()
        """By (bot, channel, nonce): the message that it made."""
        self._originals: OrderedDict[str, str] = OrderedDict()
        """By the name that `_target` gives an interaction's first answer: its number."""
        self._deleted: set[str] = set()
        self._posted: OrderedDict[tuple[str, str], None] = OrderedDict()
        """(channel, number) of the latest messages: the bot changes no others."""
        self._answered: set[str] = set()
        self._expired: set[str] = set()
        self._channels: dict[str, str] = {}

    def know_token(self, token: str, channel: str) -> None:
        """Say in which channel an interaction token answers; tokens of `webhooks.py` say it themselves."""
        self._channels[token] = channel

    def expire_token(self, token: str) -> None:
        """End the interaction token, as after 15 minutes."""
        self._expired.add(token)

    def read(self, request: Request) -> Call:
        body, problem = read_body(request)
        for verb, pattern, method, effect in _ROUTES:
            found = pattern.fullmatch(request.path) if verb == request.verb else None
            if found is None:
                continue
            parts = found.groupdict()
            token = parts.get("token") or request.headers.get("Authorization", "").removeprefix("Bot ")
            account = parts.get("app") or token[-6:]
            chat = parts.get("channel") or ""
            if method in _TOKEN_METHODS:
                chat = self._channels.get(token) or channel_of(token)
            elif method == "create_dm":
                chat = as_text(body.get("recipient_id"))
            call = Call(platform=self.name, request=request, method=method, body=body, problem=problem, effect=effect)
            call.account, call.token, call.chat = account, token, chat
            call.target = _target(parts.get("message"), token)
            if parts.get("message") == "@original":
                call.method = method.replace("follow_up", "original")
            if effect in ("post", "edit"):
                call.drafts = (draft_of(body),)
            return call
        return Call(platform=self.name, request=request, method="unknown", body=body, problem=problem)

    def perform(self, call: Call) -> Answer:
        refusal = self._check(call)
        if refusal is not None:
            return refusal
        match call.method:
            case "create_message" | "follow_up":
                return self._post(call)
            case "edit_message" | "edit_follow_up" | "edit_original":
                return self._edit(call)
            case "delete_message" | "delete_follow_up" | "delete_original":
                self._deleted.add(call.target)
                return Answer(status=204, message_ids=(self._number(call.target),), delivered=True)
            case "typing":
                return Answer(status=204)
            case "callback":
                if call.token in self._answered:
                    return _error(400, 40060, "Interaction has already been acknowledged.")
                self._answered.add(call.token)
                return Answer(status=204)
            case "current_user":
                return json_answer({"id": "900", "username": "parlor", "global_name": None, "bot": True})
            case "create_dm":
                return json_answer({"id": self._snowflake(), "type": 1, "recipients": [{"id": call.chat}]})
            case _:
                return json_answer([])

    def fail(self, call: Call, rule: Rule) -> Answer:
        if rule.action == "refuse":
            if rule.reason == "token_expired" and call.method in _TOKEN_METHODS:
                self._expired.add(call.token)
            return _error(*_REASONS.get(rule.reason, (400, 50035, "Invalid Form Body")))
        if rule.status == 429:
            wait_s = 0.0 if rule.retry_after_s is None else round(rule.retry_after_s, 3)
            scope = "global" if rule.whole_bot else "user"
            body: Json = {"message": "You are being rate limited.", "retry_after": wait_s, "global": rule.whole_bot}
            if rule.retry_after_s is None:
                del body["retry_after"]
            headers: tuple[tuple[str, str], ...] = (("X-RateLimit-Scope", scope), ("X-RateLimit-Remaining", "0"))
            if rule.retry_after_s is not None:
                reset = (("Retry-After", str(math.ceil(wait_s))), ("X-RateLimit-Reset-After", f"{wait_s:.3f}"))
                headers = (*headers, *reset)
            return json_answer(body, status=429, error="rate limited", headers=headers)
        if rule.status == 500:
            return _error(500, 0, "500: Internal Server Error")
        page = b"<html><head><title>upstream error</title></head></html>"
        return Answer(status=rule.status, body=page, content_type="text/html", error=str(rule.status))

    def _check(self, call: Call) -> Answer | None:
        """Return the refusal for what every call must have, or None."""
        if not re.match(r"DiscordBot \(", call.request.headers.get("User-Agent", "")):
            return _error(403, 40333, "internal network error")
        if call.method == "unknown":
            return _error(404, 0, "404: Not Found")
        bot = call.request.headers.get("Authorization", "").startswith("Bot ")
        if call.method not in _TOKEN_METHODS and not (bot and len(call.token) >= 3):
            return _error(401, 0, "401: Unauthorized")
        if call.token in self._expired:
            return _error(401, 50027, "Invalid Webhook Token")
        takes_body = call.method not in _BODILESS and call.effect != "delete"
        if takes_body and (call.problem or not call.request.raw):
            return _error(400, 50109, "The request body contains invalid JSON.")
        if call.method in _CHANNEL_METHODS and not call.chat.isdecimal():
            return _error(400, 50035, "Invalid Form Body", {"channel_id": f'Value "{call.chat}" is not snowflake.'})
        by_number = call.method in ("edit_message", "delete_message")
        if call.target in self._deleted or (by_number and (call.chat, call.target) not in self._posted):
            return _error(404, 10008, "Unknown Message")
        return check_message(call.body, editing=call.effect == "edit") if call.drafts else None

    def _post(self, call: Call) -> Answer:
        nonce = call.body.get("nonce")
        key = (call.account, call.chat, str(nonce))
        enforced = call.method == "create_message" and nonce is not None and call.body.get("enforce_nonce") is True
        if enforced and key in self._nonces:
            known = self._nonces[key]
            return json_answer(known, message_ids=(known["id"],), duplicate=True)
        message = self._message(call, self._snowflake())
        self._note(call.chat, message["id"])
        if enforced:
            self._nonces[key] = message
            if len(self._nonces) > NONCES:
                self._nonces.popitem(last=False)
        return json_answer(message, message_ids=(message["id"],), delivered=True)

    def _edit(self, call: Call) -> Answer:
        number = self._number(call.target)
        self._note(call.chat, number)
        return json_answer(self._message(call, number), message_ids=(number,), delivered=True)

    def _note(self, channel: str, number: str) -> None:
        """Know a message, so that it can be changed."""
        self._posted[channel, number] = None
        if len(self._posted) > NONCES:
            self._posted.popitem(last=False)

    def _number(self, target: str) -> str:
        """Return the number of the message that is changed."""
        if not target.startswith("original:"):
            return target
        number = self._originals.setdefault(target, self._snowflake())
        if len(self._originals) > NONCES:
            self._originals.popitem(last=False)
        return number

    def _message(self, call: Call, number: str) -> Json:
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00", time.gmtime())
        author = {"id": "900", "username": "parlor", "bot": True, "discriminator": "0000"}
        message: Json = {"id": number, "type": 0, "channel_id": call.chat, "author": author, "timestamp": now}
        message |= {"content": call.body.get("content") or "", "components": call.body.get("components") or []}
        message |= {"embeds": call.body.get("embeds") or [], "attachments": [], "mentions": [], "pinned": False}
        message |= {"mention_roles": [], "mention_everyone": False}
        message |= {"edited_timestamp": now if call.effect == "edit" else None, "tts": False, "flags": 0}
        if call.body.get("nonce") is not None:
            message["nonce"] = call.body["nonce"]
        return message

    def _snowflake(self) -> str:
        self._step += 1
        return str(((time.time_ns() // 1_000_000 - EPOCH_MS) << 22) + self._step % (1 << 22))


def _target(message: str | None, token: str) -> str:
    """Name the message that is changed: an interaction's "original" is what was pressed, else its first answer, known by its
    token only."""
    if message != "@original":
        return message or ""
    return pressed_of(token) or f"original:{token}"


def _error(status: int, code: int, message: str, errors: dict[str, str] | None = None) -> Answer:
    body: Json = {"message": message, "code": code}
    if errors:
        body["errors"] = {
            name: {"_errors": [{"code": "BASE_TYPE_BAD", "message": words}]} for name, words in errors.items()
        }
    return json_answer(body, status=status, error=f"{code} {message}")
