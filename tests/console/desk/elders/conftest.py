"""The desk with the pages of elders' records, and three elders in them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI

from care.data_files import DATA
from care.elders.entry import read_entry
from care.elders.lists import own_lists
from care.elders.writing import add
from care.entitlements.load import Entitlements
from care.operators.role import Role
from console.desk.elders import pages
from console.desk.pages import install
from console.elder_page import build_router as build_elder_page
from hotline.attendance import attended, build_floor
from tests.console.desk.setting import Setting
from tests.serving import serving

ELDERS = (
    {
        "name": "王桂兰",
        "phone": "13800000001",
        "identity": "152921194203050029",
        "region": "阿拉善左旗",
        "address": "额鲁特花园1号楼2单元301",
        "situations": "独居、失能",
        "diet": "软食",
    },
    {"name": "汪贵兰", "phone": "13800000002", "birth": "1942", "region": "阿拉善左旗"},
    {"name": "李长山", "phone": "04835551234", "birth": "1938-01-02", "region": "额济纳旗"},
)


@pytest.fixture
def address(setting: Setting) -> Iterator[str]:
    """Where it is served. 张敏 is an operator, the auditor isn't."""
    setting.add("zhangmin", Role.OPERATOR, "张敏")
    setting.add("auditor", Role.AUDITOR, "审计员")
    now = setting.clock()
    with setting.sessions.begin() as session:
        for typed in ELDERS:
            entry = read_entry(typed, own_lists(), now.date())
            assert not entry.problems
            add(session, entry.values, by="test", now=now)
    floor = build_floor(DATA, setting.sessions, setting.clock, Entitlements.load(DATA))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with attended(floor):
            yield

    app = FastAPI(docs_url=None, redoc_url=None, lifespan=lifespan)
    app.include_router(build_elder_page())
    install(app, setting.desk, pages.build_routers(floor))
    with serving(app) as found:
        yield found
