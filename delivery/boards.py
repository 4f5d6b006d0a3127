"""Boards: which message a reply takes the place of, asked just before it is sent.

All earlier replies of a conversation are recorded before the next one is handed out, so what the database knows then is the last
one of the board. Who was killed in between asks again, and changes the same message to the same words.
"""

from __future__ import annotations

import msgspec

from game_state.batch import Batch
from game_state.store import Store
from platforms.contract import Capabilities, Delivery, Outcome, Retry, Sending


class Boards:
    """Places replies and forgets messages that are gone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reads = Batch(store.read_boards, limit=64, in_flight=2)

    async def place(self, capabilities: Capabilities, deliveries: list[Delivery]) -> list[Delivery] | None:
        """Say which message the first of the deliveries takes the place of. Raises StoreError.

        None: a later reply of its board waits already, so that this one need not be shown.
        """
        head = deliveries[0]
        if head.reply.board is None or not capabilities.edit:
            return deliveries
        board = await self._reads.put((head.conversation_id, head.number, head.reply.board))
        ends = capabilities.must_close and head.origin.token is not None
        if board.replaced and not ends:
            return None
        return [msgspec.structs.replace(head, edits=board.message_id), *deliveries[1:]]

    async def follow(self, head: Delivery, sending: Sending | None, outcome: Outcome) -> None:
        """Forget the message of the board when the attempt found that it cannot be changed any more. Raises StoreError."""
        gone = isinstance(outcome, Retry) and outcome.drop_board
        if gone and head.reply.board is not None and sending is not None and sending.edits is not None:
            await self._store.forget_board(head.conversation_id, head.reply.board, sending.edits)
