"""The text behind a cite id: all that stands in a rule or card and in the document it names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from care.data_files import DATA, read_yaml

_KINDS = {"card": ("cards",), "rule": ("entitlements", "rules")}
_NOT_BACKING = frozenset({"questions"})
"""What callers may ask states nothing: a wrong figure in a question must not vouch for itself."""


def cited_texts(data: Path = DATA) -> dict[str, str]:
    """By `card:ID` and `rule:ID`."""
    documents = {str(entry["id"]): entry for entry in read_yaml(data / "documents.yml")}
    found = {}
    for kind, folder in _KINDS.items():
        for path in sorted(data.joinpath(*folder).rglob("*.yml")):
            for entry in read_yaml(path):
                leaves = list(_leaves(entry))
                named = {str(leaf) for leaf in leaves} & documents.keys()
                leaves += [leaf for name in sorted(named) for leaf in _leaves(documents[name])]
                found[f"{kind}:{entry['id']}"] = " ; ".join(map(str, leaves))
    return found


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in _NOT_BACKING:
                yield from _leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value)
    else:
        yield node
