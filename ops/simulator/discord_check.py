"""What Discord refuses in a message, and what a player sees of one.

Owns the limits of content, embeds and components. Pure.
Source: https://docs.discord.com/developers/resources/message, .../components/reference (2026-08).
"""

from __future__ import annotations

from typing import Any

from ops.simulator.exchange import Answer, Buttons, Draft, Json, as_object, as_objects, as_text, json_answer
from ops.simulator.markup import discord_visible

CONTENT_LIMIT = 2000
NONCE_LIMIT = 25
ROWS_LIMIT = 5


def draft_of(body: Json) -> Draft:
    """Return what a player would see: the content, the first embed's picture (and its words when there is no content)."""
    image: str | None = None
    words: list[str] = []
    for embed in as_objects(body.get("embeds")):
        image = image or as_text(as_object(embed.get("image")).get("url")) or None
        words.extend(filter(None, (as_text(embed.get("title")), as_text(embed.get("description")))))
    text = as_text(body.get("content")) or "\n".join(words)
    return Draft(text=discord_visible(text), buttons=_buttons(body.get("components")), image=image)


def check_message(body: Json, *, editing: bool) -> Answer | None:
    """Return Discord's refusal of the message, or None. An edit may leave everything out."""
    content, embeds, components = body.get("content"), body.get("embeds"), body.get("components")
    errors: dict[str, tuple[str, str]] = {}
    if not isinstance(content, str | None):
        errors["content"] = ("STRING_TYPE_CONVERT", "Could not interpret value as string.")
    elif content is not None and len(content) > CONTENT_LIMIT:
        errors["content"] = ("BASE_TYPE_MAX_LENGTH", f"Must be {CONTENT_LIMIT} or fewer in length.")
    if not isinstance(body.get("nonce"), str | int | None) or len(str(body.get("nonce") or "")) > NONCE_LIMIT:
        errors["nonce"] = ("NONCE_TYPE_TOO_LONG", f"Nonce must be {NONCE_LIMIT} or fewer in length.")
    if embeds is not None:
        errors |= _check_embeds(embeds)
    if components is not None:
        errors |= _check_rows(components)
    mentions = body.get("allowed_mentions")
    if mentions is not None and not isinstance(mentions, dict):
        errors["allowed_mentions"] = ("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    reference = body.get("message_reference")
    if reference is not None and not as_text(as_object(reference).get("message_id")).isdecimal():
        errors["message_reference"] = ("NUMBER_TYPE_COERCE", "Value is not snowflake.")
    if errors:
        return _invalid(errors)
    if not editing and not (content or "").strip() and not embeds and not components and not body.get("sticker_ids"):
        return json_answer(
            {"message": "Cannot send an empty message", "code": 50006},
            status=400,
            error="50006 Cannot send an empty message",
        )
    return None


def _check_embeds(embeds: object) -> dict[str, tuple[str, str]]:
    if not isinstance(embeds, list) or len(embeds) > 10:
        return {"embeds": ("BASE_TYPE_BAD_LENGTH", "Must be between 0 and 10 in length.")}
    total = 0
    for place, embed in enumerate(as_objects(embeds)):
        title, description = as_text(embed.get("title")), as_text(embed.get("description"))
        total += len(title) + len(description)
        if len(title) > 256 or len(description) > 4096:
            return {f"embeds.{place}": ("BASE_TYPE_MAX_LENGTH", "Title 256, description 4096 at the most.")}
        url = as_object(embed.get("image")).get("url")
        if "image" in embed and not as_text(url).startswith(("https://", "http://", "attachment://")):
            return {f"embeds.{place}.image.url": ("URL_TYPE_INVALID_URL", "Not a well formed URL.")}
    if total > 6000:
        return {"embeds": ("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")}
    return {}


def _check_rows(rows: object) -> dict[str, tuple[str, str]]:
    if not isinstance(rows, list) or len(rows) > ROWS_LIMIT:
        return {"components": ("BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ROWS_LIMIT} in length.")}
    names: list[str] = []
    for place, row in enumerate(rows):
        path = f"components.{place}"
        if not isinstance(row, dict) or row.get("type") != 1:
            return {f"{path}.type": ("BASE_TYPE_CHOICES", "Value must be one of {1}.")}
        children = row.get("components")
        if not isinstance(children, list) or not 1 <= len(children) <= 5:
            return {f"{path}.components": ("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")}
        for child_place, child in enumerate(children):
            fault = _check_component(child, names)
            if fault is not None:
                return {f"{path}.components.{child_place}.{fault[0]}": fault[1:]}
    return {}


def _check_component(child: Any, names: list[str]) -> tuple[str, str, str] | None:
    """Return (field, code, message) of the first fault of a button or select; collects custom ids in `names`."""
    if not isinstance(child, dict) or child.get("type") not in (2, 3, 5, 6, 7, 8):
        return "type", "UNION_TYPE_CHOICES", "Value of field type must be one of (2, 3, 5, 6, 7, 8)."
    if child["type"] == 2:
        if child.get("style") not in (1, 2, 3, 4, 5, 6):
            return "style", "BASE_TYPE_REQUIRED", "This field is required"
        label = child.get("label")
        if not isinstance(label, str) and "emoji" not in child:
            return "label", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required"
        if len(as_text(label)) > 80 or label == "":
            return "label", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length."
        if child["style"] == 5:
            url = as_text(child.get("url"))
            return (
                None if 0 < len(url) <= 512 else ("url", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 512 in length.")
            )
    name = child.get("custom_id")
    if not isinstance(name, str) or not 1 <= len(name) <= 100:
        return "custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
    if name in names:
        return "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
    names.append(name)
    if child["type"] == 3 and not 1 <= len(as_objects(child.get("options"))) <= 25:
        return "options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length."
    return None


def _buttons(rows: object) -> Buttons:
    found: list[tuple[str, str]] = []
    for row in as_objects(rows):
        for child in as_objects(row.get("components")):
            if child.get("type") == 2:
                found.append((as_text(child.get("label")), as_text(child.get("custom_id") or child.get("url"))))
            found.extend(
                (as_text(item.get("label")), as_text(item.get("value"))) for item in as_objects(child.get("options"))
            )
    return tuple(found)


def _invalid(errors: dict[str, tuple[str, str]]) -> Answer:
    """Word the errors as Discord does: nested by path, each leaf a list `_errors`."""
    tree: Json = {}
    for path, (code, message) in errors.items():
        node = tree
        for part in path.split("."):
            node = node.setdefault(part, {})
        node["_errors"] = [{"code": code, "message": message}]
    body = {"message": "Invalid Form Body", "code": 50035, "errors": tree}
    return json_answer(body, status=400, error=f"50035 Invalid Form Body: {', '.join(errors)}")
