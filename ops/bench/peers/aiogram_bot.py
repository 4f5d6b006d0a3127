"""The library's bot: aiogram 3 on its own aiohttp webhook server, state in its Redis FSM storage.

Set up to its advantage: updates are handled in the background (the webhook is answered before the message is played),
and Redis gets as many connections as it asks for (redis-py's pool refuses beyond 100). Settings: `--port`, `--api-base`,
`--redis-url`, `--token`, `--secret`.
"""

from __future__ import annotations

import argparse
import asyncio
import logging

import uvloop
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

CONNECTIONS = 1000


async def echo(message: Message, state: FSMContext):
    data = await state.get_data()
    await state.set_data({"n": data.get("n", 0) + 1})
    await message.answer(message.text)


async def main(options):
    logging.disable(logging.INFO)
    session = AiohttpSession(api=TelegramAPIServer.from_base(options.api_base), limit=CONNECTIONS)
    bot = Bot(options.token, session=session)
    storage = RedisStorage.from_url(options.redis_url, connection_kwargs={"max_connections": CONNECTIONS})
    dispatcher = Dispatcher(storage=storage)
    dispatcher.message.register(echo, F.text)
    application = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=True, secret_token=options.secret).register(
        application, path="/hook"
    )
    setup_application(application, dispatcher, bot=bot)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", options.port, backlog=1024).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    for name in ("--api-base", "--redis-url", "--token", "--secret"):
        parser.add_argument(name, required=True)
    uvloop.run(main(parser.parse_args()))
