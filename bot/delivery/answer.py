"""Whether an answer to a request is the Bot API's, and whether it can be read.

What cannot be read (no JSON, cut off, empty, a page, no result, a result of another kind) does not say whether the request was done.
What comes with a status of refusal and is not the Bot API's comes from somebody on the way, a proxy or a hotel: then nothing was done,
and it is no word of Telegram's about the token or the person.
"""

from __future__ import annotations

import json
from typing import Any

ABOUT_THE_REQUEST = (400, 413, 414, 431)  # whoever says so will say it again of the same request
REFUSED = b'{"ok":false,"description":"refused, and not by the Bot API"}'
"""In place of a page that would be quoted in an error: it may hold what somebody wrote."""


def read(payload: bytes) -> dict[str, Any]:
    """What is said in an answer; nothing when it cannot be read."""
    try:
        said = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def is_refusal(payload: bytes) -> bool:
    """Whether it is the Bot API that says no."""
    return read(payload).get("ok") is False


def is_whole(method: str, payload: bytes) -> bool:
    """Whether an answer with 200 says that it is done, and gives what this method of the Bot API is asked for."""
    said = read(payload)
    return said.get("ok") is True and "result" in said and _is_what_is_wanted(method, said["result"])


def _is_what_is_wanted(method: str, result: Any) -> bool:
    if method == "getMyCommands":
        return isinstance(result, list)
    if method == "getMe":
        return _has(result, id=int, first_name=str, username=str)
    if method == "getFile":
        return _has(result, file_path=str)
    if method.startswith("get"):
        return isinstance(result, dict)
    if method in ("sendMessage", "sendDocument", "sendPhoto"):
        return _has(result, message_id=int)
    return True  # of a change, a nod, a sign only "ok" is wanted


def _has(result: Any, **wanted: type) -> bool:
    return isinstance(result, dict) and all(isinstance(result.get(name), kind) for name, kind in wanted.items())
