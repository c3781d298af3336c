"""Answers to the question that was just asked, in words that name no entity we know."""

import re

_LEAD = re.compile(
    r"^(那个|这个|嗯|啊|哎|就|就是|你们?|您|给我|给|帮我|麻烦|还是)*"
    r"(送到|送去|送|到|来|在|住在|住|去|放在|放到|放)?"
)
_TAIL = re.compile(r"(吧|就行了?|就好|就成|就可以|啊|呀|呗|哈|这儿|这里|来)$")
_IS_PLACE = re.compile(
    r"[0-9一二三四五六七八九十]|[楼室栋幢单门村组街路巷弄院区社园镇乡屯家苑庭厂校店场桥站局城里旁旗县]|苏木|嘎查"
)
_NO_PLACE = re.compile(r"没有|一样|老地方|照旧|电话|随便|都行|都可以|不知道|药|上回|上次")
_MIN_PLACE = 3

_NAME_LEAD = re.compile(r"^(我叫|叫|我是|就叫|名字叫|名字是|姓名|我姓名|就写|写|登记)")
_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,6}$")
_NUMBER_TOO = re.compile(
    r"[,，]?(我?的?(电话|手机|号码)(号码|号)?是?)?[0-9零幺一二三四五六七八九]{7,}$"
)
_NO_NAME = re.compile(
    r"[0-9一二三四五六七八九十]|没有|一样|电话|随便|都行|知道|[号楼点份饭送订]|^[我你您他她]"
)

_AS_BEFORE = re.compile(r"老地方|一样的?$|照旧|跟?(昨天|上回|上次)一样")
_WHATEVER = re.compile(
    r"^(那|就)?(随便|都行|都可以|都成|周几都行|哪天都行|几点都行|看着办|你们定|啥时候都行)"
)


def place(text: str) -> str | None:
    """Where to, if the answer can be a place."""
    said = _TAIL.sub("", _LEAD.sub("", text))
    if len(said) < _MIN_PLACE or _NO_PLACE.search(said) or not _IS_PLACE.search(said):
        return None
    return said


def name(text: str) -> str | None:
    """Who, if the answer can be a name; a number told with it doesn't count."""
    said = _TAIL.sub("", _NAME_LEAD.sub("", _NUMBER_TOO.sub("", text)))
    return said if _NAME.match(said) and not _NO_NAME.search(said) else None


def as_before(text: str) -> bool:
    """还是老地方: refers to what this conversation doesn't know."""
    return bool(_AS_BEFORE.search(text))


def whatever(text: str) -> bool:
    """随便, 都行: leaves the choice to us."""
    return bool(_WHATEVER.search(text))
