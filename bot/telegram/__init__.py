"""The call as a Telegram chat (docs/chat.md).

One subject a file. `say` and `buttons` make messages and read taps; `house` holds what all handlers share and the calls that
are going on; `visit` is one update as a handler sees it; `app` lists which update goes where. The rest are the rooms: `door`,
`menu`, `oncall`, `debrief`, `past`, `own`, `mine`, `owner`, `rest`. No rule of a call lives in here.
"""
