"""Many people write at the same time: what each of them waits for, and what they get."""

import asyncio
from dataclasses import dataclass
from time import monotonic

import httpx

from benchmarks.wechat.progress import Shown
from tests.wechat.platform.account import Account
from tests.wechat.platform.delivery import Delivery, Sent

TEXTS = (
    "高龄津贴多少钱", "我想订明天的午饭", "老年食堂在哪儿", "我八十三岁能领什么补贴",
    "你好", "护理补贴怎么申请", "我想约人上门理发", "养老院收费贵不贵", "谢谢", "我要订饭",
)  # fmt: skip
_QUIET = 30.0
"""Seconds without a further answer after which nothing more is waited for."""
_LONGEST = 900.0


@dataclass(frozen=True)
class Outcome:
    """What came of a crowd."""

    name: str
    count: int
    """Messages, each of another person."""
    seconds: tuple[float, ...]
    """Of every HTTP reply; a request without one took the platform's whole patience."""
    requests: int
    """More than `count` when the platform had to ask again."""
    lost: int
    """People who never got an answer."""
    double: int
    """People who got more than one."""
    passive: int
    """Answers within the request."""
    last: float
    """Seconds from the last message to the last answer."""

    def share(self, part: float) -> float:
        """Seconds within which this part of the HTTP replies came."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


async def crowd(
    name: str, account: Account, url: str, progress: Shown, *, rate: float, seconds: float
) -> Outcome:
    """`rate` messages a second for so many seconds, each of another person."""
    count = int(rate * seconds)
    progress.begin(f"{name}: written", count)
    people = [f"o-{name}-{number:05d}" for number in range(count)]
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=64)
    async with httpx.AsyncClient(trust_env=False, limits=limits) as http:
        delivery = Delivery(account, url, http=http)
        began, tasks = monotonic(), []
        for number, openid in enumerate(people):
            await asyncio.sleep(max(began + number / rate - monotonic(), 0))
            text = TEXTS[number % len(TEXTS)]
            tasks.append(asyncio.create_task(delivery.text(openid, text)))
            progress.at(number + 1)
        sent: list[Sent] = await asyncio.gather(*tasks)
    ended = account.clock() - (monotonic() - began - count / rate)
    progress.begin(f"{name}: answered", count)
    await _settled(account, people, progress)
    answers = [account.answers(openid) for openid in people]
    told = [each for openid in people for each in account.user(openid).shown]
    times = [each.at for each in told if each.by != "user"]
    return Outcome(
        name,
        count,
        tuple(each.seconds for each in sent),
        sum(each.tries for each in sent),
        lost=sum(not each for each in answers),
        double=sum(len(each) > 1 for each in answers),
        passive=sum(each.by == "passive" for each in told),
        last=max(max(times, default=ended) - ended, 0.0),
    )


async def _settled(account: Account, people: list[str], progress: Shown) -> None:
    """Returns when everybody has an answer, or none has come for a while."""
    began = changed = monotonic()
    before = -1
    while monotonic() - began < _LONGEST:
        answered = sum(bool(account.answers(openid)) for openid in people)
        progress.at(answered)
        if answered == len(people):
            await asyncio.sleep(2)  # for an answer that comes twice
            return
        if answered != before:
            before, changed = answered, monotonic()
        if monotonic() - changed > _QUIET:
            return
        await asyncio.sleep(0.5)
