"""The desk in the whole process."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from care.operators.sessions import Lifetime
from care.settings import Settings
from console.desk.desk import Desk
from hotline.app import build_app
from tests.databases import new_sqlite
from tests.serving import serving


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation without a telephone."""
    return Settings(
        database_url=new_sqlite(tmp_path / "hotline.db"),
        telephone=False,
        desk_idle_minutes=30,
        desk_shift_hours=9,
        host="127.0.0.1",
    )


def test_the_desk_is_served_beside_everything_else(settings: Settings) -> None:
    app = build_app(settings)
    desk: Desk = app.state.desk
    assert desk.gate.lifetime == Lifetime(timedelta(minutes=30), timedelta(hours=9))
    with (
        serving(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        assert client.get("/desk", headers={"accept": "text/html"}).status_code == 303
        assert "坐席台" in client.get("/desk/login").text
        assert client.get("/static/vendor/htmx.min.js").headers["content-type"].startswith("text/j")
        assert client.get("/").status_code == 200
        refused = client.post("/api/chat", json={})  # the API keeps its own answers to errors
        assert refused.status_code == 422
        assert "会话编号" in refused.json()["detail"]
        assert client.get("/nowhere").json() == {"detail": "Not Found"}
        large = client.post("/desk/login", content=b"x" * 20_000)
        assert large.status_code == 413
        assert large.headers["x-frame-options"] == "DENY"
