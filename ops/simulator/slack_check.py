"""What Slack refuses in a message, and what a player sees of one.

Owns the limits of texts and blocks. Pure. Source: https://docs.slack.dev/reference/block-kit/blocks (2026-06).
"""

from __future__ import annotations

from typing import Any

import msgspec

from ops.simulator.exchange import Answer, Buttons, Draft, Json, as_object, as_objects, as_text, json_answer
from ops.simulator.markup import slack_visible

SPLIT_ABOVE = 4040
"""Longer texts are shown as several messages (measured by others; undocumented)."""
SPLIT_SIZE = 4000
CUT_AT = 40_000
BLOCKS_TEXT_LIMIT = 13_200


def drafts_of(body: Json) -> tuple[Draft, ...]:
    """Read what a player would see; blocks with words replace the text, which is then only the notification."""
    blocks = _blocks(body)
    shown = as_text(body.get("text")) or as_text(body.get("markdown_text"))
    image = None
    buttons: list[tuple[str, str]] = []
    words: list[str] = []
    for block in as_objects(blocks):
        match block.get("type"):
            case "section" | "header":
                words.append(_words(block.get("text")))
            case "rich_text":
                words.append(_rich(block))
            case "context":
                words.extend(_words(element) for element in as_objects(block.get("elements")))
            case "image":
                image = as_text(block.get("image_url")) or None
            case "actions":
                buttons.extend(_buttons(block))
    if any(words):
        return (Draft(text="\n".join(words), buttons=tuple(buttons), image=image),)
    text = slack_visible(shown[:CUT_AT])
    if len(text) <= SPLIT_ABOVE:
        return (Draft(text=text, buttons=tuple(buttons), image=image),)
    parts = [text[start : start + SPLIT_SIZE] for start in range(0, len(text), SPLIT_SIZE)]
    return tuple(Draft(text=part) for part in parts)


def _blocks(body: Json) -> Any:
    """Return the blocks as given; in a form they are JSON in a string."""
    blocks = body.get("blocks")
    if isinstance(blocks, str):
        try:
            return msgspec.json.decode(blocks)
        except msgspec.DecodeError:
            return blocks
    return blocks


def _words(shape: object) -> str:
    found = as_object(shape)
    text = as_text(found.get("text"))
    return slack_visible(text) if found.get("type") == "mrkdwn" else text


def _rich(block: Json) -> str:
    """Return the words of a rich text: nothing in them is markup, and only an element of its own is a link."""
    sections = ("".join(map(_rich_words, as_objects(section.get("elements")))) for section in _sections(block))
    return "\n".join(sections)


def _rich_words(element: Json) -> str:
    return as_text(element.get("text")) or as_text(element.get("url"))


def _sections(block: Json) -> list[Json]:
    return [one for one in as_objects(block.get("elements")) if one.get("type") == "rich_text_section"]


def _buttons(block: Json) -> Buttons:
    return tuple(
        (as_text(as_object(element.get("text")).get("text")), as_text(element.get("value") or element.get("url")))
        for element in as_objects(block.get("elements"))
        if element.get("type") == "button"
    )


def check_message(body: Json) -> Answer | None:
    """Return the error of a message's content, or None."""
    for name in ("text", "markdown_text"):
        if not isinstance(body.get(name), str | None):
            return slack_error("invalid_arguments", [f"[ERROR] must be a string [json-pointer:/{name}]"])
    blocks = _blocks(body)
    if body.get("markdown_text"):
        if body.get("text") or blocks:
            return slack_error("markdown_text_conflict")
        return slack_error("msg_too_long") if len(body["markdown_text"]) > 12_000 else None
    if blocks in (None, []):
        return slack_error("no_text") if not body.get("text") and not body.get("attachments") else None
    if not isinstance(blocks, list) or len(blocks) > 50:
        return slack_error("invalid_blocks_format" if not isinstance(blocks, list) else "invalid_blocks")
    for place, block in enumerate(blocks):
        fault = _check_block(block) if isinstance(block, dict) else "must be an object"
        if fault:
            return slack_error("invalid_blocks", [f"[ERROR] {fault} [json-pointer:/blocks/{place}]"])
    length = sum(len(_words(block.get("text"))) + len(_rich(block)) for block in blocks)
    return slack_error("msg_blocks_too_long") if length > BLOCKS_TEXT_LIMIT else None


def _check_block(block: Json) -> str:
    if len(as_text(block.get("block_id"))) > 255:
        return "block_id must be less than 256 characters"
    match block.get("type"):
        case "section":
            if "text" in block:
                return _check_words(block["text"], 3000)
            return "" if block.get("fields") else "missing required field: text"
        case "header":
            return _check_words(block.get("text"), 150, plain=True)
        case "actions":
            return _check_actions(block.get("elements"))
        case "image":
            if not as_text(block.get("alt_text")):
                return "missing required field: alt_text"
            return "" if 0 < len(as_text(block.get("image_url"))) <= 3000 else "invalid image_url"
        case "context":
            elements = block.get("elements")
            return "" if isinstance(elements, list) and 1 <= len(elements) <= 10 else "invalid elements"
        case "rich_text":
            return _check_rich(block)
        case "divider":
            return ""
        case _:
            return "unsupported type"


def _check_rich(block: Json) -> str:
    sections = _sections(block)
    if not sections or len(sections) != len(as_objects(block.get("elements"))):
        return "missing or unsupported elements"
    for element in (element for section in sections for element in as_objects(section.get("elements"))):
        match element.get("type"):
            case "text" if as_text(element.get("text")):
                pass
            case "link" if (
                as_text(element.get("url")).startswith(("https://", "http://")) and element.get("text") != ""
            ):
                pass
            case _:
                return "invalid rich text element"
    return ""


def _check_actions(elements: object) -> str:
    if not isinstance(elements, list) or not 1 <= len(elements) <= 25:
        return "no more than 25 items allowed and at least one"
    ids = []
    for element in as_objects(elements):
        if element.get("type") != "button":
            continue
        fault = _check_words(element.get("text"), 75, plain=True)
        if fault:
            return fault
        if len(as_text(element.get("value"))) > 2000:
            return "value must be less than 2001 characters"
        if len(as_text(element.get("action_id"))) > 255:
            return "action_id must be less than 256 characters"
        ids.append(element.get("action_id"))
    named = [name for name in ids if name]
    return "action_id must be unique in a block" if len(named) != len(set(named)) else ""


def _check_words(shape: object, limit: int, *, plain: bool = False) -> str:
    found = as_object(shape)
    if found.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
        return "unsupported text type"
    text = found.get("text")
    if not isinstance(text, str) or not text:
        return "text must be more than 0 characters"
    return f"must be less than {limit + 1} characters" if len(text) > limit else ""


def slack_error(name: str, messages: list[str] | None = None) -> Answer:
    """Return Slack's error: HTTP 200 with `ok` false."""
    body: Json = {"ok": False, "error": name}
    if messages:
        body["errors"] = messages
        body["response_metadata"] = {"messages": messages}
    return json_answer(body, error=name)
