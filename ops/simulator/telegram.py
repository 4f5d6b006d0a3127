"""Telegram's Bot API, as the simulator plays it: `/bot<TOKEN>/<method>`.

Owns Telegram's checks, bodies and message numbers. Reads JSON or form bodies; opens no socket, knows no faults but how
Telegram words them. Source: https://core.telegram.org/bots/api (2026-06).
"""

from __future__ import annotations

import math
import re
import time

from ops.simulator.exchange import (
    Answer,
    Call,
    Draft,
    Effect,
    Json,
    Request,
    as_object,
    as_text,
    json_answer,
    read_body,
)
from ops.simulator.faults import Rule
from ops.simulator.markup import telegram_visible
from ops.simulator.people import People
from ops.simulator.telegram_check import (
    ACTIONS,
    buttons_of,
    check_chat,
    check_markup,
    check_words,
    markup_of,
    wrong_type,
)

_PATH = re.compile(r"/bot([^/]+)/(\w+)")
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_METHODS = (
    *("sendMessage", "sendPhoto", "sendChatAction", "answerCallbackQuery", "editMessageText", "deleteMessage"),
    *("getMe", "getChat", "getChatMember", "setWebhook", "deleteWebhook", "getWebhookInfo", "setMyCommands"),
)
_NAMES = {name.lower(): name for name in _METHODS}
_EFFECTS: dict[str, Effect] = {
    "sendMessage": "post",
    "sendPhoto": "post",
    "editMessageText": "edit",
    "deleteMessage": "delete",
}
_REASONS = {
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "chat_not_found": (400, "Bad Request: chat not found"),
    "kicked": (403, "Forbidden: bot was kicked from the supergroup chat"),
    "migrated": (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "unauthorized": (401, "Unauthorized"),
    "forbidden": (400, "Bad Request: not enough rights to send text messages to the chat"),
    "token_expired": (400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    "reply_not_found": (400, "Bad Request: message to be replied not found"),
    "message_gone": (400, "Bad Request: message to edit not found"),
}
_FIRST_MESSAGE = 5000
"""Message numbers start here, well above those of the webhooks that a test makes up."""
_REMEMBERED = 200
"""Messages of a chat that can still be edited."""

Shown = tuple[Draft, str | None]
"""A message's look, and the picture above its text."""


class TelegramApi:
    """Telegram for any number of bots."""

    name = "telegram"

    def __init__(self, people: People) -> None:
        self._people = people
        self._chats: dict[tuple[str, str], dict[int, Shown | None]] = {}
        """By (bot, chat): what its latest messages show, by number; None: deleted."""
        self._webhooks: dict[str, Json] = {}

    def read(self, request: Request) -> Call:
        found = _PATH.fullmatch(request.path)
        token, method = found.groups() if found else ("", "")
        method = _NAMES.get(method.lower(), "")
        body, problem = read_body(request)
        if request.query:
            body = {**request.query, **body}
        call = Call(
            platform=self.name,
            request=request,
            method=method or "unknown",
            account=token.partition(":")[0],
            token=token,
            chat=as_text(body.get("chat_id")),
            body=body,
            problem=problem,
            effect=_EFFECTS.get(method, "none"),
        )
        if call.effect in ("edit", "delete"):
            call.target = as_text(body.get("message_id"))
        if call.effect in ("post", "edit"):
            call.drafts = (self._draft(call),)
        return call

    def perform(self, call: Call) -> Answer:
        if not _TOKEN.fullmatch(call.token):
            return _error(401, "Unauthorized")
        if call.method == "unknown":
            return _error(404, "Not Found")
        if call.problem in ("not_json", "not_object"):
            return _error(400, "Bad Request: can't parse request: JSON object expected")
        wrong = wrong_type(call.body)
        if wrong:
            return _error(400, f"Bad Request: can't parse parameter {wrong}")
        match call.method:
            case "sendMessage" | "sendPhoto":
                return self._send(call)
            case "editMessageText":
                return self._edit(call)
            case "deleteMessage":
                return self._delete(call)
            case "sendChatAction":
                refusal = check_chat(call.chat)
                if refusal is None and call.body.get("action") not in ACTIONS:
                    refusal = "wrong parameter action in request"
                return _error(400, f"Bad Request: {refusal}") if refusal else _result(True)
            case "answerCallbackQuery":
                if not call.body.get("callback_query_id"):
                    return _error(
                        400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
                    )
                too_long = len(call.body.get("text", "")) > 200
                return _error(400, "Bad Request: MESSAGE_TOO_LONG") if too_long else _result(True)
            case _:
                return self._set_up(call)

    def fail(self, call: Call, rule: Rule) -> Answer:
        if rule.action == "refuse":
            status, description = _REASONS.get(rule.reason, (400, "Bad Request: wrong parameter"))
            more = {"migrate_to_chat_id": int(rule.new_chat)} if rule.reason == "migrated" else None
            return _error(status, description, more)
        if rule.status == 429:
            if rule.retry_after_s is None:
                return _error(429, "Too Many Requests")
            wait_s = max(1, math.ceil(rule.retry_after_s))
            headers = (("Retry-After", str(wait_s)),)
            return _error(429, f"Too Many Requests: retry after {wait_s}", {"retry_after": wait_s}, headers)
        if rule.status == 500:
            return _error(500, "Internal Server Error")
        page = f"<html><head><title>{rule.status}</title></head></html>".encode()
        return Answer(status=rule.status, body=page, content_type="text/html", error=str(rule.status))

    def _draft(self, call: Call) -> Draft:
        """Read what a player would see; a fault in the markup is noted as the call's problem."""
        words = "caption" if call.method == "sendPhoto" else "text"
        text, fault = telegram_visible(as_text(call.body.get(words)), as_text(call.body.get("parse_mode")))
        call.problem = call.problem or fault
        markup = markup_of(call.body)
        buttons = buttons_of(markup) if isinstance(markup, dict) else ()
        image = as_text(call.body.get("photo")) or None if call.method == "sendPhoto" else None
        return Draft(text=text, buttons=buttons, image=image)

    def _send(self, call: Call) -> Answer:
        refusal = check_chat(call.chat) or check_words(call) or check_markup(markup_of(call.body))
        if refusal:
            return _error(400, f"Bad Request: {refusal}")
        shown = self._chats.setdefault((call.account, call.chat), {})
        number = next(reversed(shown)) + 1 if shown else _FIRST_MESSAGE
        shown[number] = _look(call)
        if len(shown) > _REMEMBERED:
            del shown[next(iter(shown))]
        return _result(_message(call, number), message_ids=(str(number),), delivered=True)

    def _edit(self, call: Call) -> Answer:
        refusal = check_chat(call.chat) or check_words(call) or check_markup(markup_of(call.body))
        if refusal:
            return _error(400, f"Bad Request: {refusal}")
        shown = self._chats.get((call.account, call.chat), {})
        number = int(call.target) if call.target.isdecimal() else 0
        before = shown.get(number)
        if before is None:
            return _error(400, "Bad Request: message to edit not found")
        if before[0].image is not None:
            return _error(400, "Bad Request: there is no text in the message to edit")
        if before == _look(call):
            return _error(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup "
                "are exactly the same as a current content and reply markup of the message",
            )
        shown[number] = _look(call)
        return _result(_message(call, number), message_ids=(call.target,), delivered=True)

    def _delete(self, call: Call) -> Answer:
        shown = self._chats.get((call.account, call.chat), {})
        number = int(call.target) if call.target.isdecimal() else 0
        # The newest number stays as the counter's memory: a chat never gives a number twice.
        if shown.get(number) is None:
            return _error(400, "Bad Request: message to delete not found")
        shown[number] = None
        return _result(True, message_ids=(call.target,), delivered=True)

    def _member(self, call: Call) -> Answer:
        user = as_text(call.body.get("user_id"))
        refusal = check_chat(call.chat) or (None if user.isdecimal() else "invalid user_id specified")
        if refusal:
            return _error(400, f"Bad Request: {refusal}")
        person = {"id": int(user), "is_bot": False, "first_name": self._people.name(user)}
        return _result({"status": "administrator" if self._people.is_admin(user) else "member", "user": person})

    def _set_up(self, call: Call) -> Answer:
        match call.method:
            case "getMe":
                return _result(_bot(call.account))
            case "getChat":
                refusal = check_chat(call.chat)
                return _error(400, f"Bad Request: {refusal}") if refusal else _result(_chat(call.chat))
            case "getChatMember":
                return self._member(call)
            case "setWebhook":
                url = call.body.get("url", "")
                if url and not url.startswith("https://"):
                    return _error(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
                if "secret_token" in call.body and not _SECRET.fullmatch(as_text(call.body["secret_token"])):
                    return _error(400, "Bad Request: secret token contains unallowed characters")
                self._webhooks[call.token] = call.body
                return json_answer({"ok": True, "result": True, "description": "Webhook was set"})
            case "deleteWebhook":
                self._webhooks.pop(call.token, None)
                return json_answer({"ok": True, "result": True, "description": "Webhook was deleted"})
            case "getWebhookInfo":
                url = self._webhooks.get(call.token, {}).get("url", "")
                return _result({"url": url, "has_custom_certificate": False, "pending_update_count": 0})
            case _:
                return _set_commands(call.body.get("commands"))


def _bot(account: str) -> Json:
    return {"id": int(account), "is_bot": True, "first_name": "Parlor", "username": f"parlor_{account}_bot"}


def _chat(chat: str) -> Json:
    if chat.startswith("-"):
        kind = "supergroup" if chat.startswith("-100") else "group"
        return {"id": int(chat), "type": kind, "title": f"Group {chat}"}
    if chat.startswith("@"):
        return {"id": -1009000000001, "type": "channel", "title": chat[1:], "username": chat[1:]}
    return {"id": int(chat), "type": "private", "first_name": f"Player {chat}"}


def _look(call: Call) -> Shown:
    preview = as_object(call.body.get("link_preview_options"))
    return call.drafts[0], as_text(preview.get("url")) or None


def _message(call: Call, number: int) -> Json:
    draft = call.drafts[0]
    message: Json = {
        "message_id": number,
        "from": _bot(call.account),
        "chat": _chat(call.chat),
        "date": int(time.time()),
    }
    if draft.image is None:
        message["text"] = draft.text
    else:
        message["photo"] = [{"file_id": f"AgAC{number}", "file_unique_id": f"u{number}", "width": 640, "height": 480}]
        message["caption"] = draft.text
    if call.effect == "edit":
        message["edit_date"] = message["date"]
    return message


def _result(result: object, *, message_ids: tuple[str, ...] = (), delivered: bool = False) -> Answer:
    return json_answer({"ok": True, "result": result}, message_ids=message_ids, delivered=delivered)


def _error(
    status: int, description: str, parameters: Json | None = None, headers: tuple[tuple[str, str], ...] = ()
) -> Answer:
    body: Json = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return json_answer(body, status=status, error=description, headers=headers)


def _set_commands(commands: object) -> Answer:
    if not isinstance(commands, list) or len(commands) > 100:
        return _error(400, "Bad Request: can't parse parameter commands")
    named = all(isinstance(item, dict) and _COMMAND.fullmatch(as_text(item.get("command"))) for item in commands)
    return _result(True) if named else _error(400, "Bad Request: BOT_COMMAND_INVALID")
