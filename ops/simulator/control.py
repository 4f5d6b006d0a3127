"""The simulator's own endpoints under `/_sim/`, for those who run it as another process.

GET    /_sim/record?after=N&wait=S&limit=L   what arrived after number N; waits up to S seconds for something
DELETE /_sim/record                          forget it
GET    /_sim/seen?platform=P&chat=C          the texts that stand in a chat now
POST   /_sim/faults                          a rule or a list of rules (fields as in `faults.Rule`)
POST   /_sim/limits                          a limit or a list of limits (fields as in `faults.Limit`)
GET    /_sim/faults                          the rules that can still hit
DELETE /_sim/faults                          forget all rules and limits
POST   /_sim/people                          {"user id": "display name"}
POST   /_sim/admins                          ["user id"]
GET    /_sim/health                          {"ok": true}
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from ops.simulator.exchange import Answer, Request, json_answer
from ops.simulator.faults import Faults, Limit, Rule
from ops.simulator.people import People
from ops.simulator.record import Record

CONTROL_PREFIX = "/_sim/"
LONGEST_WAIT_S = 60.0

_Shape = TypeVar("_Shape")


class Control:
    """Reads and steers one simulator."""

    def __init__(self, record: Record, faults: Faults, people: People) -> None:
        self._record = record
        self._faults = faults
        self._people = people

    async def answer(self, request: Request) -> Answer:
        """Carry out one request to `/_sim/`; 400 with a sentence for one that cannot be read, 404 for one unknown."""
        try:
            return await self._answer(request)
        except (msgspec.DecodeError, ValueError) as exc:
            return json_answer({"error": str(exc)}, status=400)

    async def _answer(self, request: Request) -> Answer:
        query = request.query
        match request.verb, request.path.removeprefix(CONTROL_PREFIX):
            case "GET", "record":
                after = int(query.get("after", "0"))
                await self._record.news(after, min(float(query.get("wait", "0")), LONGEST_WAIT_S))
                sent = self._record.after(after, int(query.get("limit", "1000")))
                return json_answer({"sent": sent, "last": sent[-1].order if sent else max(after, 0)})
            case "DELETE", "record":
                self._record.clear()
            case "GET", "seen":
                texts = self._record.seen(query.get("platform", ""), query.get("chat", ""))
                return json_answer({"texts": texts})
            case "POST", "faults":
                self._faults.add(*_one_or_many(request.raw, Rule))
            case "POST", "limits":
                self._faults.limit(*_one_or_many(request.raw, Limit))
            case "GET", "faults":
                return json_answer({"rules": self._faults.pending()})
            case "DELETE", "faults":
                self._faults.clear()
            case "POST", "people":
                self._people.introduce(msgspec.json.decode(request.raw, type=dict[str, str]))
            case "POST", "admins":
                self._people.appoint(msgspec.json.decode(request.raw, type=list[str]))
            case "GET", "health":
                pass
            case _:
                return json_answer({"error": "unknown path; see ops/simulator/control.py"}, status=404)
        return json_answer({"ok": True})


def _one_or_many(raw: bytes, shape: type[_Shape]) -> list[_Shape]:
    """Decode one object, or a list of them."""
    if raw.lstrip()[:1] == b"[":
        return msgspec.json.decode(raw, type=list[shape])  # type: ignore[valid-type]
    return [msgspec.json.decode(raw, type=shape)]
