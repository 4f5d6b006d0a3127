"""WhatsApp's Cloud API, as the simulator plays it: `/v*/{phone_number_id}/messages`.

Owns WhatsApp's checks, bodies and message ids. Opens no socket.
Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages (2026-04).
"""

from __future__ import annotations

import base64

from ops.simulator.exchange import (
    Answer,
    Buttons,
    Call,
    Draft,
    Json,
    Request,
    as_object,
    as_objects,
    as_text,
    json_answer,
    read_body,
)
from ops.simulator.faults import Rule
from ops.simulator.meta import GRAPH_PATH, broken_server, graph_error, token_of

TEXT_LIMIT = 4096
BODY_LIMIT = 1024
"""Characters of an interactive message's body and of a caption."""
GROUP_TYPES = ("text", "image", "sticker", "document", "audio", "video", "template")
"""Types of messages that a group takes. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/groups"""

_Fault = tuple[int, str]
"""(error code, details)."""
_TITLES = {
    4: "Application request limit reached",
    100: "Invalid parameter",
    190: "Invalid OAuth access token - Cannot parse access token",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131051: "Unsupported message type",
    130429: "Rate limit hit",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
}
_REASONS: dict[str, tuple[int, int, str]] = {
    "blocked": (131026, 400, "Message undeliverable"),
    "chat_not_found": (131026, 400, "Message undeliverable"),
    "kicked": (131030, 400, "Recipient phone number not in allowed list"),
    "window_closed": (131047, 400, "Re-engagement message"),
    "unauthorized": (190, 401, "Invalid OAuth access token - Cannot parse access token"),
    "token_expired": (190, 401, "Error validating access token: Session has expired"),
    "forbidden": (131031, 403, "Business Account locked"),
    "bad_request": (131009, 400, "Parameter value is not valid"),
}


