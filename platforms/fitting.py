"""Making a reply fit a platform: long text split, buttons limited or numbered, pictures turned into links.

The one place where capabilities shape a reply; renderers only write down what comes out of here. Pure, and knows no
platform by name. Called with each reply of a turn before it becomes a delivery.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game_state.message import Button, Message, Reply
from platforms.contract import Capabilities
from platforms.text import ELLIPSIS, length, shorten, split


def fit(reply: Reply, capabilities: Capabilities) -> tuple[Reply, ...]:
    """Return the replies, in order, that say the same within the limits; () where there is nothing to say.

    The picture is with the first part, the buttons are under the last. Buttons beyond the maximum, and buttons that
    would look alike, all become numbered lines of text; where labels are cut, the text lists them whole besides. A silent
    reply stays one only where something has to be closed. A board stays one where the platform changes
    messages, and while it is in one part.
    """
    closing = (Reply(silent=True),) if capabilities.must_close else ()
    if reply.silent:
        return closing
    if reply.board is not None and not capabilities.edit:
        reply = msgspec.structs.replace(reply, board=None)
    text = "" if reply.text.isspace() else reply.text
    plain = text and not reply.buttons and not reply.image_url
    if plain and length(text, capabilities.text_unit) <= capabilities.text_limit:
        return (reply,)
    image = reply.image_url
    if image and not capabilities.image:
        text, image = _joined(text, image, "\n"), None
    buttons = _shown(reply.buttons, capabilities)
    if reply.buttons and not buttons:
        text = _joined(text, _numbered(reply.buttons, capabilities), "\n\n")
    elif any(shown.label != _label(button) for shown, button in zip(buttons, reply.buttons, strict=False)):
        # Cut labels may not tell enough: the whole ones stand above.
        text = _joined(text, _numbered(reply.buttons, capabilities), "\n\n")
    if buttons and not text:
        text = ELLIPSIS  # every platform wants words above its buttons
    if not text:
        return (Reply(image_url=image, board=reply.board),) if image else closing
    parts = _parts(text, capabilities, has_buttons=bool(buttons))
    last = len(parts) - 1
    return tuple(
        Reply(
            text=part,
            buttons=buttons if number == last else (),
            image_url=image if number == 0 else None,
            board=None if last else reply.board,
        )
        for number, part in enumerate(parts)
    )


def fit_turn(message: Message, replies: Sequence[Reply], capabilities: Capabilities) -> Sequence[Reply]:
    """Return a turn's replies as they are committed: each fitted, and at least one that ends what the platform shows as waiting."""
    here = capabilities.of(group=message.group)
    parts = [part for reply in replies for part in fit(reply, here)]
    if not parts and capabilities.must_close and message.token is not None:
        return (Reply(silent=True),)
    return parts


def _shown(buttons: tuple[Button, ...], capabilities: Capabilities) -> tuple[Button, ...]:
    """Return the buttons with labels short enough, or () where they cannot all be shown and told apart."""
    if len(buttons) > capabilities.buttons:
        return ()
    limit = capabilities.button_label_limit
    labels = [shorten(_label(button), limit, "code_points") for button in buttons]
    if len(set(labels)) < len(labels):
        return ()
    return tuple(Button(label=label, value=button.value) for label, button in zip(labels, buttons, strict=True))


def _numbered(buttons: tuple[Button, ...], capabilities: Capabilities) -> str:
    """Return the labels as a numbered list; a line alone never exceeds the limit, so that it is not torn."""
    lines = (f"{number}. {_label(button)}" for number, button in enumerate(buttons, 1))
    return "\n".join(shorten(line, capabilities.text_limit, capabilities.text_unit) for line in lines)


def _label(button: Button) -> str:
    return " ".join(button.label.split()) or button.value


def _parts(text: str, capabilities: Capabilities, *, has_buttons: bool) -> tuple[str, ...]:
    limit, unit = capabilities.text_limit, capabilities.text_unit
    parts = split(text, limit, unit)
    buttons_limit = min(limit, capabilities.buttons_text_limit)
    if has_buttons and length(parts[-1], unit) > buttons_limit:
        parts = (*parts[:-1], *split(parts[-1], buttons_limit, unit))
    return parts


def _joined(above: str, below: str, gap: str) -> str:
    return f"{above}{gap}{below}" if above else below
