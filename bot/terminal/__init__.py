"""A call in this terminal.

`dial` begins or resumes it, `interactive` holds it with somebody at the keyboard and `script` from standard input; both hold a
`call.TerminalCall` and show it on a `screen`. `pause` is for the time after distress, `debrief` for the time after the call.
"""
