"""The twelve-turn call in chatsky, written as its manual writes one; understanding happens once a turn, which is kind to it."""

from __future__ import annotations

from typing import Any

from chatsky import (  # type: ignore[import-not-found,unused-ignore]
    PRE_RESPONSE,
    PRE_TRANSITION,
    RESPONSE,
    TRANSITIONS,
    BaseCondition,
    BaseProcessing,
    Context,
    Message,
    Pipeline,
    Transition,
)

from benchmarks.twelve import REPLIES, SAID, STATES, TABLE, keyword


class Understand(BaseProcessing):  # type: ignore[misc,unused-ignore]
    """Name the move, once for all conditions of the turn."""

    async def call(self, ctx: Context) -> None:
        ctx.misc["move"] = keyword(ctx.last_request.text)


class Said(BaseCondition):  # type: ignore[misc,unused-ignore]
    """This move was made, and there is trust enough."""

    move: str
    wanted: float

    async def call(self, ctx: Context) -> bool:
        return ctx.misc["move"] == self.move and ctx.misc.get("trust", 2.5) >= self.wanted


class Feel(BaseProcessing):  # type: ignore[misc,unused-ignore]
    """What a turn does to trust."""

    async def call(self, ctx: Context) -> None:
        ctx.misc["trust"] = ctx.misc.get("trust", 2.5) + WON.get((ctx.current_label_name(), ctx.misc["move"]), 0.0)


WON: dict[tuple[str, str], float] = {(b, m): g for _, m, b, _, g in TABLE}


def _name(ctx: Any) -> str:
    return str(ctx.last_label.node_name)


Context.current_label_name = _name


def pipeline() -> Pipeline:
    """The whole call, kept in memory."""
    nodes: dict[str, Any] = {
        state: {
            RESPONSE: REPLIES[state],
            PRE_TRANSITION: {"understand": Understand()},
            PRE_RESPONSE: {"feel": Feel()},
            TRANSITIONS: [Transition(dst=b, cnd=Said(move=m, wanted=w)) for a, m, b, w, _ in TABLE if a == state],
        }
        for state in STATES
    }
    return Pipeline({"call": nodes}, start_label=("call", "pickup"), fallback_label=("call", "pickup"))


class Calls:
    """Calls held one after another, each in a context of its own."""

    def __init__(self) -> None:
        self._pipeline = pipeline()
        self._n = 0

    async def ready(self) -> None:
        """Connect the storage (a dictionary)."""
        if not self._pipeline.context_storage.connected:
            await self._pipeline.context_storage.connect()

    async def call(self) -> str:
        """One whole call; gives where it ended."""
        self._n += 1
        name = f"c{self._n}"
        for said in SAID:
            context = await self._pipeline._run_pipeline(Message(text=said), name)
        return _name(context)