class WhatsappApi:
    """WhatsApp for any number of business numbers."""

    name = "whatsapp"

    def __init__(self) -> None:
        self._number = 0

    def read(self, request: Request) -> Call:
        found = GRAPH_PATH.fullmatch(request.path)
        node, edge = (found["node"], found["edge"]) if found else ("", None)
        body, problem = read_body(request)
        token = token_of(request, body)
        call = Call(platform=self.name, request=request, method="unknown", token=token, body=body, problem=problem)
        call.account = node
        call.chat = as_text(body.get("to")) or as_text(body.get("recipient"))
        if request.verb == "POST" and edge == "messages":
            call.method = "mark_read" if "status" in body else "send"
            if call.method == "send":
                call.effect, call.drafts = "post", (_draft(body),)
        elif request.verb == "GET" and edge is None and node:
            call.method = "phone_number"
        elif edge == "subscribed_apps":
            call.method = "subscribed_apps"
        return call

    def perform(self, call: Call) -> Answer:
        if len(call.token) < 3 or " " in call.token:
            return _error((190, "Invalid OAuth access token"), status=401)
        match call.method:
            case "unknown":
                return graph_error(2500, "Unknown path components: " + call.request.path, status=404)
            case "phone_number":
                found = {"id": call.account, "display_phone_number": "+1 555-000-1111", "verified_name": "Parlor"}
                return json_answer(found)
            case "subscribed_apps":
                return json_answer({"success": True})
        fault: _Fault | None = (100, "The request body is not valid JSON") if call.problem else None
        if fault is None and call.body.get("messaging_product") != "whatsapp":
            fault = (100, "The parameter messaging_product is required.")
        if call.method == "mark_read":
            return _error(fault) if fault else _mark_read(call.body)
        fault = fault or _check(call)
        if fault is not None:
            return _error(fault)
        self._number += 1
        number = "wamid." + base64.b64encode(f"sim:{call.account}:{self._number}".encode()).decode()
        contact = {"input": call.chat, "wa_id": call.chat.lstrip("+")}
        body = {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": number}]}
        return json_answer(body, message_ids=(number,), delivered=True)

    def fail(self, call: Call, rule: Rule) -> Answer:
        if rule.action == "refuse":
            default = (131009, 400, "Parameter value is not valid")
            code, status, title = _REASONS.get(rule.reason, default)
            return graph_error(code, f"(#{code}) {title}", status=status, details=title)
        if rule.status == 429:
            return _error((130429 if rule.whole_bot else 131056, "Too many messages sent in a short period of time"))
        return broken_server(rule.status)


def _draft(body: Json) -> Draft:
    interactive = as_object(body.get("interactive"))
    image = as_object(body.get("image")) or as_object(as_object(interactive.get("header")).get("image"))
    text = (
        as_text(as_object(body.get("text")).get("body"))
        or as_text(as_object(interactive.get("body")).get("text"))
        or as_text(image.get("caption"))
    )
    action = as_object(interactive.get("action"))
    shown: Buttons = tuple(
        (as_text(as_object(item.get("reply")).get("title")), as_text(as_object(item.get("reply")).get("id")))
        for item in as_objects(action.get("buttons"))
    )
    rows = [row for section in as_objects(action.get("sections")) for row in as_objects(section.get("rows"))]
    listed = tuple((as_text(row.get("title")), as_text(row.get("id"))) for row in rows)
    return Draft(text=text, buttons=shown + listed, image=as_text(image.get("link") or image.get("id")) or None)


def _mark_read(body: Json) -> Answer:
    if body.get("status") != "read" or not as_text(body.get("message_id")):
        return _error((100, "status must be read, with a message_id"))
    typing = body.get("typing_indicator")
    if typing is not None and as_object(typing).get("type") != "text":
        return _error((100, "typing_indicator[type] must be text"))
    return json_answer({"success": True})


def _check(call: Call) -> _Fault | None:
    """Return the fault of a message, or None."""
    body = call.body
    if not call.chat:
        return 100, "The parameter to is required."
    if "to" in body and "recipient" in body:
        return 100, "Only one of to and recipient may be given."
    kind = body.get("recipient_type", "individual")
    if kind not in ("individual", "group"):
        return 100, "Param recipient_type must be one of {individual, group}"
    if kind == "individual" and "to" in body and not call.chat.lstrip("+").isdecimal():
        return 131009, "to is not a phone number"
    if "context" in body and not as_text(as_object(body["context"]).get("message_id")):
        return 131009, "context[message_id] is invalid"
    if kind == "group" and body.get("type", "text") not in GROUP_TYPES:
        return 131051, "Groups take texts, media and templates only."
    match body.get("type", "text"):
        case "text":
            return _check_length(as_object(body.get("text")).get("body"), TEXT_LIMIT, "text['body']")
        case "interactive":
            return _check_interactive(as_object(body.get("interactive")))
        case "image":
            image = as_object(body.get("image"))
            if not as_text(image.get("id")) and not as_text(image.get("link")).startswith(("https://", "http://")):
                return 131009, "image needs an id or a link"
            return _check_length(image.get("caption", " "), BODY_LIMIT, "image['caption']")
        case "reaction" | "location" | "sticker" | "template" | "document" | "contacts" | "audio" | "video":
            return None
        case _:
            return 131051, "Message type is not currently supported."


def _check_interactive(shape: Json) -> _Fault | None:
    fault = _check_length(as_object(shape.get("body")).get("text"), BODY_LIMIT, "interactive['body']['text']")
    footer = as_object(shape.get("footer")).get("text", " ")
    fault = fault or _check_length(footer, 60, "interactive['footer']['text']")
    if fault is not None:
        return fault
    action = as_object(shape.get("action"))
    match shape.get("type"):
        case "button":
            return _check_buttons(action.get("buttons"))
        case "list":
            fault = _check_length(action.get("button"), 20, "interactive['action']['button']")
            if as_object(shape.get("header")).get("type", "text") != "text":
                return 131009, "Header of a list must be a text"
            return fault or _check_rows(as_objects(action.get("sections")))
        case "cta_url":
            return None
        case _:
            return 100, "Param interactive['type'] is invalid"


def _check_buttons(buttons: object) -> _Fault | None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        return 131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"
    replies = [as_object(as_object(button).get("reply")) for button in buttons]
    if any(as_object(button).get("type") != "reply" for button in buttons):
        return 131009, "Button type must be reply"
    for reply in replies:
        fault = _check_length(reply.get("title"), 20, "button title") or _check_length(
            reply.get("id"), 256, "button id"
        )
        if fault is not None:
            return fault
    for field in ("title", "id"):
        if len({reply[field] for reply in replies}) < len(replies):
            return 131009, f"Duplicate button {field}"
    return None


def _check_rows(sections: list[Json]) -> _Fault | None:
    rows = [row for section in sections for row in as_objects(section.get("rows"))]
    if not 1 <= len(sections) <= 10 or not 1 <= len(rows) <= 10:
        return 131009, "Total row count exceed max allowed count: 10"
    if len(sections) > 1 and not all(as_text(section.get("title")) for section in sections):
        return 131009, "Section title is required with more than one section"
    for row in rows:
        fault = _check_length(row.get("title"), 24, "row title") or _check_length(row.get("id"), 200, "row id")
        fault = fault or _check_length(row.get("description", " "), 72, "row description")
        if fault is not None:
            return fault
    return (131009, "Duplicated row id") if len({row["id"] for row in rows}) < len(rows) else None


def _check_length(value: object, limit: int, name: str) -> _Fault | None:
    if not isinstance(value, str) or not value:
        return (131008, f"{name} is required") if value in (None, "") else (100, f"Param {name} must be a string")
    return (100, f"Param {name} must be at most {limit} characters long.") if len(value) > limit else None


def _error(fault: _Fault, *, status: int = 400) -> Answer:
    code, details = fault
    return graph_error(code, f"(#{code}) {_TITLES.get(code, 'Invalid parameter')}", status=status, details=details)
