"""Adding to a list of a hand-written YAML file by putting in lines: nothing else of the file changes.

`detente.case.save.edit` rewrites a file in its own hand, which keeps comments and order but may break lines anew. Where
a change is shown to a person before it is made, only the added lines should stand out.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from detente.case.save import to_yaml
from detente.case.yamlfile import Place, parse_yaml
from detente.core.errors import CaseError

BLANK = " \t\r\n"


def appended(text: str, path: Place, value: object, file: str) -> str:
    """Return a YAML text with a value at the end of the list at a path; the list is begun if it is not there.

    Parameters
    ----------
    text : str
        The file as it is; empty if it is not there yet.
    path : sequence of keys and places
        Where the list is; all but its last key exists.
    value : object
        Plain values: mappings, lists, texts, numbers.
    file : str
        The name that errors print.

    Raises
    ------
    CaseError
        If no lines can be put in so that the file says just this more.
    """
    if not text.strip():
        return f"{path[0]}:\n{_item(value, 2)}"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    added = None if root is None else _added(text, root, path, value)
    if added is None or parse_yaml(added, file).data != _expected(parse_yaml(text, file).data, path, value):
        raise CaseError(
            where=file,
            what=f"nothing can be added here by adding lines ({'.'.join(map(str, path))})",
            allowed="Lists are written as the examples show them",
            hint="Add what is proposed by hand",
        )
    return added


def _added(text: str, root: yaml.Node, path: Place, value: object) -> str | None:
    holder = root
    for step in path[:-1]:
        found = _inside(holder, step)
        if found is None:
            return None
        holder = found
    if not isinstance(holder, yaml.CollectionNode):
        return None
    inside = _inside(holder, path[-1])
    if inside is None:
        return _with_key(text, holder, str(path[-1]), value) if isinstance(holder, yaml.MappingNode) else None
    if not isinstance(inside, yaml.SequenceNode):
        return None
    if inside.flow_style and not inside.value and isinstance(value, Mapping) and not holder.flow_style:
        start, end = inside.start_mark.index, inside.end_mark.index  # `positions: []` begins a list as people write it
        begun = text[:start].rstrip(" ") + text[end:]
        return _after(begun, len(text[:start].rstrip(" ")), _item(value, holder.start_mark.column + 2))
    if inside.flow_style:
        return _in_brackets(text, inside, _flow(value))
    return _after(text, _end(inside), _item(value, inside.start_mark.column))


def _inside(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((inner for key, inner in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _with_key(text: str, holder: yaml.MappingNode, key: str, value: object) -> str:
    if holder.flow_style:
        return _in_brackets(text, holder, f"{key}: [{_flow(value)}]")
    indent = holder.start_mark.column
    return _after(text, _end(holder), f"{' ' * indent}{key}:\n{_item(value, indent + 2)}")


def _in_brackets(text: str, node: yaml.CollectionNode, words: str) -> str:
    at = node.end_mark.index - 1
    before = text[:at].rstrip(BLANK)
    comma = "" if not node.value or before.endswith(",") else ","
    space = " " if node.value else ""
    return f"{before}{comma}{space}{words}{text[at:]}"


def _end(node: yaml.Node) -> int:
    """Return where the last word of a value ends; the mark of a block stands only after the comments that follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _after(text: str, end: int, lines: str) -> str:
    """Return a text with lines put in below the line in which a value ends."""
    end = len(text[:end].rstrip(BLANK))
    line_end = text.find("\n", end)
    if line_end < 0:
        return f"{text}\n{lines}"
    return f"{text[: line_end + 1]}{lines}{text[line_end + 1 :]}"


def _item(value: object, indent: int) -> str:
    if not isinstance(value, Mapping):
        return f"{' ' * indent}- {_flow(value)}\n"
    return "".join(f"{' ' * indent}{line}\n" for line in to_yaml([value]).split("\n") if line)


def _flow(value: object) -> str:
    """Return a value on one line, in braces if it is a mapping."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_flow, value))}]"
    return to_yaml([value], width=math.inf).removesuffix("\n").removeprefix("[").removesuffix("]")


def _expected(data: object, path: Place, value: object) -> object:
    whole: Any = copy.deepcopy(data)
    holder = whole
    for step in path[:-1]:
        holder = holder[step]
    if isinstance(holder, dict):
        holder.setdefault(path[-1], [])
    holder[path[-1]].append(value)
    return whole
