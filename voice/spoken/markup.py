"""Marks that are for the eye: tags, Markdown, pictures."""

import html
import re

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\((?:[^()\s]{0,500})\)")
_BULLET = re.compile(r"^[ ]{0,8}(?:[-*+•·▪●◆■□○◇★☆✓✔]|#{1,6}|>)[ ]+", re.MULTILINE)
_BULLET_TIGHT = re.compile(r"^[ ]{0,8}[•▪●◆■□◇★☆✓✔#>]+", re.MULTILINE)
_STRESS = re.compile(r"(?<![\d*])\*\*(?!\*)|(?<!\*)\*\*(?![\d*])|__|~~|`+")


def without_markup(text: str) -> str:
    """The words of `text` alone."""
    if "&" in text:
        text = html.unescape(text)
    text = _TAG.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _BULLET.sub("", text)
    text = _BULLET_TIGHT.sub("", text)
    return _STRESS.sub("", text)
