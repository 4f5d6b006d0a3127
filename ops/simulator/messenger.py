"""Messenger's Send API, as the simulator plays it: `/v*/{me|page}/messages`, and the look-up of names.

Owns Messenger's checks, bodies and message ids. Opens no socket.
Source: https://developers.facebook.com/docs/messenger-platform/reference/send-api (2026-05).
"""

from __future__ import annotations

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
from ops.simulator.people import People

TEXT_LIMIT = 2000
TEMPLATE_TEXT_LIMIT = 640
QUICK_REPLIES = 13
TITLE_SHOWN = 20
"""Longer titles of quick replies are shown shortened."""

_TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG")
_ACTIONS = ("typing_on", "typing_off", "mark_seen", "react", "unreact")
_REASONS: dict[str, tuple[int, int | None, int, str]] = {
    "blocked": (551, 1545041, 400, "(#551) This person isn't available right now."),
    "chat_not_found": (100, 2018001, 400, "(#100) No matching user found"),
    "window_closed": (10, 2018278, 400, "(#10) This message is sent outside of allowed window."),
    "unauthorized": (190, None, 400, "Invalid OAuth access token - Cannot parse access token"),
    "token_expired": (190, 463, 400, "Error validating access token: Session has expired."),
    "forbidden": (230, None, 400, "(#230) Requires pages_messaging permission to manage the object"),
    "kicked": (200, None, 403, "(#200) The page is not linked to the app"),
}


class MessengerApi:
    """Messenger for any number of pages."""

    name = "messenger"

    def __init__(self, people: People) -> None:
        self._people = people
        self._number = 0

    def read(self, request: Request) -> Call:
        found = GRAPH_PATH.fullmatch(request.path)
        node, edge = (found["node"], found["edge"]) if found else ("", None)
        body, problem = read_body(request)
        if request.query:
            body = {**{name: value for name, value in request.query.items() if name != "access_token"}, **body}
        token = token_of(request, body)
        call = Call(platform=self.name, request=request, method="unknown", token=token, body=body, problem=problem)
        call.account = token[-6:] if node == "me" else node
        match (request.verb, edge):
            case ("POST", "messages"):
                call.chat = as_text(as_object(body.get("recipient")).get("id"))
                call.method = "sender_action" if "sender_action" in body else "send"
                if call.method == "send":
                    call.effect, call.drafts = "post", (_draft(as_object(body.get("message"))),)
            case ("POST" | "GET" | "DELETE", "subscribed_apps" | "messenger_profile"):
                call.method = as_text(edge)
            case ("GET", None) if node == "me":
                call.method = "page"
            case ("GET", None) if node:
                call.method, call.chat, call.account = "profile", node, token[-6:]
        return call

    def perform(self, call: Call) -> Answer:
        if not call.token:
            return graph_error(2500, "An active access token must be used to query information about the current user.")
        if len(call.token) < 3 or " " in call.token:
            return graph_error(190, "Invalid OAuth access token - Cannot parse access token")
        if call.problem:
            return graph_error(100, "(#100) The request body is not valid JSON")
        match call.method:
            case "unknown":
                return graph_error(2500, "Unknown path components: " + call.request.path, status=404)
            case "page":
                return json_answer({"id": "1001", "name": "Parlor"})
            case "profile":
                first, _, last = self._people.name(call.chat).partition(" ")
                return json_answer({"first_name": first, "last_name": last, "locale": "en_US", "id": call.chat})
            case "subscribed_apps" | "messenger_profile":
                return json_answer({"success": True} if call.request.verb != "GET" else {"data": []})
            case _:
                return self._send(call)

    def fail(self, call: Call, rule: Rule) -> Answer:
        if rule.action == "refuse":
            default = (100, None, 400, "(#100) Invalid parameter")
            code, subcode, status, message = _REASONS.get(rule.reason, default)
            return graph_error(code, message, status=status, subcode=subcode)
        if rule.status == 429:
            if rule.whole_bot:
                return graph_error(4, "(#4) Application request limit reached")
            return graph_error(613, "(#613) Calls to this api have exceeded the rate limit.")
        return broken_server(rule.status)

    def _send(self, call: Call) -> Answer:
        if not call.chat:
            return graph_error(100, "(#100) The parameter recipient is required")
        if call.method == "sender_action":
            if call.body["sender_action"] not in _ACTIONS:
                return graph_error(100, "(#100) Param sender_action must be one of {TYPING_ON, TYPING_OFF, MARK_SEEN}")
            if "message" in call.body:
                return graph_error(100, "(#100) A message and a sender_action cannot be sent together")
            return json_answer({"recipient_id": call.chat})
        refusal = _check(call.body)
        if refusal:
            return graph_error(100, f"(#100) {refusal}")
        self._number += 1
        number = f"m_sim{self._number}"
        return json_answer({"recipient_id": call.chat, "message_id": number}, message_ids=(number,), delivered=True)


