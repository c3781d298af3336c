"""Works that are written together: each has its own outcome, and all are on disk."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.channels.wechat.ledger import Ledger
from care.storage.engine import Sessions
from care.wechat import users
from care.wechat.model import WechatUser
from tests.conftest import NOW


def keep(session: Session, openids: Sequence[str]) -> Sequence[str]:
    for openid in openids:
        users.user(session, openid, NOW)
        if openid.endswith("3"):
            raise ValueError(openid)
    return openids


def fail(session: Session, _openids: Sequence[str]) -> Sequence[str]:
    session.connection().exec_driver_sql("SELECT nothing")
    return ()


def test_one_that_fails_takes_no_other_along(sessions: Sessions) -> None:
    ledger = Ledger(sessions)

    async def all_at_once() -> list[object]:
        each = [ledger.write(keep, f"o-{number}") for number in range(30)]
        asked = asyncio.gather(*each, return_exceptions=True)
        await asyncio.sleep(0)  # all of them wait by now
        ledger.start()
        return list(await asked)

    outcome = asyncio.run(all_at_once())
    ledger.stop()
    bad = {3, 13, 23}
    assert {n for n, each in enumerate(outcome) if isinstance(each, ValueError)} == bad
    assert [each for n, each in enumerate(outcome) if n not in bad] == [
        f"o-{n}" for n in range(30) if n not in bad
    ]
    with sessions() as session:
        kept = set(session.scalars(select(WechatUser.openid)))
    assert kept == {f"o-{n}" for n in range(30) if n not in bad}


def test_whoever_asks_is_told_what_went_wrong_and_the_next_is_served(embedded: Sessions) -> None:
    ledger = Ledger(embedded)
    ledger.start()

    async def ask() -> None:
        await ledger.write(fail, "o-1")

    with pytest.raises(OperationalError, match="nothing"):
        asyncio.run(ask())
    assert asyncio.run(ledger.write(keep, "o-1")) == "o-1"
    ledger.stop()
