# The library carries no types of its own; this is what we use of it.
from typing import Any

import click

class DefaultGroup(click.Group):
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
