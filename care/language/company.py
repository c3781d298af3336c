"""Everyday words that mean one of our terms only in the right company."""

import re

_ANYWHERE = re.compile(r"")

_NEVER = re.compile(r"(?!)")

_BEFORE = {
    "service": re.compile(
        r"(?:约|请|找|派)(?:一?个)?(?:人|阿姨|护工)?(?:来|上门)?(?:家里?)?(?:帮忙)?$|上门$|帮[我忙]$"
    ),
    "benefit": re.compile(r"(?:享受|免费|小时|钟头|申请|有没有|能有|办|领|居|家)的?$"),
    "region": re.compile(
        r"(?:在|是|到|去|从|来自|住|老家|户口|户籍|搬到|搬回|回|我们|俺们|咱们|咱)$"
    ),
    "meal": re.compile(r"(?:订|吃|买|份|个|要|顿|的|点)$"),
    "diet": re.compile(r"(?:要|吃|做|得|是|来|的)$"),
}
_AFTER = {
    "benefit": re.compile(
        r"^(?:[他她我]?能(?:有|享受|领)|[我他她]能不能|有没有[我他她]|有[我他她]的|要啥手续|怎么申请|算不算[我他她])"
    ),
    "hukou": re.compile(r"^(?:[阿啊]|银川|沈阳|西咸|额|左旗|右旗|盟|本)"),
    "region": re.compile(
        r"^(?:人|户口|户籍|那边|这边|那儿|这儿|那里|这里|老家|能不能|有没有|有老年|高龄)"
    ),
    "meal": re.compile(r"^(?:一份|两份|三份|和午|和中|、|吧$|$)"),
    "diet": re.compile(r"^(?:的|吧|就行|点)?(?:$|,)"),
}
_STREET = re.compile(
    r"^(?:路|街|大街|巷|胡同|桥|小区|花园|家园|饭店|宾馆|公园|广场|大厦|商场|市场)"
)


def in_company(text: str, start: int, end: int, kind: str) -> bool:
    """Whether what stands around text[start:end] says that the word means a term of this kind."""
    other = _NEVER if kind in _BEFORE or kind in _AFTER else _ANYWHERE
    before, after = _BEFORE.get(kind, other), _AFTER.get(kind, other)
    return bool(before.search(text[:start]) or after.match(text[end:]))


def names_a_street(text: str, end: int) -> bool:
    """北京路 and 太原街 lie in another town."""
    return bool(_STREET.match(text[end:]))


_ASKS = re.compile(
    r"^(?:金|钱|的钱|这个|那个|政策|待遇|标准|补助|补多少|怎么|咋|能领|能拿|能给|一个月|每月|每年|一年|多少|是多少|给多少|要什么|要啥|要哪些|需要|在哪|去哪|找谁|到哪|上哪|"
    r"怎样|如何|申请|办理|咋办|可以领|能不能|有多少|发多少|几时发|什么时候发|啥时候发|是啥|是什么|都给啥|啥条件|什么条件|条件|的条件|的标准|的政策|的申请|得啥|得什么|给不给)"
)
_APPLIES = re.compile(
    r"(?:申请|办理?|评|够|够得上|符合|吃上|拿到|停了我的|给我|给办|问问|问一下|了解|咨询|打听|有没有|算不算|"
    r"(?:能|能不能|可以|可不可以|想|要|怎么|咋|咋能|怎么能|啥人)(?:享受|吃|领|拿|办|给|申请|评))(?:个|一下|下|到|上|着|了)?$"
)
_DENIED = re.compile(
    r"(?:(?<!是)不[是事示市室时司石食]|(?<!有)没有?|(?<!能)不|并非|不属于|不算|无)(?:啥|什么|过|得|评上|领|吃|拿)?$"
)
_DENIABLE = ("category", "ability", "residence")


def is_asked_for(text: str, start: int, end: int) -> bool:
    """低保怎么办 asks for the benefit; 我是低保 says who the caller is."""
    return bool(_ASKS.match(text[end:]) or _APPLIES.search(text[:start]))


def is_denied(text: str, start: int, kind: str) -> bool:
    """不是低保, 没残疾: the word says what the caller is not."""
    return kind in _DENIABLE and bool(_DENIED.search(text[:start]))


_ORDERED = re.compile(r"(?:约|预约|订|定|约好的|约的|(?:约|要|订|来)(?:一?[个哥格]|一次|各)|取消)$")
_MEAL = re.compile(r"(?:换|换成|改成|不是|吃|[订定]的?|[份顿])$")
_PLACE = re.compile(r"(?:^|[,在到住])$")
_OF_PLACE = re.compile(r"^(?:的|有|给|户口|市|老人|这边|那边|多少|几|养老|$)")


def is_expected(text: str, start: int, end: int, kind: str) -> bool:
    """约个报结, 换湾反, 在因传的: there a term of this kind stands, however badly it was heard."""
    if kind == "service":
        return bool(_ORDERED.search(text[:start]))
    if kind == "meal":
        return bool(_MEAL.search(text[:start]))
    if kind == "region":
        return bool(_PLACE.search(text[:start]) and _OF_PLACE.match(text[end:]))
    return False
