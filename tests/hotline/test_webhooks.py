"""Another system orders and is told, by the whole process."""

from datetime import datetime, timedelta
from pathlib import Path

import httpx

from care.api_keys import keys
from care.api_keys.scope import Scope
from care.clock import SHANGHAI
from care.settings import Settings
from hotline.app import build_app
from tests.care.webhooks.receiver import LOOPBACK, House, Receiver
from tests.databases import new_sqlite
from tests.serving import serving


def test_what_is_ordered_through_the_api_is_told(tmp_path: Path) -> None:
    settings = Settings(
        database_url=new_sqlite(tmp_path / "hotline.db"),
        elder_key=tmp_path / "elders.key",
        telephone=False,
        webhooks=LOOPBACK,
    )
    now = datetime.now(SHANGHAI)
    day = (now + timedelta(days=20)).date()
    app = build_app(settings)
    house = House(app.state.parts.sessions)
    with house.sessions.begin() as session:
        expires = now + timedelta(days=1)
        key = keys.make(session, "区平台", [Scope.WRITE_ORDERS], expires_at=expires, now=now)
    order = {
        "service": "午餐", "on": f"{day}", "place": "和平路1号", "person": "王秀英",
        "phone": "13800000001",
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "1"}
    with Receiver().listening() as receiver, serving(app) as url:
        house.add(receiver, "order.placed")
        with httpx.Client(base_url=url, trust_env=False, timeout=30, headers=headers) as client:
            placed = client.post("/api/v1/orders", json=order)
            large = client.post("/api/v1/orders", content=b"x" * 20_000)
        assert (placed.status_code, placed.json()["person"]) == (201, "王**")
        assert (large.status_code, large.json()["code"]) == (413, "too_large")
        assert receiver.full.wait(30)
    assert [each["type"] for each in receiver.taken] == ["order.placed"]
