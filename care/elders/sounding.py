"""How a name sounds, in one form that the accents of all callers share."""

from care.language.sound import accent_free, syllables


def sound_key(name: str) -> str:
    """王桂兰 → "wan gui lan": the same for every name that may be meant by what was heard."""
    return " ".join(accent_free(each) for each in syllables("".join(name.split()).lower()))
