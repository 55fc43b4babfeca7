"""The log is made of parts over one store (bot/log/__init__.py); what they offer, it offers."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from types import FunctionType

import bot.log
from bot.log import Log


def parts() -> list[type]:
    """Every class in the modules of the log that stands on a store."""
    modules = [importlib.import_module(f"bot.log.{each.name}") for each in pkgutil.iter_modules(bot.log.__path__)]
    found = {thing for module in modules for thing in vars(module).values() if isinstance(thing, type)}
    return [each for each in found if is_dataclass(each) and "store" in {field.name for field in fields(each)}]


def test_what_a_part_offers_the_log_offers_by_the_same_name_and_no_two_parts_by_one(log: Log) -> None:
    offered = [(name, part) for part in parts() for name, made in vars(part).items() if type(made) is FunctionType]
    public = [(name, part) for name, part in offered if not name.startswith("_")]
    assert len(public) > 90
    assert [(name, part) for name, part in public if type(getattr(log, name).__self__) is not part] == []


def test_all_parts_share_one_store(log: Log) -> None:
    bound = [made.__self__ for made in vars(log).values() if hasattr(made, "__self__")]
    assert {type(each) for each in bound} - {type(log.store)} == set(parts())
    assert all((each if each is log.store else each.store) is log.store for each in bound)
