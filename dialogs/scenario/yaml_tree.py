"""YAML as scenario files use it: maps, lists and texts, with the line of everything, and nothing else.

`no` stays "no" and 12:30 stays "12:30". Anchors, aliases, tags and a second document are refused before anything is built from
them, so a small file cannot grow. A line YAML cannot read is named and set aside, so that the rest is still checked.
"""

from __future__ import annotations

from typing import Any

import yaml

from dialogs.scenario.tree import Fault, Node, Text, Tree, unseen

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MOST_REPAIRS = 40  # lines set aside before giving up on a file
DEEPEST = 6


def read(text: str, file: str) -> tuple[Tree, list[Fault]]:
    """The top-level fields of a scenario file, each with its line, and the faults of form found on the way."""
    faults: list[Fault] = []
    lines = text.replace("\r\n", "\n").split("\n")
    for _ in range(MOST_REPAIRS):
        try:
            root = _compose("\n".join(lines))
        except _Refused as refused:
            return {}, [*faults, Fault(file, refused.line, refused.text)]
        except yaml.YAMLError as error:
            at = _line_of(error, len(lines))
            faults.append(Fault(file, at + 1, _plainly(error, lines[at])))
            if lines[at].strip().startswith("#") or not lines[at].strip():
                return {}, faults  # the mark points at nothing that could be set aside
            lines[at] = "# set aside"
            continue
        if root is None:
            return {}, [*faults, Fault(file, 1, "the file is empty; see: runner-up scenarios new")]
        if not isinstance(root, yaml.MappingNode):
            return {}, [*faults, Fault(file, 1, "a scenario begins with fields such as 'title: …'")]
        return _fields(root, file, faults), faults
    return {}, faults


class _Refused(Exception):
    """A construct that scenario files may not use."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line, self.text = line, text


def _compose(text: str) -> Any:
    depth = 0
    for event in yaml.parse(text, _Loader):
        at = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                at, "'&' and '*' references are not used in scenarios; write the text out, or put it in quotes"
            )
        if getattr(event, "tag", None):
            raise _Refused(at, "'!' tags are not used in scenarios; put quotes around the text")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _Refused(at, "indented too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent) and event.explicit and at > 1:
            raise _Refused(at, "one file holds one scenario; '---' begins a second")
    return yaml.compose(text, _Loader)


def _fields(node: yaml.MappingNode, file: str, faults: list[Fault]) -> Tree:
    tree: Tree = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(file, line, "a field's name is a plain word"))
            continue
        if key.value in tree:
            faults.append(Fault(file, line, f"'{key.value}:' stands in line {tree[key.value][0]} already"))
            continue
        tree[key.value] = (line, _node(value, file, faults))
    return tree


def _node(node: yaml.Node, file: str, faults: list[Fault]) -> Node:
    if isinstance(node, yaml.MappingNode):
        return _fields(node, file, faults)
    if isinstance(node, yaml.SequenceNode):
        return [_node(item, file, faults) for item in node.value]
    text, line = str(node.value), node.start_mark.line + 1
    if unseen(text):
        faults.append(Fault(file, line, "there is a character in it that nobody can see; write the text anew"))
    return Text(text, line)


def _line_of(error: yaml.YAMLError, count: int) -> int:
    # An unclosed quote is noticed at the end of the file; the context mark says where it began.
    context, problem = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    quote = "quoted scalar" in str(getattr(error, "context", ""))
    mark = (context if quote else problem) or context or problem
    return min(mark.line if mark else 0, count - 1)


def _plainly(error: yaml.YAMLError, line: str) -> str:
    problem = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab at the beginning; indent with spaces"
    if "quoted scalar" in problem:
        return "a quotation mark is opened and not closed"
    if "mapping values are not allowed" in problem:
        return "a line with a colon in it needs quotes around it"
    if "special characters" in problem or "control characters" in problem:
        return "a character that is not allowed in a text file"
    stripped = line.strip().lstrip("- ")
    if stripped[:1] and stripped[:1] in "%@`*&!|>{[":
        return f"a line beginning with {stripped[0]} needs quotes around it"
    if "expected <block end>" in problem or "block" in problem or "could not find expected ':'" in problem:
        return "the indentation or a dash is off here; compare it with the line above"
    return "this line is not written as a field, a heading or a line with a dash"