def _draft(message: Json) -> Draft:
    attachment = as_object(message.get("attachment"))
    payload = as_object(attachment.get("payload"))
    text = as_text(message.get("text")) or as_text(payload.get("text"))
    image = as_text(payload.get("url")) or None
    elements = as_objects(payload.get("elements"))
    if elements:
        text = "\n".join(filter(None, (as_text(elements[0].get("title")), as_text(elements[0].get("subtitle")))))
        image = as_text(elements[0].get("image_url")) or None
    quick: Buttons = tuple(
        (as_text(item.get("title"))[:TITLE_SHOWN], as_text(item.get("payload")))
        for item in as_objects(message.get("quick_replies"))
    )
    shown = as_objects(payload.get("buttons")) or (as_objects(elements[0].get("buttons")) if elements else [])
    pressed = tuple((as_text(item.get("title")), as_text(item.get("payload") or item.get("url"))) for item in shown)
    return Draft(text=text, buttons=quick + pressed, image=image)


def _check(body: Json) -> str:
    """Return what is wrong with a message, or an empty string."""
    kind = body.get("messaging_type")
    if kind is not None and kind not in _TYPES:
        return f"Param messaging_type must be one of {{{', '.join(_TYPES)}}}"
    if kind == "MESSAGE_TAG" and not body.get("tag"):
        return "Param tag is required for messaging_type MESSAGE_TAG"
    message = body.get("message")
    if not isinstance(message, dict) or not message:
        return "The parameter message is required"
    text, attachment = message.get("text"), message.get("attachment")
    if text is not None and attachment is not None:
        return "Param message must not have both text and attachment"
    if text is None and attachment is None:
        return "Param message[text] must be a non-empty UTF-8 encoded string"
    if attachment is None and (not isinstance(text, str) or not text.strip()):
        return "Param message[text] must be a non-empty UTF-8 encoded string"
    if isinstance(text, str) and len(text) > TEXT_LIMIT:
        return f"Length of param message[text] must be less than or equal to {TEXT_LIMIT}"
    fault = "" if attachment is None else _check_attachment(attachment)
    if not fault and len(as_text(message.get("metadata"))) > 1000:
        fault = "Length of param message[metadata] must be less than or equal to 1000"
    return fault or _check_quick_replies(message.get("quick_replies"))


def _check_attachment(attachment: object) -> str:
    found = as_object(attachment)
    payload = as_object(found.get("payload"))
    match found.get("type"):
        case "image" | "audio" | "video" | "file":
            url = as_text(payload.get("url"))
            known = url.startswith(("https://", "http://")) or bool(payload.get("attachment_id"))
            return "" if known else "Param message[attachment][payload][url] should represent a valid URL"
        case "template":
            return _check_template(payload)
        case _:
            return "Param message[attachment][type] must be one of {AUDIO, FILE, IMAGE, TEMPLATE, VIDEO}"


def _check_template(payload: Json) -> str:
    elements = as_objects(payload.get("elements"))
    match payload.get("template_type"):
        case "button":
            if not 1 <= len(as_text(payload.get("text"))) <= TEMPLATE_TEXT_LIMIT:
                return f"Param text of a button template must have 1 to {TEMPLATE_TEXT_LIMIT} characters"
            return _check_buttons(payload.get("buttons"), least=1)
        case "generic":
            if not 1 <= len(elements) <= 10:
                return "Param elements must have 1 to 10 elements"
            for element in elements:
                if not 1 <= len(as_text(element.get("title"))) <= 80 or len(as_text(element.get("subtitle"))) > 80:
                    return "Param title must have 1 to 80 characters, subtitle 80 at the most"
                fault = _check_buttons(element.get("buttons", []), least=0)
                if fault:
                    return fault
            return ""
        case _:
            return "Param template_type is invalid"


def _check_buttons(buttons: object, *, least: int) -> str:
    if not isinstance(buttons, list) or not least <= len(buttons) <= 3:
        return f"Param buttons must have {least} to 3 elements"
    for button in as_objects(buttons):
        if not 1 <= len(as_text(button.get("title"))) <= 20:
            return "Param title of a button must have 1 to 20 characters"
        goal = {"postback": "payload", "web_url": "url"}.get(as_text(button.get("type")))
        if goal is None or not 1 <= len(as_text(button.get(goal))) <= 1000:
            return "Param buttons must be postback with payload or web_url with url"
    return ""


def _check_quick_replies(replies: object) -> str:
    if replies is None:
        return ""
    if not isinstance(replies, list) or len(replies) > QUICK_REPLIES:
        return f"Param message[quick_replies] must have at most {QUICK_REPLIES} elements"
    for reply in replies:
        kind = as_text(as_object(reply).get("content_type"))
        if kind not in ("text", "user_phone_number", "user_email"):
            return "Param quick_replies[content_type] is invalid"
        if kind == "text" and not (as_text(reply.get("title")) and 1 <= len(as_text(reply.get("payload"))) <= 1000):
            return "Param quick_replies must have a title and a payload of 1 to 1000 characters"
    return ""
