"""Each platform's own answers: what it takes, what it refuses, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from ops.simulator import Simulator
from ops.simulator.tokens import make_token
from tests.simulator.conftest import Client


async def test_telegram_numbers_messages_in_each_chat_by_itself(simulator: Simulator, client: Client) -> None:
    status, first, _ = await client.telegram(chat_id=77, text="one")
    _, second, _ = await client.telegram(chat_id=77, text="two", reply_markup={"keyboard": [[{"text": "A"}]]})
    _, other, _ = await client.telegram(chat_id="-10012", text="three")
    assert status == 200
    assert first["ok"] is True
    assert first["result"]["text"] == "one"
    assert first["result"]["chat"] == {"id": 77, "type": "private", "first_name": "Player 77"}
    assert second["result"]["message_id"] == first["result"]["message_id"] + 1
    assert other["result"]["chat"]["type"] == "supergroup"
    assert simulator.record.seen("telegram", "77") == ["one", "two"]


BAD_DATA = {"inline_keyboard": [[{"text": "A", "callback_data": "é" * 33}]]}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"chat_id": 77, "text": ""}, "message text is empty"),
        ({"chat_id": 77}, "message text is empty"),
        ({"text": "hi"}, "chat_id is empty"),
        ({"chat_id": "nobody", "text": "hi"}, "chat not found"),
        ({"chat_id": 77, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 77, "text": ["hi"]}, "can't parse parameter text"),
        ({"chat_id": 77, "text": "hi", "reply_markup": BAD_DATA}, "BUTTON_DATA_INVALID"),
        ({"chat_id": 77, "text": "hi", "reply_markup": {"inline_keyboard": [[{"text": "A"}]]}}, "Text buttons are"),
        ({"chat_id": 77, "text": "1 < 2", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"chat_id": 77, "text": "<b>open", "parse_mode": "HTML"}, "Can't find end tag"),
        ({"chat_id": 77, "text": "Done.", "parse_mode": "MarkdownV2"}, "Character '.' is reserved"),
    ],
)
async def test_telegram_refuses(client: Client, body: dict[str, Any], words: str) -> None:
    status, answer, _ = await client.telegram(**body)
    assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)
    assert answer["description"].startswith("Bad Request: ")
    assert words in answer["description"]


async def test_telegram_shows_text_without_markup_and_counts_it_so(simulator: Simulator, client: Client) -> None:
    await client.telegram(chat_id=77, text="<b>a &lt; b</b> &amp; c", parse_mode="HTML")
    status, _, _ = await client.telegram(chat_id=77, text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert status == 200
    assert simulator.record.seen("telegram", "77")[0] == "a < b & c"


async def test_telegram_other_methods(simulator: Simulator, client: Client) -> None:
    assert (await client.call("/botnot-a-token/getMe", {}))[0] == 401
    assert (await client.telegram("frobnicate"))[0] == 404
    assert (await client.telegram("getMe"))[1]["result"]["is_bot"] is True
    assert (await client.telegram("sendChatAction", chat_id=77, action="typing"))[1]["result"] is True
    assert (await client.telegram("sendChatAction", chat_id=77, action="dance"))[0] == 400
    assert (await client.telegram("answerCallbackQuery", callback_query_id="5"))[1]["result"] is True
    assert (await client.telegram("answerCallbackQuery", callback_query_id="5", text="x" * 201))[0] == 400
    assert (await client.telegram("setWebhook", url="http://plain.example"))[0] == 400
    await client.telegram("setWebhook", url="https://parlor.example/hook", secret_token="s_1")
    assert (await client.telegram("getWebhookInfo"))[1]["result"]["url"] == "https://parlor.example/hook"
    photo = {"chat_id": 77, "photo": "https://pictures.example/a.jpg", "caption": "look"}
    _, sent, _ = await client.telegram("sendPhoto", **photo)
    assert (await client.telegram("sendPhoto", **{**photo, "caption": "x" * 1025}))[0] == 400
    assert simulator.record.messages("telegram", "77")[0].image == "https://pictures.example/a.jpg"
    number = sent["result"]["message_id"]
    _, text, _ = await client.telegram(chat_id=77, text="draft")
    edit = {"chat_id": 77, "message_id": text["result"]["message_id"], "text": "final"}
    assert (await client.telegram("editMessageText", **edit))[0] == 200
    assert "not modified" in (await client.telegram("editMessageText", **edit))[1]["description"]
    assert (await client.telegram("editMessageText", **{**edit, "message_id": 1}))[0] == 400
    assert (await client.telegram("deleteMessage", chat_id=77, message_id=number))[0] == 200
    assert simulator.record.seen("telegram", "77") == ["final"]


def slack_buttons(label: str = "A", value: str = "a", count: int = 1) -> list[dict[str, Any]]:
    """Blocks with a section and buttons."""
    elements = [
        {"type": "button", "action_id": f"b{place}", "text": {"type": "plain_text", "text": label}, "value": value}
        for place in range(count)
    ]
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "a &lt; b"}}
    return [section, {"type": "actions", "elements": elements}]


async def test_slack_gives_increasing_timestamps_and_shows_blocks(simulator: Simulator, client: Client) -> None:
    _, first, _ = await client.slack(channel="C01", text="R&amp;D")
    _, second, _ = await client.slack(channel="C01", text="fallback", blocks=slack_buttons())
    assert first["ok"] is True
    assert first["channel"] == "C01"
    assert first["ts"] < second["ts"]
    shown = simulator.record.visible("slack", "C01")
    assert [sent.text for sent in shown] == ["R&D", "a < b"]
    assert shown[1].buttons == (("A", "a"),)
    await client.slack("chat.update", channel="C01", ts=first["ts"], text="changed")
    await client.slack("chat.delete", channel="C01", ts=second["ts"])
    assert simulator.record.seen("slack", "C01") == ["changed"]
    await client.slack(channel="D02", text="x" * 4041)
    assert [len(text) for text in simulator.record.seen("slack", "D02")] == [4000, 41]


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    """Blocks with a rich text of one section."""
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


async def test_slack_shows_rich_text_as_it_is(simulator: Simulator, client: Client) -> None:
    link = {"type": "link", "url": "https://a.example/"}
    await client.slack(channel="C01", text="fallback", blocks=rich({"type": "text", "text": "*a* &amp; "}, link))
    assert simulator.record.seen("slack", "C01") == ["*a* &amp; https://a.example/"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"channel": "C01", "blocks": rich({"type": "text", "text": ""})}, "invalid_blocks"),
        ({"channel": "C01", "blocks": rich({"type": "link", "url": "a.example"})}, "invalid_blocks"),
        ({"channel": "C01", "blocks": rich({"type": "song"})}, "invalid_blocks"),
        ({"channel": "C01", "blocks": [{"type": "rich_text", "elements": []}]}, "invalid_blocks"),
        ({"channel": "C01", "blocks": rich({"type": "text", "text": "x" * 13_201})}, "msg_blocks_too_long"),
        ({"channel": "C01"}, "no_text"),
        ({"channel": "C01", "text": 5}, "invalid_arguments"),
        ({"channel": "nowhere", "text": "hi"}, "channel_not_found"),
        ({"text": "hi"}, "channel_not_found"),
        ({"channel": "C01", "text": "hi", "thread_ts": "1"}, "invalid_arguments"),
        ({"channel": "C01", "blocks": slack_buttons(label="x" * 76)}, "invalid_blocks"),
        ({"channel": "C01", "blocks": slack_buttons(value="x" * 2001)}, "invalid_blocks"),
        ({"channel": "C01", "blocks": slack_buttons(count=26)}, "invalid_blocks"),
        ({"channel": "C01", "blocks": slack_buttons() * 26}, "invalid_blocks"),
        ({"channel": "C01", "blocks": "no"}, "invalid_blocks_format"),
        (
            {"channel": "C01", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5},
            "msg_blocks_too_long",
        ),
    ],
)
async def test_slack_refuses_with_http_200(client: Client, body: dict[str, Any], error: str) -> None:
    status, answer, _ = await client.slack(**body)
    assert (status, answer["ok"], answer["error"]) == (200, False, error)


async def test_slack_authentication_and_lookups(simulator: Simulator, client: Client) -> None:
    assert (await client.call("/api/auth.test", {}))[1]["error"] == "not_authed"
    bad = {"Authorization": "Bearer xoxp-user"}
    assert (await client.call("/api/auth.test", {}, headers=bad))[1]["error"] == "invalid_auth"
    assert (await client.slack("auth.test"))[1]["ok"] is True
    assert (await client.slack("chat.shout"))[1]["error"] == "unknown_method"
    simulator.people.introduce({"U01": "Ana Reis"})
    good = {"Authorization": "Bearer xoxb-secret"}
    _, found, _ = await client.call("/api/users.info?user=U01", verb="GET", headers=good)
    assert found["user"]["profile"]["display_name"] == "Ana Reis"
    _, found, _ = await client.call("/api/users.info", b"user=U01", headers=good, form=True)
    assert found["user"]["id"] == "U01"
    assert (await client.slack("users.info", user="U01"))[1]["error"] == "user_not_found"


def row(**button: object) -> list[dict[str, Any]]:
    """Components with one button."""
    return [{"type": 1, "components": [{"type": 2, "style": 1, "label": "A", "custom_id": "a", **button}]}]


async def test_discord_returns_the_existing_message_for_an_enforced_nonce(simulator: Simulator, client: Client) -> None:
    body = {"content": r"1\. a\_b", "nonce": "k1", "enforce_nonce": True, "components": row()}
    status, first, _ = await client.discord("/channels/701/messages", body)
    _, again, _ = await client.discord("/channels/701/messages", body)
    _, loose, _ = await client.discord("/channels/701/messages", {"content": "x", "nonce": "k1"})
    assert status == 200
    assert again["id"] == first["id"] != loose["id"]
    assert simulator.record.seen("discord", "701") == ["1. a_b", "x"]
    assert [sent.duplicate for sent in simulator.record.messages("discord", "701")] == [False, True, False]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"content": ""}, 50006, None),
        ({"content": "x" * 2001}, 50035, "content"),
        ({"content": 5}, 50035, "content"),
        ({"content": "x", "nonce": "n" * 26}, 50035, "nonce"),
        ({"content": "x", "components": row(label="x" * 81)}, 50035, "components"),
        ({"content": "x", "components": row(label="")}, 50035, "components"),
        ({"content": "x", "components": row(custom_id="x" * 101)}, 50035, "components"),
        ({"content": "x", "components": row(style=None)}, 50035, "components"),
        ({"content": "x", "components": row() * 6}, 50035, "components"),
        ({"content": "x", "components": row() * 2}, 50035, "components"),
        ({"content": "x", "embeds": [{"image": {"url": "pictures"}}]}, 50035, "embeds"),
    ],
)
async def test_discord_refuses(client: Client, body: dict[str, Any], code: int, field: str | None) -> None:
    status, answer, _ = await client.discord("/channels/701/messages", body)
    assert (status, answer["code"]) == (400, code)
    assert field is None or field in answer["errors"]


async def test_discord_authentication_and_the_rest(client: Client) -> None:
    body = {"content": "x"}
    assert (await client.discord("/channels/701/messages", body, bot=False))[0] == 401
    headers = {"Authorization": "Bot secret.token"}
    assert (await client.call("/api/v10/channels/701/messages", body, headers=headers))[0] == 403
    assert (await client.discord("/channels/here/messages", body))[0] == 400
    assert (await client.discord("/channels/701/messages", b"{"))[1]["code"] == 50109
    assert (await client.discord("/channels/701/typing"))[0] == 204
    assert (await client.discord("/users/@me", verb="GET"))[1]["bot"] is True
    assert (await client.discord("/users/@me/channels", {"recipient_id": "42"}))[1]["type"] == 1
    assert (await client.discord("/nowhere"))[0] == 404


async def test_discord_interaction_answers_can_be_changed_deleted_and_expire(
    simulator: Simulator, client: Client
) -> None:
    token = make_token("interaction", 1, "701")
    path = f"/webhooks/900/{token}"
    await client.discord(f"{path}/messages/@original", {"content": "first"}, "PATCH", bot=False)
    _, more, _ = await client.discord(path, {"content": "second"}, bot=False)
    await client.discord(f"{path}/messages/@original", {"content": "first!"}, "PATCH", bot=False)
    assert simulator.record.seen("discord", "701") == ["first!", "second"]
    await client.discord(f"{path}/messages/{more['id']}", {"content": "second!"}, "PATCH", bot=False)
    assert (await client.discord(f"{path}/messages/@original", None, "DELETE", bot=False))[0] == 204
    assert simulator.record.seen("discord", "701") == ["second!"]
    _, gone, _ = await client.discord(f"{path}/messages/@original", {"content": "x"}, "PATCH", bot=False)
    assert gone["code"] == 10008
    simulator.discord.expire_token(token)
    assert (await client.discord(path, {"content": "late"}, bot=False))[1]["code"] == 50027
    assert [sent.method for sent in simulator.record.messages("discord", "701")][:2] == ["edit_original", "follow_up"]


async def test_discords_original_of_a_press_is_what_was_pressed(simulator: Simulator, client: Client) -> None:
    _, board, _ = await client.discord("/channels/701/messages", {"content": "board"})
    path = f"/webhooks/900/{make_token('interaction', 2, '701', pressed=board['id'])}"
    _, changed, _ = await client.discord(f"{path}/messages/@original", {"content": "newer"}, "PATCH", bot=False)
    await client.discord(path, {"content": "said"}, bot=False)
    assert changed["id"] == board["id"]
    assert simulator.record.seen("discord", "701") == ["newer", "said"]


async def test_discord_changes_only_messages_that_are_there(simulator: Simulator, client: Client) -> None:
    _, board, _ = await client.discord("/channels/701/messages", {"content": "board"})
    for path in (f"/channels/702/messages/{board['id']}", "/channels/701/messages/12345"):
        status, refused, _ = await client.discord(path, {"content": "newer"}, "PATCH")
        assert (status, refused["code"]) == (404, 10008)
    assert (await client.discord(f"/channels/701/messages/{board['id']}", {"content": "newer"}, "PATCH"))[0] == 200
    assert simulator.record.seen("discord", "701") == ["newer"]


async def test_telegram_and_slack_know_who_administers(simulator: Simulator, client: Client) -> None:
    assert (await client.call("/_sim/admins", ["42", "U0ANA"]))[0] == 200
    for number, status in ((42, "administrator"), (43, "member")):
        _, told, _ = await client.telegram("getChatMember", chat_id=-1001, user_id=number)
        assert (told["result"]["status"], told["result"]["user"]["id"]) == (status, number)
    assert (await client.telegram("getChatMember", chat_id=-1001, user_id="x"))[0] == 400
    headers = {"Authorization": "Bearer xoxb-secret"}
    for user, admin in (("U0ANA", True), ("U0BEN", False)):
        _, told, _ = await client.call(f"/api/users.info?user={user}", verb="GET", headers=headers)
        assert told["user"]["is_admin"] is admin
    assert simulator.record.messages() == []


async def test_telegram_changes_a_texts_words_and_buttons_and_refuses_what_changes_nothing(
    simulator: Simulator, client: Client
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    _, sent, _ = await client.telegram(chat_id=-1001, text="board", reply_markup=keyboard)
    same = {"chat_id": -1001, "message_id": sent["result"]["message_id"], "text": "board"}
    status, refused, _ = await client.telegram("editMessageText", **same, reply_markup=keyboard)
    assert (status, "not modified" in refused["description"]) == (400, True)
    assert (await client.telegram("editMessageText", **same))[0] == 200, "its buttons went away"
    assert simulator.record.visible("telegram", "-1001")[0].buttons == ()
    _, photo, _ = await client.telegram("sendPhoto", chat_id=-1001, photo="https://a.example/x.png")
    number = photo["result"]["message_id"]
    _, refused, _ = await client.telegram("editMessageText", chat_id=-1001, message_id=number, text="words")
    assert "no text in the message" in refused["description"]
    _, gone, _ = await client.telegram("editMessageText", chat_id=-1001, message_id=1, text="words")
    assert "message to edit not found" in gone["description"]


async def test_messenger_takes_messages_typing_and_lookups(simulator: Simulator, client: Client) -> None:
    quick = [{"content_type": "text", "title": "A label of more than 20", "payload": "a"}]
    status, sent, _ = await client.messenger({"text": "hi", "quick_replies": quick})
    assert status == 200
    assert sent == {"recipient_id": "PS42", "message_id": "m_sim1"}
    typing = {"recipient": {"id": "PS42"}, "sender_action": "typing_on"}
    _, answer, _ = await client.call("/v25.0/1001/messages?access_token=page-token", typing)
    assert answer == {"recipient_id": "PS42"}
    button = {"type": "postback", "title": "B", "payload": "b"}
    payload = {"template_type": "button", "text": "choose", "buttons": [button]}
    await client.messenger({"attachment": {"type": "template", "payload": payload}})
    image = {"type": "image", "payload": {"url": "https://pictures.example/a.jpg"}}
    await client.messenger({"attachment": image})
    shown = simulator.record.visible("messenger", "PS42")
    assert [sent.text for sent in shown] == ["hi", "choose", ""]
    assert [sent.buttons for sent in shown[:2]] == [(("A label of more than", "a"),), (("B", "b"),)]
    assert shown[2].image == "https://pictures.example/a.jpg"
    simulator.people.introduce({"PS42": "Ana Reis"})
    path = "/v25.0/PS42?fields=first_name,last_name&access_token=page-token"
    _, profile, _ = await client.call(path, verb="GET")
    assert (profile["first_name"], profile["last_name"]) == ("Ana", "Reis")


@pytest.mark.parametrize(
    "message",
    [
        {"text": ""},
        {},
        {"text": "x" * 2001},
        {"text": 5},
        {"text": "x", "quick_replies": [{"content_type": "text", "title": "A", "payload": "a"}] * 14},
        {"text": "x", "quick_replies": [{"content_type": "text", "title": "A", "payload": ""}]},
        {"attachment": {"type": "image", "payload": {"url": "pictures"}}},
        {"attachment": {"type": "template", "payload": {"template_type": "button", "text": "x" * 641, "buttons": []}}},
    ],
)
async def test_messenger_refuses(client: Client, message: dict[str, Any]) -> None:
    status, answer, _ = await client.messenger(message)
    assert (status, answer["error"]["code"], answer["error"]["type"]) == (400, 100, "OAuthException")


async def test_messenger_needs_a_token_a_recipient_and_a_known_type(client: Client) -> None:
    body = {"recipient": {"id": "PS42"}, "message": {"text": "x"}}
    assert (await client.call("/v25.0/me/messages", body))[0] == 400
    assert (await client.messenger({"text": "x"}, recipient={}))[1]["error"]["code"] == 100
    assert (await client.messenger({"text": "x"}, messaging_type="SHOUT"))[1]["error"]["code"] == 100


def reply_button(title: str, value: str) -> dict[str, Any]:
    """One reply button."""
    return {"type": "reply", "reply": {"id": value, "title": title}}


def asking(*buttons: dict[str, Any], words: str = "choose") -> dict[str, Any]:
    """An interactive message with buttons."""
    return {"type": "button", "body": {"text": words}, "action": {"buttons": list(buttons)}}


def listing(*titles: str, **more: Any) -> dict[str, Any]:
    """An interactive message with a list."""
    rows = [{"id": title, "title": title} for title in titles]
    return {
        "type": "list",
        "body": {"text": "choose"},
        "action": {"button": "Open", "sections": [{"rows": rows}]},
        **more,
    }


async def test_whatsapp_takes_a_list_and_in_groups_words_only(simulator: Simulator, client: Client) -> None:
    assert (await client.whatsapp(type="interactive", interactive=listing(*"abcd")))[0] == 200
    assert simulator.record.visible("whatsapp", "5511900000000")[0].buttons == tuple((c, c) for c in "abcd")
    group = {"recipient_type": "group", "to": "G1"}
    assert (await client.whatsapp(**group, type="text", text={"body": "hi"}))[0] == 200
    for interactive in (listing(*"abcd"), asking(reply_button("A", "a"))):
        _, refused, _ = await client.whatsapp(**group, type="interactive", interactive=interactive)
        assert refused["error"]["code"] == 131051
    assert simulator.record.seen("whatsapp", "G1") == ["hi"]


async def test_whatsapp_takes_text_buttons_and_typing(simulator: Simulator, client: Client) -> None:
    status, sent, _ = await client.whatsapp(type="text", text={"body": "hi"})
    assert status == 200
    assert sent["contacts"] == [{"input": "5511900000000", "wa_id": "5511900000000"}]
    assert sent["messages"][0]["id"].startswith("wamid.")
    await client.whatsapp(type="interactive", interactive=asking(reply_button("A", "a"), reply_button("B", "b")))
    assert simulator.record.visible("whatsapp", "5511900000000")[1].buttons == (("A", "a"), ("B", "b"))
    typing = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.IN1"}
    headers = {"Authorization": "Bearer wa-token"}
    path = "/v25.0/100200300/messages"
    answer = await client.call(path, {**typing, "typing_indicator": {"type": "text"}}, headers=headers)
    assert answer[1] == {"success": True}
    assert (await client.call(path, typing))[1]["error"]["code"] == 190


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": "text", "text": {"body": ""}}, 131008),
        ({"type": "text", "text": {"body": "x" * 4097}}, 100),
        ({"type": "text", "text": {"body": "x"}, "to": "someone"}, 131009),
        ({"type": "text", "text": {"body": "x"}, "messaging_product": "sms"}, 100),
        ({"type": "song"}, 131051),
        ({"type": "interactive", "interactive": asking()}, 131009),
        ({"type": "interactive", "interactive": asking(*(reply_button(c, c) for c in "abcd"))}, 131009),
        ({"type": "interactive", "interactive": asking(reply_button("A", "a"), reply_button("A", "b"))}, 131009),
        ({"type": "interactive", "interactive": asking(reply_button("x" * 21, "a"))}, 100),
        ({"type": "interactive", "interactive": asking(reply_button("A", "a"), words="x" * 1025)}, 100),
        ({"type": "interactive", "interactive": listing(*"abcdefghijk")}, 131009),
        ({"type": "interactive", "interactive": listing("x" * 25)}, 100),
        ({"type": "interactive", "interactive": listing("a", header={"type": "image", "image": {}})}, 131009),
        ({"type": "image", "image": {"link": "pictures"}}, 131009),
    ],
)
async def test_whatsapp_refuses(client: Client, body: dict[str, Any], code: int) -> None:
    status, answer, _ = await client.whatsapp(**body)
    assert (status, answer["error"]["code"]) == (400, code)
    assert answer["error"]["error_data"]["messaging_product"] == "whatsapp"


async def test_line_reply_token_is_good_for_one_call(simulator: Simulator, client: Client) -> None:
    token = make_token("reply", 1, "C22")
    body = {"replyToken": token, "messages": [{"type": "text", "text": words} for words in ("one", "two")]}
    status, _, _ = await client.line("reply", body, X_Line_Retry_Key="00000000-0000-4000-8000-000000000000")
    assert status == 400
    status, answer, headers = await client.line("reply", body)
    assert status == 200
    assert len(answer["sentMessages"]) == 2
    assert headers["X-Line-Request-Id"]
    status, answer, _ = await client.line("reply", body)
    assert (status, answer["message"]) == (400, "Invalid reply token")
    assert simulator.record.seen("line", "C22") == ["one", "two"]
    delivered = simulator.record.messages("line", "C22", delivered=True)
    assert len({sent.call for sent in delivered}) == 1


async def test_line_push_is_taken_once_for_a_retry_key(simulator: Simulator, client: Client) -> None:
    key = "11111111-2222-4333-8444-555555555555"
    _, first, headers = await client.push("U11", "hi", key=key)
    status, again, more = await client.push("U11", "hi", key=key)
    assert status == 409
    assert again["sentMessages"] == first["sentMessages"]
    assert more["X-Line-Accepted-Request-Id"] == headers["X-Line-Request-Id"]
    assert simulator.record.seen("line", "U11") == ["hi"]
    assert (await client.push("U11", "hi", key="not-a-uuid"))[0] == 400


@pytest.mark.parametrize(
    ("messages", "where"),
    [
        ([], "messages"),
        ([{"type": "text", "text": "x"}] * 6, "messages"),
        ([{"type": "text", "text": ""}], "messages[0].text"),
        ([{"type": "text", "text": "😀" * 2501}], "messages[0].text"),
        ([{"type": "song"}], "messages[0].type"),
        (
            [{"type": "image", "originalContentUrl": "http://a.example/", "previewImageUrl": "https://a.example/"}],
            "messages[0].originalContentUrl",
        ),
        (
            [
                {
                    "type": "text",
                    "text": "x",
                    "quickReply": {
                        "items": [
                            {"type": "action", "action": {"type": "postback", "label": "x" * 21, "data": "a"}},
                        ]
                    },
                }
            ],
            "messages[0].quickReply.items[0].action.label",
        ),
    ],
)
async def test_line_refuses_and_says_where(client: Client, messages: list[Any], where: str) -> None:
    status, answer, _ = await client.line("push", {"to": "U11", "messages": messages})
    assert status == 400
    assert answer["details"][0]["property"] == where


async def test_line_lookups_and_loading(simulator: Simulator, client: Client) -> None:
    headers = {"Authorization": "Bearer channel-token"}
    simulator.people.introduce({"U11": "Ana"})
    _, found, _ = await client.call("/v2/bot/profile/U11", verb="GET", headers=headers)
    assert (found["displayName"], found["language"]) == ("Ana", "en")
    _, found, _ = await client.call("/v2/bot/group/C22/member/U11", verb="GET", headers=headers)
    assert found["displayName"] == "Ana"
    loading = "/v2/bot/chat/loading/start"
    assert (await client.call(loading, {"chatId": "U11", "loadingSeconds": 20}, headers=headers))[0] == 202
    assert (await client.call(loading, {"chatId": "C22", "loadingSeconds": 20}, headers=headers))[0] == 400
    assert (await client.call("/v2/bot/info", verb="GET"))[0] == 401
