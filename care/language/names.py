"""Names of people: said as such (我叫王桂兰), or alone as an answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from care.language.entity import Entity
from care.language.sound import syllables

_PEOPLE = (
    r"(?:她|他|妈妈?|爸爸?|娘|爹|老伴儿?|母亲|父亲|老头子?|老头儿|老太太|老爷子|奶奶|爷爷|姥姥|姥爷|"
    r"老人|媳妇|闺女|儿子|女儿|孙子|孙女)"
)
NAME_LISTS = ("surnames", "rare_surnames", "given", "not_names", "mongolian", "mongolian_signs")
"""The lists of `data/lexicon/names.yml`."""

_CALLED = re.compile(
    r"(?:我(?:的)?(?:名字|大名)?(?:就)?叫|(?:名字|姓名|联系人|订餐人|收餐人|取餐人|收货人|预约人|大名)"
    rf"(?:就)?(?:应该是|应该叫|改成|改为|改叫|换成|写成|是|叫|为|写|填|:)+|{_PEOPLE}(?:的名字)?(?:名?叫|是)|本名叫?|名叫)(?:做|作)?"
)
_SURNAMED = re.compile(r"(?:免贵)?姓(?!名|什么|啥|氏)")
_I_AM = re.compile(r"(?:我是|这是|我这是|这边是|叫我|喊我|是|写|填|叫)")
_RENAMED = re.compile(r"(?:改成|改为|改叫|换成|写成|应该叫)")
_TITLE = re.compile(
    r"(?:大爷|大妈|大娘|阿姨|奶奶|爷爷|老师|师傅|大姐|大哥|大叔|先生|女士|老太太?|老爷子|婆婆|伯伯|"
    r"大婶|婶子|老汉|同志|姨)"
)
_SAID_CALLED = re.compile(r"(?:我|名字|姓名|大名)(?:就)?[叫交较教是](?=[一-鿿])|名自[叫是]")
_NO_NAME = re.compile(
    r"[一-鿿]?(?:[了过着的你您我他她它不没一个啥什么哪谁人车门吗吧呢钱费水电气暖房]|救护|警察|医|外卖|养老|社保|医保)"
)
_END = re.compile(
    r"^(?:$|[,.!?;:。、]|今年|住|在|电话|手机|我|是|的|了|啊|呀|哈|呢|吧|嘛|家|今|年|订|要|想|来|就|岁|"
    r"属|号|有|刚|也|八十|七十|九十|六十|[0-9一二三四五六七八九十幺]{2}|不是|不对|说错|那个|这个|和|跟|"
    r"给|您|你|嗯|对|行|好|户口|老家|写|姓|东关|后天|明天)"
)
_CLAUSE = re.compile(r"[^,。!?;:]+")
_ALONE = re.compile(
    r"(?:嗯|哦|啊|就是|是|呃|那个|还是)*([一-鿿]{2,4}?)(?:吧|啊|呀|呗|嘛|就行|就好|的名字)*"
)
_BEFORE_PLACE = re.compile(
    r"(?:^|,)([一-鿿]{3})(?=(?!花园|家园)[一-鿿]{2,4}(?:小区|花园|家园|新村|家属院|公寓|大街))"
)
_CJK = re.compile(r"[一-鿿]")


@dataclass(frozen=True)
class Names:
    """Recognises names by the surname they begin with."""

    surnames: frozenset[str]
    """Single and double surnames."""

    rare_surnames: frozenset[str]
    """Surnames that are everyday words (高, 安…): they count only where a name is announced."""

    given: frozenset[str]
    """Characters that given names are made of."""

    not_names: frozenset[str]
    """Words that look like a name: 高龄, 马上, 安心."""

    mongolian: frozenset[str]
    """Mongolian names, which have no surname: 巴特尔, 其其格."""

    mongolian_signs: frozenset[str]
    """Characters that Mongolian names are written with."""

    def find(self, text: str) -> Iterator[Entity]:
        """Names; a surname alone when only that was said (我姓王)."""
        announced = list(self._announced(text))
        yield from announced
        if not announced:
            yield from self._misheard(text)
        yield from self._surnamed(text)
        yield from self._said_to_be(text)
        yield from self._renamed(text)
        yield from self._alone(text)
        yield from self._without_surname(text)
        for match in _BEFORE_PLACE.finditer(text):  # 王桂兰东关小区三号楼
            surname = self._surname(match[1], 0)
            common = surname and surname not in self.rare_surnames
            if common and self._plausible(match[1], surname):
                yield Entity("name", match[1], *match.span(1), 0.7)

    def _announced(self, text: str) -> Iterator[Entity]:
        for match in _CALLED.finditer(text):
            start = match.end()
            surname = self._surname(text, start)
            length = self._length(text, start, surname) if surname else 0
            name = text[start : start + length]
            sure = match[0].endswith(("叫", "叫做", "叫作", ":")) or "名" in match[0]
            if length and (self._plausible(name, surname) or (sure and self._possible(name))):
                yield Entity("name", name, start, start + length)

    def _misheard(self, text: str) -> Iterator[Entity]:
        """我叫长德福: three signs that sound like a surname and a given name, and then an end."""
        for match in _SAID_CALLED.finditer(text):
            start, end = match.end(), match.end() + 3
            name = text[start:end]
            if len(name) < 3 or any(_NO_NAME.match(name[at:]) for at in range(3)):
                continue
            own = match[0].endswith(("叫", "交", "较", "教"))
            if own and self._sounds_like_surname(name[0]) and _END.match(text[end:]):
                yield Entity("name", name, start, end, 0.7)

    def _sounds_like_surname(self, sign: str) -> bool:
        return syllables(sign)[0] in self._surname_sounds

    @cached_property
    def _surname_sounds(self) -> frozenset[str]:
        common = self.surnames - self.rare_surnames
        return frozenset(syllables(name)[0] for name in common if len(name) == 1)

    def _surnamed(self, text: str) -> Iterator[Entity]:
        for match in _SURNAMED.finditer(text):
            start = match.end()
            surname = self._surname(text, start)
            if not surname:
                continue
            after = start + len(surname)
            again = after + (text[after : after + 1] == ",")
            if text.startswith(surname, again):  # 我姓张张德福
                length = self._length(text, again, surname)
                if length:
                    yield Entity("name", text[again : again + length], again, again + length)
                    continue
            yield Entity("name", surname, start, after, 0.9)

    def _said_to_be(self, text: str) -> Iterator[Entity]:
        for match in _I_AM.finditer(text):
            start = match.end()
            old = text[start : start + 1] == "老"
            start += old
            surname = self._surname(text, start)
            if not surname or (surname in self.rare_surnames and not match[0].startswith("叫我")):
                continue
            after = start + len(surname)
            if (old and _END.match(text[after:])) or _TITLE.match(text[after:]):
                yield Entity("name", surname, start, after, 0.9)
            elif not old:
                length = self._length(text, start, surname)
                name = text[start : start + length]
                if self._plausible(name, surname):
                    yield Entity("name", name, start, start + length, 0.9)

    def _renamed(self, text: str) -> Iterator[Entity]:
        """写成马秀云: a whole name and then an end; 改成周三 is none."""
        for match in _RENAMED.finditer(text):
            start = match.end()
            surname = self._surname(text, start)
            if surname and surname not in self.rare_surnames:
                end = start + self._length(text, start, surname)
                if _END.match(text[end:]) and self._plausible(text[start:end], surname):
                    yield Entity("name", text[start:end], start, end, 0.9)

    def _alone(self, text: str) -> Iterator[Entity]:
        for clause in _CLAUSE.finditer(text):
            whole = _ALONE.fullmatch(clause[0])
            if not whole:
                continue
            name, start = whole[1], clause.start() + whole.start(1)
            surname = self._surname(name, 0)
            if not surname or surname in self.rare_surnames:
                continue
            title = _TITLE.search(name)
            if title and title.span() == (len(surname), len(name)):
                yield Entity("name", name, start, start + len(name), 0.7)
            elif self._plausible(name, surname):
                yield Entity("name", name, start, start + len(name), 0.8)

    def _without_surname(self, text: str) -> Iterator[Entity]:
        """The longest run of Mongolian name signs around a known Mongolian name."""
        for known in self.mongolian:
            start = text.find(known)
            if start < 0:
                continue
            end = start + len(known)
            while start and text[start - 1] in self.mongolian_signs:
                start -= 1
            while end < len(text) and text[end] in self.mongolian_signs:
                end += 1
            yield Entity("name", text[start:end], start, end, 0.9)

    def _surname(self, text: str, start: int) -> str:
        for length in (2, 1):
            surname = text[start : start + length]
            if len(surname) == length and surname in self.surnames:
                return surname
        return ""

    def _plausible(self, name: str, surname: str) -> bool:
        given = name[len(surname) :]
        return (
            1 <= len(given) <= 2
            and all(sign in self.given for sign in given)
            and self._possible(name)
        )

    def _possible(self, name: str) -> bool:
        return not any(name.startswith(word) for word in self.not_names)

    def _length(self, text: str, start: int, surname: str) -> int:
        """How many characters of `text` from `start` are the name; 0 when none are."""
        fits = [
            length
            for length in (len(surname) + 1, len(surname) + 2)
            if len(text) >= start + length and _CJK.fullmatch(text[start + length - 1])
        ]
        ended = [length for length in fits if _END.match(text[start + length :])]
        likely = [
            length
            for length in ended
            if all(sign in self.given for sign in text[start + len(surname) : start + length])
        ]
        if likely:
            return max(likely)
        if ended:
            return min(ended)
        return fits[-1] if fits else 0


def names_from(lists: dict[str, Iterable[str]]) -> Names:
    """Names from the lists of `data/lexicon/names.yml`."""
    rare = frozenset(lists["rare_surnames"])
    return Names(
        surnames=frozenset(lists["surnames"]) | rare,
        rare_surnames=rare,
        given=frozenset("".join(lists["given"])),
        not_names=frozenset(lists["not_names"]),
        mongolian=frozenset(lists["mongolian"]),
        mongolian_signs=frozenset("".join(lists["mongolian_signs"])),
    )
