"""LINE's Messaging API, as the simulator plays it: reply, push, loading animation, profiles.

Owns LINE's bodies, reply tokens (single use) and retry keys. What is wrong with a message is judged in `line_check.py`.
Opens no socket. Source: https://developers.line.biz/en/reference/messaging-api (2026-07).
"""

from __future__ import annotations

import re
import uuid
from collections import OrderedDict

from ops.simulator.exchange import Answer, Call, Effect, Json, Request, as_text, bearer, encode, json_answer, read_body
from ops.simulator.faults import Rule
from ops.simulator.line_check import check_messages, drafts_of
from ops.simulator.people import People
from ops.simulator.tokens import channel_of

BODY_LIMIT = 2 * 1024 * 1024
REMEMBERED = 200_000
"""Reply tokens and retry keys that are remembered."""

_PATHS: dict[tuple[str, str], tuple[str, Effect]] = {
    ("POST", "/v2/bot/message/reply"): ("reply", "post"),
    ("POST", "/v2/bot/message/push"): ("push", "post"),
    ("POST", "/v2/bot/message/validate/reply"): ("validate", "none"),
    ("POST", "/v2/bot/message/validate/push"): ("validate", "none"),
    ("POST", "/v2/bot/chat/loading/start"): ("loading", "none"),
    ("GET", "/v2/bot/info"): ("info", "none"),
    ("PUT", "/v2/bot/channel/webhook/endpoint"): ("set_endpoint", "none"),
}
_PROFILE = re.compile(r"/v2/bot/profile/([^/]+)")
_MEMBER = re.compile(r"/v2/bot/(group|room)/([^/]+)/member/([^/]+)")
_SUMMARY = re.compile(r"/v2/bot/group/([^/]+)/summary")
_CHAT = re.compile(r"[UCR]\w+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_REASONS = {
    "chat_not_found": (400, "Failed to send messages"),
    "kicked": (400, "Failed to send messages"),
    "unauthorized": (401, "Authentication failed. Confirm that the access token in the authorization header is valid."),
    "forbidden": (403, "Access to this API is not available for your account"),
    "token_expired": (400, "Invalid reply token"),
    "quota": (429, "You have reached your monthly limit."),
}


