"""The call as a Telegram chat (docs/chat.md).

`app` lists which update goes to which of the `handlers`; `middleware` is what every update passes before and after its handler.
`visit` is one update as a handler sees it, `house` what all of them share (in other bots: the application state), `messages` and
`buttons` are what they answer with, `post` how that is sent. `running` is the process around it.
"""
