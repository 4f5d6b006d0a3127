"""Discord's interactions, already verified, to Messages.

Owns what each interaction means and what the door answers to it. A command is deferred and carries the interaction's
token, so that a reply (also a silent one) ends the deferral. A press, and a modal that a press opened, is acknowledged
without a trace; its message has the id of what was pressed, which tells the two apart later. Raises nothing but
Refusal(400, "not_json").

Source: https://docs.discord.com/developers/interactions/receiving-and-responding,
https://docs.discord.com/developers/interactions/application-commands (read 2026-11-22).
"""

from __future__ import annotations

from collections.abc import Iterator

from game_state.message import Kind, Message
from languages.voice import voice_of
from platforms.contract import Fault, Received
from platforms.discord import answers
from platforms.discord.wire import CommandData, ComponentData, Input, Interaction, ModalData, Option, Typed
from platforms.reading import clean, is_link, load_json, read_event

EPOCH_MS = 1_420_070_400_000
"""The first second of 2015, where snowflakes begin to count."""
TOKEN_LIFE_MS = 15 * 60 * 1000
TOKEN_MARGIN_MS = 30 * 1000
"""Taken off the token's life: clocks differ, and a send takes time."""

_PING, _COMMAND, _COMPONENT, _AUTOCOMPLETE, _MODAL = 1, 2, 3, 4, 5
_WEBHOOK_PING = 0
_BUTTON = 2
_TEXT_INPUT = 4
_BOT_DM = 1
_ADMINISTRATOR, _MANAGE_GUILD = 1 << 3, 1 << 5
_SUBCOMMANDS = frozenset({1, 2})


def parse(body: bytes) -> Received:
    """Read one verified body."""
    raw = load_json(body)
    typed = read_event(raw, Typed, "$")
    if isinstance(typed, Fault):
        return Received(faults=(typed,), answer=answers.UNREADABLE)
    if typed.type == _WEBHOOK_PING or (typed.event and bytes(typed.event) != b"null"):
        # The webhook events' address shares the signature; nothing it tells is of use here.
        return Received(dropped=("webhook_event",), answer=answers.NO_CONTENT)
    if typed.type == _PING:
        return Received(answer=answers.PONG)
    if typed.type == _AUTOCOMPLETE:
        return Received(dropped=("autocomplete",), answer=answers.NO_CHOICES)
    if typed.type not in {_COMMAND, _COMPONENT, _MODAL}:
        return Received(dropped=("unknown_type",))
    interaction = read_event(raw, Interaction, "$")
    if isinstance(interaction, Fault):
        return Received(faults=(interaction,), answer=answers.UNREADABLE)
    read = {_COMMAND: _command, _COMPONENT: _component, _MODAL: _modal}[interaction.type]
    return read(interaction, body)


def sent_at_ms(snowflake: str) -> int:
    """Return when an id was made, Unix milliseconds."""
    return (int(snowflake) >> 22) + EPOCH_MS


def _command(interaction: Interaction, body: bytes) -> Received:
    data = read_event(interaction.data or b"null", CommandData, "$.data")
    if isinstance(data, Fault):
        return Received(faults=(data,), answer=answers.UNREADABLE)
    words = " ".join(_values(data.options or ()))
    # "/guess TEXT" is how a person says TEXT where plain messages do not reach the bot.
    text = words if data.name == "guess" else f"/{data.name} {words}"
    return _message(interaction, body, Kind.TEXT, text=text)


def _component(interaction: Interaction, body: bytes) -> Received:
    data = read_event(interaction.data or b"null", ComponentData, "$.data")
    if isinstance(data, Fault):
        return Received(faults=(data,), answer=answers.UNREADABLE)
    if data.component_type != _BUTTON:
        return Received(dropped=("component",), answer=answers.ACKNOWLEDGED)
    if data.custom_id == answers.ANSWER_ID:
        return Received(answer=answers.modal(voice_of(interaction.locale or "").language))
    return _message(interaction, body, Kind.BUTTON, button=clean(data.custom_id))


def _modal(interaction: Interaction, body: bytes) -> Received:
    data = read_event(interaction.data or b"null", ModalData, "$.data")
    if isinstance(data, Fault):
        return Received(faults=(data,), answer=answers.UNREADABLE)
    inputs = [found for found in _inputs(data.components) if found.value is not None]
    typed = next((found for found in inputs if found.custom_id == answers.ANSWER_ID), inputs[0] if inputs else None)
    return _message(interaction, body, Kind.TEXT, text=(typed.value or "") if typed else "")


def _message(
    interaction: Interaction, body: bytes, kind: Kind, *, text: str = "", button: str | None = None
) -> Received:
    channel = interaction.channel_id or (interaction.channel.id if interaction.channel else None)
    if channel is None:
        missing = Fault(path="$.channel_id", error="Object missing required field `channel_id`", event=body)
        return Received(faults=(missing,), answer=answers.UNREADABLE)
    member, user = interaction.member, interaction.user
    if member is not None:
        user = member.user
    names = (member.nick if member else None, user.global_name if user else None, user.username if user else None)
    text = clean(text).strip()
    pressed = interaction.message.id if interaction.message else None
    sent = sent_at_ms(interaction.id)
    message = Message(
        kind=Kind.LINK if kind is Kind.TEXT and is_link(text) else kind,
        address=channel,
        dedupe_key=f"i:{interaction.id}",
        group=_is_group(interaction),
        sender=user.id if user else None,
        sender_name=next((clean(name) for name in names if name), None),
        text=text,
        addressed=True,
        button=button,
        language=clean(interaction.locale) if interaction.locale else None,
        admin=_administers(member.permissions) if member is not None and member.permissions is not None else None,
        message_id=pressed,
        sent_at_ms=sent,
        token=interaction.token,
        token_expires_at_ms=sent + TOKEN_LIFE_MS - TOKEN_MARGIN_MS,
    )
    return Received(messages=(message,), answer=answers.DEFERRED if pressed is None else answers.ACKNOWLEDGED)


def _administers(permissions: str) -> bool:
    return int(permissions) & (_ADMINISTRATOR | _MANAGE_GUILD) != 0


def _is_group(interaction: Interaction) -> bool:
    if interaction.guild_id is not None:
        return True
    return interaction.context is not None and interaction.context != _BOT_DM


def _values(options: tuple[Option, ...]) -> Iterator[str]:
    """Yield what was filled in, in order; a subcommand's name is a word too."""
    waiting = list(reversed(options))
    while waiting:
        option = waiting.pop()
        if option.value is not None:
            # JSON's true, not Python's True.
            yield str(option.value).lower() if isinstance(option.value, bool) else str(option.value)
        elif option.type in _SUBCOMMANDS:
            yield option.name
            waiting.extend(reversed(option.options or ()))


def _inputs(components: tuple[Input, ...]) -> Iterator[Input]:
    """Yield the text inputs, in order, whether in labels or in the rows of older modals."""
    for component in components:
        inside = (component.component,) if component.component is not None else component.components or ()
        yield from (found for found in (component, *inside) if found.type == _TEXT_INPUT)
