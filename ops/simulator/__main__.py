"""Runs the simulator alone: `python -m ops.simulator [--port 8081]`. Ctrl-C or SIGTERM stops it."""

from __future__ import annotations

import asyncio
import signal

import click
import uvloop

from ops.simulator.server import Simulator


async def _serve(port: int, keep: int | None) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    try:
        simulator = Simulator(port=port, keep=keep)
        await simulator.start()
    except OSError as exc:
        raise click.ClickException(f"cannot listen on 127.0.0.1:{port}: {exc.strerror}") from exc
    click.echo(f"simulator ready on {simulator.url}; what arrives: {simulator.url}/_sim/record")
    await stopping.wait()
    await simulator.stop()


@click.command()
@click.option("--port", default=8081, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option("--keep", type=click.IntRange(min=1), help="Remember only about so many messages (for long runs).")
def main(port: int, keep: int | None) -> None:
    """Play the outgoing APIs of Telegram, Slack, Discord, Messenger, LINE and WhatsApp on loopback."""
    uvloop.run(_serve(port, keep))


if __name__ == "__main__":
    main()
