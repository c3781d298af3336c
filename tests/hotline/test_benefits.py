"""Benefits in a running process: found at night, told through a real gateway after a click."""

import asyncio
from datetime import date, datetime
from pathlib import Path

import pytest

from care.benefits import telling
from care.benefits.channel import Channel
from care.benefits.model import BenefitCase
from care.clock import SHANGHAI
from care.data_files import DATA
from care.elders.model import Elder
from care.notices.settings import NoticeSettings
from care.settings import Settings
from care.stopping import never
from care.storage.engine import Sessions
from hotline.attendance import build_floor
from hotline.benefits import FROM, Benefits, build_benefits
from tests.care.benefits.found import ENTITLEMENTS, Nights
from tests.care.notices.outside import outside
from tests.care.operators.people import Time


def build(sessions: Sessions, clock: Time, folder: Path, url: str | None = None) -> Benefits:
    """One process without a telephone; `url` is its gateway for short messages."""
    gateway = {"kind": "sms", "url": url, "fields": {"to": "{number}", "text": "{text}"}}
    notices = NoticeSettings.model_validate({"channels": {"sms": gateway} if url else {}})
    settings = Settings(database_url=f"sqlite:///{folder}/none.db", notices=notices)
    floor = build_floor(DATA, sessions, clock, ENTITLEMENTS)
    return build_benefits(settings, sessions, clock, floor)


def test_the_round_waits_for_the_night_and_then_for_the_next(
    embedded: Sessions, tmp_path: Path
) -> None:
    clock = Time(datetime.combine(date(2026, 11, 21), FROM, SHANGHAI))
    nights = Nights(embedded, clock)
    nights.add(region="沈阳市", birth_date=date(1960, 1, 1))
    job = build(embedded, clock, tmp_path).job
    clock.passes(seconds=-1)
    job.do(never)
    assert nights.cases() == {}
    clock.passes(seconds=1)
    job.do(never)
    assert nights.cases() == {"shenyang-health-care": ("new", None)}


def test_what_an_operator_asked_for_goes_out_through_the_gateway(
    embedded: Sessions, tmp_path: Path
) -> None:
    nights = Nights(embedded)
    nights.add(region="沈阳市", birth_date=date(1960, 1, 1), phone="13800138000")
    nights.night()
    with outside() as world:
        benefits = build(embedded, nights.clock, tmp_path, world.url)
        assert benefits.desk.channels == (Channel.SMS,)
        with embedded.begin() as session:
            case = session.get_one(BenefitCase, 1)
            wording = benefits.desk.draft(case, session.get_one(Elder, 1))
            assert wording is not None
            telling.ask(session, 1, "sms", wording, by="zhang", now=nights.now)

        async def told() -> None:
            async with benefits.running(), asyncio.timeout(20):
                while nights.cases() != {"shenyang-health-care": ("told", None)}:
                    await asyncio.sleep(0.05)

        asyncio.run(told())
        [body] = world.bodies()
    assert body["to"] == "13800138000"
    assert body["text"] == wording.text


def test_without_a_telephone_or_a_gateway_nobody_can_be_told(
    embedded: Sessions, tmp_path: Path
) -> None:
    assert build(embedded, Time(), tmp_path).senders == ()


@pytest.mark.parametrize("hour", [0, 1, 12])
def test_a_process_that_starts_by_day_catches_up(
    embedded: Sessions, tmp_path: Path, hour: int
) -> None:
    clock = Time(datetime(2026, 11, 21, hour, 30, tzinfo=SHANGHAI))
    nights = Nights(embedded, clock)
    nights.add(region="沈阳市", birth_date=date(1960, 1, 1))
    build(embedded, clock, tmp_path).job.do(never)
    assert bool(nights.cases()) is (hour >= FROM.hour)
