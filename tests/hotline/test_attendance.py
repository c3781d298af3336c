"""The desk as part of the hotline process."""

import asyncio

import httpx

from care.alarms.ladder import Ladder
from care.alarms.words import Words as AlarmWords
from care.changes.hub import Hub
from care.data_files import DATA
from care.desk import claims, seats
from care.desk.state import SeatState
from care.desk.words import Words
from care.entitlements.load import Entitlements
from care.handovers import service as handovers
from care.settings import Settings
from care.storage.engine import Sessions
from console.desk.floor import Floor
from hotline.app import build_app
from hotline.attendance import attended
from tests.care.desk.talks import sit, wait
from tests.conftest import NOW
from tests.serving import serving


def test_the_process_serves_the_desk_and_the_elders_stream(embedded: Sessions) -> None:
    url = str(embedded.kw["bind"].url)
    app = build_app(
        Settings(database_url=url, rasa_url="http://127.0.0.1:9", telephone=False), lambda: NOW
    )
    with (
        serving(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        for path in ("queue", "callbacks", "conversations/1", "alarms/A1"):
            response = client.get(f"/desk/{path}", headers={"accept": "text/html"})
            assert response.status_code == 303, path
            assert response.headers["location"].startswith("/desk/login")
        response = client.post("/api/chat/live", json={"sender_id": "web-1"})
        assert response.headers["content-type"].startswith("text/event-stream")


def test_a_running_process_frees_what_closed_browsers_held(embedded: Sessions) -> None:
    _, waiting = wait(embedded)
    sit(embedded, "zhang")
    with embedded.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    hub = Hub(embedded, every=0.0)
    floor = Floor(
        embedded,
        lambda: NOW + 2 * seats.GRACE,
        hub,
        Words.load(DATA),
        AlarmWords.load(DATA),
        Entitlements.load(DATA),
        Ladder.load(DATA),
    )

    async def run() -> None:
        with hub.follow(lambda topic, _key: topic == "seat") as follower:
            async with attended(floor):
                while True:
                    await follower.next(30)
                    with embedded() as session:
                        if seats.state_of(session, "zhang") is SeatState.OFFLINE:
                            return

    asyncio.run(asyncio.wait_for(run(), 60))
    with embedded() as session:
        assert [each.state for each in handovers.waiting(session)] == ["waiting"]
