"""The shell around the call: everything that touches the world. It may import dialogs, never the other way."""

__version__ = "0.1.0"
