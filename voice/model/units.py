"""The sounds that the acoustic model tells apart: initials and finals without tone.

A unit's place in `UNITS`, counted from 1, is its number in the network; 0 is CTC's blank.
"""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_SIMPLE = "a o e ai ei ao ou an en ang eng er"
INITIALS = tuple("b p m f d t n l g k h j q x zh ch sh r z c s".split())  # noqa: SIM905
FINALS = tuple(
    f"{_SIMPLE} i ih iz ia io ie iao iu ian in iang ing iong "
    "u ua uo uai ui uan un uang ueng ong v ve van vn".split()
)
UNITS = INITIALS + FINALS

_NO_INITIAL = {
    **{final: final for final in _SIMPLE.split()},
    **{"yi": "i", "ya": "ia", "yo": "io", "ye": "ie", "yao": "iao", "you": "iu", "yan": "ian"},
    **{"yin": "in", "yang": "iang", "ying": "ing", "yong": "iong"},
    **{"yu": "v", "yue": "ve", "yuan": "van", "yun": "vn"},
    **{"wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui", "wan": "uan"},
    **{"wen": "un", "wang": "uang", "weng": "ueng"},
}


def syllable_units(syllable: str) -> tuple[str, ...] | None:
    """`zhang` → (`zh`, `ang`); ü is written v. None if it is no Mandarin syllable."""
    if syllable in _NO_INITIAL:
        return (_NO_INITIAL[syllable],)
    for initial in sorted(INITIALS, key=len, reverse=True):
        if not syllable.startswith(initial):
            continue
        final = syllable[len(initial) :]
        if initial in ("j", "q", "x") and final.startswith("u"):
            final = "v" + final[1:]
        if final == "i":
            # The i of zhi, of zi and of ji are three sounds.
            if initial in ("zh", "ch", "sh", "r"):
                final = "ih"
            elif initial in ("z", "c", "s"):
                final = "iz"
        return (initial, final) if final in FINALS else None
    return None


@lru_cache(maxsize=100_000)
def word_units(word: str) -> tuple[str, ...] | None:
    """How a word of Chinese characters sounds by its commonest reading; None if unknown."""
    units: list[str] = []
    for syllable in lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore"):
        written = syllable.replace("ü", "v").replace("lue", "lve").replace("nue", "nve")
        sounds = syllable_units(written)
        if sounds is None:
            return None
        units += sounds
    return tuple(units) or None
