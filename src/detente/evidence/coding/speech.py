"""Verbs by which a text reports what somebody said, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def speech_verbs() -> re.Pattern[str]:
    """Return a pattern of the verbs that introduce what somebody said, in all their forms."""
    return _verbs("say")


@cache
def acts_of_speech() -> re.Pattern[str]:
    """Return a pattern of the verbs that are themselves what was said: denounced, blamed, praised."""
    return _verbs("speak")


@cache
def _verbs(key: str) -> re.Pattern[str]:
    text = (files("detente.evidence.coding") / "data" / "names" / "speech.yaml").read_text(encoding="utf-8")
    lists: Any = yaml.safe_load(text)
    irregular = {str(verb): forms for verb, forms in lists["irregular"].items()}
    forms = {form for verb in lists[key] for form in (*_regular(verb), *irregular.get(verb, ()))}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, forms), key=len, reverse=True))})\b")


def _regular(verb: str) -> Iterator[str]:
    stem = verb.removesuffix("e")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    yield from (verb, third, f"{stem}ing", f"{stem}ed")
    if verb in ("quip", "admit", "refer", "submit"):
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
