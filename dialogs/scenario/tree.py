"""What a scenario file is read into: fields, lists and texts, each with the line it stands in, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which line of which file, in an author's words."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text and the line it begins in."""

    value: str
    line: int


Node: TypeAlias = "Text | list[Node] | Tree"
Tree: TypeAlias = "dict[str, tuple[int, Node]]"


def unseen(text: str) -> bool:
    """Whether there are characters in a text that give a terminal an order, or turn the direction of what stands around it."""
    if text.isprintable():
        return False
    return any(c not in "\n\t" and (c < " " or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e") for c in text)
