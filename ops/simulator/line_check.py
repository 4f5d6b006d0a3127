"""What LINE refuses in a list of messages, and what a player sees of them.

Owns the limits of texts, templates, quick replies and pictures. Pure.
Source: https://developers.line.biz/en/reference/messaging-api#message-objects (2026-07).
"""

from __future__ import annotations

from ops.simulator.exchange import Answer, Buttons, Draft, Json, as_object, as_objects, as_text, json_answer

TEXT_LIMIT = 5000
"""UTF-16 code units."""
MESSAGES = 5
QUICK_REPLIES = 13

_KINDS = ("text", "textV2", "image", "template", "sticker", "location", "video", "audio", "flex", "imagemap")


def drafts_of(body: Json) -> tuple[Draft, ...]:
    """Return what a player would see of each message; at least one draft."""
    return tuple(_draft(message) for message in as_objects(body.get("messages"))) or (Draft(),)


def check_messages(body: Json) -> Answer | None:
    """Return LINE's refusal of the `messages`, or None."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not 1 <= len(messages) <= MESSAGES:
        return _refusal([(f"Size must be between 1 and {MESSAGES}", "messages")])
    faults = []
    for place, message in enumerate(messages):
        fault = _check(message) if isinstance(message, dict) else ("May not be empty", "")
        if fault is not None:
            faults.append((fault[0], f"messages[{place}]{fault[1]}"))
    silent = body.get("notificationDisabled", False)
    if not isinstance(silent, bool):
        faults.append(("Must be a boolean", "notificationDisabled"))
    return _refusal(faults) if faults else None


def utf16_units(text: str) -> int:
    """Return the text's length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def _draft(message: Json) -> Draft:
    template = as_object(message.get("template"))
    text = as_text(message.get("text")) or "\n".join(
        filter(None, (as_text(template.get("title")), as_text(template.get("text"))))
    )
    if message.get("type") == "flex":
        text = as_text(message.get("altText"))
    items = as_objects(as_object(message.get("quickReply")).get("items"))
    actions = [as_object(item.get("action")) for item in items] + as_objects(template.get("actions"))
    buttons: Buttons = tuple(
        (as_text(action.get("label")), as_text(action.get("data") or action.get("text") or action.get("uri")))
        for action in actions
    )
    image = as_text(message.get("originalContentUrl")) or as_text(template.get("thumbnailImageUrl")) or None
    return Draft(text=text, buttons=buttons, image=image)


def _check(message: Json) -> tuple[str, str] | None:
    """Return (message, property) of the first fault, or None."""
    kind = message.get("type")
    if kind not in _KINDS:
        return "Must be one of the following values: [" + ", ".join(_KINDS) + "]", ".type"
    fault = None
    if kind in ("text", "textV2"):
        text = message.get("text")
        if not isinstance(text, str) or not text:
            return "May not be empty", ".text"
        if utf16_units(text) > TEXT_LIMIT:
            return f"Length must be between 0 and {TEXT_LIMIT}", ".text"
    elif kind == "image":
        fault = _check_image(message)
    elif kind in ("template", "flex"):
        if not 1 <= len(as_text(message.get("altText"))) <= 1500:
            return "Length must be between 1 and 1500", ".altText"
        fault = _check_template(as_object(message.get("template"))) if kind == "template" else None
    return fault or _check_quick_reply(message.get("quickReply"))


def _check_image(message: Json) -> tuple[str, str] | None:
    for name in ("originalContentUrl", "previewImageUrl"):
        url = as_text(message.get(name))
        if not url.startswith("https://") or len(url) > 2000:
            return "Must be a valid HTTPS URL of at most 2000 characters", f".{name}"
    return None


def _check_template(template: Json) -> tuple[str, str] | None:
    kind = template.get("type")
    if kind not in ("buttons", "confirm", "carousel", "image_carousel"):
        return "Must be one of the following values: [buttons, confirm, carousel, image_carousel]", ".template.type"
    if kind.endswith("carousel"):
        return None if as_objects(template.get("columns")) else ("May not be empty", ".template.columns")
    short = kind == "buttons" and (template.get("title") or template.get("thumbnailImageUrl"))
    limit = 60 if short else 160 if kind == "buttons" else 240
    if not 1 <= len(as_text(template.get("text"))) <= limit:
        return f"Length must be between 1 and {limit}", ".template.text"
    actions = as_objects(template.get("actions"))
    least, most = (2, 2) if kind == "confirm" else (1, 4)
    if not least <= len(actions) <= most:
        return f"Size must be between {least} and {most}", ".template.actions"
    for place, action in enumerate(actions):
        fault = _check_action(action)
        if fault is not None:
            return fault[0], f".template.actions[{place}]{fault[1]}"
    return None


def _check_quick_reply(reply: object) -> tuple[str, str] | None:
    if reply is None:
        return None
    items = as_object(reply).get("items")
    if not isinstance(items, list) or not 1 <= len(items) <= QUICK_REPLIES:
        return f"Size must be between 1 and {QUICK_REPLIES}", ".quickReply.items"
    for place, item in enumerate(items):
        path = f".quickReply.items[{place}]"
        if as_object(item).get("type", "action") != "action":
            return "Must be one of the following values: [action]", f"{path}.type"
        fault = _check_action(as_object(as_object(item).get("action")))
        if fault is not None:
            return fault[0], f"{path}.action{fault[1]}"
    return None


def _check_action(action: Json) -> tuple[str, str] | None:
    if not 1 <= len(as_text(action.get("label"))) <= 20:
        return "Length must be between 1 and 20", ".label"
    goals = {"postback": ("data", 300), "message": ("text", 300), "uri": ("uri", 1000)}
    name, limit = goals.get(as_text(action.get("type")), ("", 0))
    if name and not 1 <= len(as_text(action.get(name))) <= limit:
        return f"Length must be between 1 and {limit}", f".{name}"
    return (
        None
        if name or action.get("type") in ("camera", "cameraRoll", "location", "datetimepicker")
        else (
            "Must be one of the known action types",
            ".type",
        )
    )


def _refusal(faults: list[tuple[str, str]]) -> Answer:
    message = f"The request body has {len(faults)} error(s)"
    body = {"message": message, "details": [{"message": words, "property": path} for words, path in faults]}
    return json_answer(body, status=400, error=f"{faults[0][1]}: {faults[0][0]}")
