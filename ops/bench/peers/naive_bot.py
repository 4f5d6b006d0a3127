"""The hand-written bot: what a good afternoon with Tornado, asyncpg and aiohttp gives.

Checks the secret, reads the chat's state, writes it, sends, then answers the webhook. No dedupe, no order, no retries:
a crash between write and send loses the reply. Settings: `--port`, `--api-base`, `--dsn`, `--token`, `--secret`.
"""

from __future__ import annotations

import argparse
import asyncio
import hmac
import json

import aiohttp
import asyncpg
import tornado.httpserver
import tornado.web
import uvloop

POOL = 20
SENDS = 256


class Hook(tornado.web.RequestHandler):
    """POST /hook."""

    def initialize(self, pool, session, url, secret):
        self.pool, self.session, self.url, self.secret = pool, session, url, secret

    async def post(self):
        given = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given, self.secret):
            self.set_status(403)
            return
        message = json.loads(self.request.body)["message"]
        chat = message["chat"]["id"]
        async with self.pool.acquire() as connection:
            row = await connection.fetchrow("select state from sessions where chat_id = $1", chat)
            state = json.loads(row[0]) if row else {"n": 0}
            state["n"] += 1
            await connection.execute(
                "insert into sessions (chat_id, state) values ($1, $2)"
                " on conflict (chat_id) do update set state = excluded.state",
                chat,
                json.dumps(state),
            )
        reply = json.dumps({"chat_id": chat, "text": message["text"]}).encode()
        headers = {"Content-Type": "application/json"}
        async with self.session.post(self.url, data=reply, headers=headers) as response:
            await response.read()
        self.finish(b"{}")


async def main(options):
    pool = await asyncpg.create_pool(options.dsn, min_size=POOL, max_size=POOL)
    await pool.execute("create table if not exists sessions (chat_id bigint primary key, state jsonb not null)")
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=SENDS), cookie_jar=aiohttp.DummyCookieJar())
    parts = {
        "pool": pool,
        "session": session,
        "url": f"{options.api_base}/bot{options.token}/sendMessage",
        "secret": options.secret,
    }
    application = tornado.web.Application([("/hook", Hook, parts)], log_function=lambda _handler: None)
    tornado.httpserver.HTTPServer(application).listen(options.port, "127.0.0.1", backlog=1024)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    for name in ("--api-base", "--dsn", "--token", "--secret"):
        parser.add_argument(name, required=True)
    uvloop.run(main(parser.parse_args()))
