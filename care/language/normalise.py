"""One spelling for everything that is typed, pasted or recognised."""

import re
import unicodedata

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn", "Me"}
_SPACE = re.compile(r"\s+")
_NEEDLESS_SPACE = re.compile(
    r"(?<![A-Za-z]) | (?![A-Za-z0-9])|(?<=[A-Za-z]) (?=[^A-Za-z0-9])|(?<=[0-9]) (?=[0-9])"
)
_PUNCTUATION_RUN = re.compile(r"[,.;:!?、。！？，；：…~·—\-_'\"“”‘’]{2,}")
_SIGNS = "，。！？；："
_PLAIN_SIGNS = str.maketrans(_SIGNS, ",。!?;:")


def normalise(text: str) -> str:
    """`text` as the rest of the project reads it; applying it twice changes nothing more.

    NFKC, no control characters and no emoji, no blank beside a Chinese character or between
    digits, one blank between latin words, runs of punctuation as one sign, no leading slash
    (Rasa takes `/intent` for a command). Digits are never dropped.
    """
    previous = None
    while previous != text:
        previous, text = text, _pass(text)
    return text


def _pass(text: str) -> str:
    text = unicodedata.normalize("NFKC", _SPACE.sub(" ", text)).translate(_PLAIN_SIGNS)
    text = _SPACE.sub(" ", text)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in _DROPPED)
    text = _PUNCTUATION_RUN.sub(_one_sign, _NEEDLESS_SPACE.sub("", text))
    return text.strip().lstrip("/").strip()


def _one_sign(run: re.Match[str]) -> str:
    """A question stays a question; anything else keeps its first sign."""
    return "?" if "?" in run[0] else run[0][0]
