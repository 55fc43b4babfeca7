"""A sign of life for the supervisor that started this process, where it asks for one (systemd: WatchdogSec in the unit).

It says only that the loop turns. Whether Telegram answers and the log can be written is the heartbeat's matter: a full disk is
waited out, and no restart makes it emptier.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress

ALIVE = b"WATCHDOG=1"


def sign_of_life() -> None:
    """Tell it; nobody has to listen."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where or not hasattr(socket, "AF_UNIX"):
        return
    address = f"\0{where[1:]}" if where.startswith("@") else where  # a name that lies in no folder
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.setblocking(False)
        to.sendto(ALIVE, address)
