"""Rasa stories and end-to-end tests (YAML): what the `user:` says; a bot's turns are names of actions and left out."""

from __future__ import annotations

from typing import Any

import yaml

from bot.transcripts.talk import BadTranscript, Conversation, Imported, Saying, tidy, tidy_name
from dialogs.patterns import lazy

YOU = "You"
MAX_CHARACTERS = 200_000
MAX_NESTED = 30
_ENTITY = lazy(r"\[([^\[\]\n]{1,200})\](?:\([^()\n]{0,200}\)|\{[^{}\n]{0,200}\})")


def read(text: str) -> Imported:
    """Every story as a conversation of one."""
    if len(text) > MAX_CHARACTERS:
        raise BadTranscript(f"Stories of more than {MAX_CHARACTERS:,} characters are not read; split the file.")
    try:
        _refuse_tricks(text)
        whole = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, BadTranscript):
            raise
        raise BadTranscript("This YAML cannot be read; check it with rasa data validate.") from None
    stories = whole.get("stories") if isinstance(whole, dict) else None
    talks = []
    for story in stories if isinstance(stories, list) else []:
        said = tuple(Saying(YOU, words) for words in _said(story))
        if said:
            title = tidy_name(str(story.get("story", "")))
            talks.append(Conversation(said, title, YOU))
    if not talks:
        raise BadTranscript("No story here has a 'user:' step with words; intents alone say nothing.")
    return Imported("rasa", tuple(talks))


def _refuse_tricks(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise BadTranscript("This YAML uses aliases (*name), which are not read; write them out.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_NESTED:
            raise BadTranscript(f"This YAML is nested more than {MAX_NESTED} deep, which no story is.")


def _said(story: Any) -> list[str]:
    steps = story.get("steps") if isinstance(story, dict) else None
    found = []
    for step in steps if isinstance(steps, list) else []:
        words = step.get("user") if isinstance(step, dict) else None
        if isinstance(words, str) and tidy(words):
            found.append(tidy(_ENTITY.sub(r"\1", words)))
    return found