class LineApi:
    """LINE for any number of channels."""

    name = "line"

    def __init__(self, people: People) -> None:
        self._people = people
        self._number = 461_000_000_000_000_000
        self._spent: OrderedDict[str, None] = OrderedDict()
        self._retry_keys: OrderedDict[tuple[str, str], tuple[str, list[Json]]] = OrderedDict()
        """By (channel, key): the accepted request's id and its `sentMessages`."""

    def expire_token(self, token: str) -> None:
        """End the reply token, as after a minute."""
        self._spend(token)

    def read(self, request: Request) -> Call:
        body, problem = read_body(request)
        token = bearer(request)
        call = Call(platform=self.name, request=request, method="unknown", token=token, body=body, problem=problem)
        call.account = token[-6:]
        known = _PATHS.get((request.verb, request.path))
        if known is not None:
            call.method, call.effect = known
        elif request.verb == "GET":
            self._read_lookup(call)
        if call.method == "reply":
            call.chat = channel_of(as_text(body.get("replyToken")))
        elif call.method in ("push", "loading"):
            call.chat = as_text(body.get("to") or body.get("chatId"))
        if call.effect == "post":
            call.drafts = drafts_of(body)
        return call

    def perform(self, call: Call) -> Answer:
        request_id = str(uuid.uuid4())
        answer = self._perform(call, request_id)
        headers = (("X-Line-Request-Id", request_id), *answer.headers)
        return Answer(
            status=answer.status,
            body=answer.body,
            headers=headers,
            message_ids=answer.message_ids,
            delivered=answer.delivered,
            duplicate=answer.duplicate,
            error=answer.error,
        )

    def fail(self, call: Call, rule: Rule) -> Answer:
        headers = (("X-Line-Request-Id", str(uuid.uuid4())),)
        if rule.action == "refuse" and rule.reason == "blocked" and call.method == "push":
            # A push to who blocked the account is accepted and shown to nobody.
            number = self._next_id()
            body = {"sentMessages": [{"id": number, "quoteToken": f"q{number}"}]}
            return json_answer(body, headers=headers, message_ids=(number,))
        if rule.action == "refuse":
            if rule.reason == "token_expired":
                self._spend(as_text(call.body.get("replyToken")))
            status, message = _REASONS.get(rule.reason, (400, "The request body has 1 error(s)"))
            return json_answer({"message": message}, status=status, headers=headers, error=message)
        if rule.status == 429:
            message = "The API rate limit has been exceeded. Try again later."
            # LINE documents no Retry-After, so none is given whatever the rule promises.
            return json_answer({"message": message}, status=429, headers=headers, error=message)
        message = "Internal server error" if rule.status == 500 else "The service is not available"
        return json_answer({"message": message}, status=rule.status, headers=headers, error=message)

    def _perform(self, call: Call, request_id: str) -> Answer:
        if not call.token:
            return _error(*_REASONS["unauthorized"])
        if len(call.request.raw) > BODY_LIMIT:
            return _error(413, "Request exceeds the max size of 2MB. Make the request smaller than 2MB and try again.")
        if call.problem:
            return _error(400, "The request body could not be parsed as JSON")
        match call.method:
            case "unknown":
                return _error(404, "Not found")
            case "profile" | "member":
                user = call.target
                name = self._people.name(user)
                more = {"language": "en"} if call.method == "profile" else {}
                return json_answer({"userId": user, "displayName": name, **more})
            case "summary":
                return json_answer({"groupId": call.chat, "groupName": f"Group {call.chat[-4:]}"})
            case "info":
                found = {"userId": "U" + "0" * 32, "basicId": "@parlor", "displayName": "Parlor", "chatMode": "bot"}
                return json_answer({**found, "markAsReadMode": "auto"})
            case "loading":
                seconds = call.body.get("loadingSeconds", 20)
                fits = isinstance(seconds, int) and 5 <= seconds <= 60 and seconds % 5 == 0
                if not call.chat.startswith("U") or not fits:
                    return _error(400, "The property, 'chatId' or 'loadingSeconds', is invalid")
                return json_answer({}, status=202)
            case "set_endpoint":
                return json_answer({})
        fault = check_messages(call.body)
        if fault is not None:
            return fault
        if call.method == "validate":
            return json_answer({})
        return self._reply(call) if call.method == "reply" else self._push(call, request_id)

    def _reply(self, call: Call) -> Answer:
        token = as_text(call.body.get("replyToken"))
        if "X-Line-Retry-Key" in call.request.headers:
            return _error(400, "The header 'X-Line-Retry-Key' is not supported by this API")
        if not token or token in self._spent:
            return _error(400, "Invalid reply token")
        self._spend(token)
        return self._accept(call)

    def _push(self, call: Call, request_id: str) -> Answer:
        if not _CHAT.fullmatch(call.chat):
            return _error(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
        key = call.request.headers.get("X-Line-Retry-Key")
        if key is None:
            return self._accept(call)
        if not _UUID.fullmatch(key):
            return _error(400, "The value of the header 'X-Line-Retry-Key' is invalid")
        place = (call.token, key.lower())
        accepted = self._retry_keys.get(place)
        if accepted is not None:
            body = {"message": "The retry key is already accepted", "sentMessages": accepted[1]}
            given = tuple(message["id"] for message in accepted[1])
            headers = (("X-Line-Accepted-Request-Id", accepted[0]),)
            return json_answer(
                body, status=409, headers=headers, message_ids=given, duplicate=True, error="retry key already accepted"
            )
        answer = self._accept(call)
        self._retry_keys[place] = (request_id, [_sent(number) for number in answer.message_ids])
        if len(self._retry_keys) > REMEMBERED:
            self._retry_keys.popitem(last=False)
        return answer

    def _accept(self, call: Call) -> Answer:
        given = tuple(self._next_id() for _ in call.drafts)
        body = encode({"sentMessages": [_sent(number) for number in given]})
        return Answer(body=body, message_ids=given, delivered=True)

    def _read_lookup(self, call: Call) -> None:
        path = call.request.path
        if found := _PROFILE.fullmatch(path):
            call.method, call.chat, call.target = "profile", found[1], found[1]
        elif found := _MEMBER.fullmatch(path):
            call.method, call.chat, call.target = "member", found[2], found[3]
        elif found := _SUMMARY.fullmatch(path):
            call.method, call.chat = "summary", found[1]

    def _next_id(self) -> str:
        self._number += 1
        return str(self._number)

    def _spend(self, token: str) -> None:
        self._spent[token] = None
        if len(self._spent) > REMEMBERED:
            self._spent.popitem(last=False)


def _sent(number: str) -> Json:
    return {"id": number, "quoteToken": f"q{number}"}


def _error(status: int, message: str) -> Answer:
    return json_answer({"message": message}, status=status, error=message)
