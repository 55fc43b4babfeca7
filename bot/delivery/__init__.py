"""Between Telegram and the chat: nothing lost, nothing doubled, each chat in order (docs/delivery.md).

The chat's handlers use `Delivery` and `say`; everything else here is how the promises are kept.
"""

from bot.delivery.delivery import AWAY, TOO_QUICK, Delivery
from bot.delivery.lock import OnlyOne
from bot.delivery.outbox import edit, say
from bot.delivery.wire import MaybeSent, NotDelivered, PatientRequest

__all__ = ["AWAY", "TOO_QUICK", "Delivery", "MaybeSent", "NotDelivered", "OnlyOne", "PatientRequest", "edit", "say"]
