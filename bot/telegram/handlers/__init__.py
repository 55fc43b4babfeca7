"""What the chat does with an update: a module a subject, in it a coroutine for each command, tap or kind of message.

`app.COMMANDS` and `app.TAPS` list them. A handler takes a `Visit`, asks the core or the log, and says what comes of it; no rule of
a call lives here.
"""
