"""A scenario file's text, read into a tree when the first one is: only then is YAML loaded, which takes as long as a bot takes to answer."""

from __future__ import annotations

from dialogs.scenario.tree import Fault, Tree


def read_tree(text: str, file: str) -> tuple[Tree, list[Fault]]:
    """The top-level fields of a scenario file, each with its line, and the faults of form found on the way."""
    from dialogs.scenario import yaml_tree  # PyYAML takes 25 ms to load; a bot that starts can be answering meanwhile

    return yaml_tree.read(text, file)
