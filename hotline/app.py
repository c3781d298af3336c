"""Puts the hotline process together: domain, conversation, actions, web and telephone."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy import text

from actions.context import Context
from actions.route import build_router as build_actions
from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.emergency.detector import Detector
from bot.emergency.follow_up import Script
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from bot.understanding import Understandings
from care.catalogue.service import Catalogue
from care.clock import Clock, system_clock
from care.entitlements.load import Entitlements
from care.knowledge.load import load_index
from care.language.extractor import Extractor
from care.operators.gate import Gate
from care.operators.passwords import Passwords
from care.operators.role import Roles
from care.operators.sessions import Lifetime
from care.regions.region import Regions
from care.settings import Settings
from care.storage.engine import Sessions, open_engine, open_sessions, readers
from care.storage.migrate import is_current
from care.storage.seal import seal_of
from console.api import chat, health
from console.desk.desk import Desk
from console.desk.elders.import_page import MOST_SHEET, SHEET_PATH
from console.desk.pages import install as install_desk
from console.elder_page import build_router as build_elder_page
from console.limits import BodyLimit, SenderLimit
from hotline import calling, provider_site, wechat
from hotline.attendance import attended, build_floor
from hotline.attendance import install as install_floor
from hotline.benefits import build_benefits
from hotline.desk_calls import DeskCalls
from hotline.desk_work import install as install_desk_work
from hotline.home_devices import build_devices
from hotline.ladder import build_climbing
from hotline.line_keeper import LineKeeper
from hotline.lines import open_line
from hotline.local_token import drop_token, keep_token, new_token
from hotline.peers.build import build_peers
from hotline.round_jobs import every_round
from hotline.rounds import Rounds
from hotline.telephone import Telephone
from hotline.visits import build_visits
from hotline.webhooks import build_webhooks

MAX_BODY = 16 * 1024


@dataclass(frozen=True)
class Parts:
    """What the process is made of; tests look inside, routes are handed what they need."""

    sessions: Sessions
    conversation: Conversation
    context: Context
    dialogue: Dialogue
    understandings: Understandings


def build_parts(settings: Settings, clock: Clock = system_clock) -> Parts:
    """Loads and validates all data. Raises DataFileError or ValueError with what is wrong."""
    data = settings.data
    token = settings.action_token.get_secret_value()
    sessions = open_sessions(open_engine(settings.database_url, settings.elder_key))
    entitlements = Entitlements.load(data)
    context = Context(
        sessions=sessions,
        clock=clock,
        entitlements=entitlements,
        cards=load_index(),
        documents=entitlements.documents,
        regions=Regions.load(data / "regions.yml"),
        catalogue=Catalogue.load(data),
    )
    detector = Detector.load(data / "emergency")
    dialogue = Dialogue(settings.rasa_url, settings.rasa_timeout, token)
    understandings = Understandings(sessions, dialogue, clock)
    asking = provider_site.asking(sessions, clock, context.catalogue)
    conversation = Conversation(
        sessions=sessions,
        dialogue=dialogue,
        emergency=EmergencyResponse(
            sessions, detector, Extractor.load(data), Script.load(data / "emergency", detector)
        ),
        prompts=load_prompts(data),
        clock=clock,
        understandings=understandings,
        errands=(
            *wechat.build_errands(settings, sessions, clock),
            provider_site.menus(context),
            *asking,
        ),
        questions=asking,
    )
    return Parts(sessions, conversation, context, dialogue, understandings)


def build_app(settings: Settings, clock: Clock = system_clock) -> FastAPI:
    """The web application of one hotline process."""
    parts = build_parts(settings, clock)
    prompts = parts.conversation.prompts
    engine = parts.sessions.kw["bind"]

    keeper = _line_keeper(settings, parts) if settings.telephone else None

    telephone = keeper.telephone if keeper else None
    peers = build_peers(
        DeskCalls(telephone) if telephone else None, parts.sessions, clock, settings.peer
    )
    floor = build_floor(
        settings.data, parts.sessions, clock, parts.context.entitlements, peers.calls, hub=peers.hub
    )
    account = wechat.build_account(settings, parts.sessions, parts.conversation, floor.hub, clock)
    ladder = build_climbing(settings, parts.sessions, clock, telephone)
    devices = build_devices(settings, parts.sessions, clock)
    benefits = build_benefits(settings, parts.sessions, clock, floor, telephone)
    visits = build_visits(settings, parts.conversation, floor, telephone)
    webhooks = build_webhooks(settings, parts.sessions, clock)
    every = every_round(settings, parts.sessions, parts.context, clock)
    rounds = Rounds((devices.watch, benefits.job, *visits.jobs, *every))

    token = new_token()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        rounds.start()
        if keeper:
            keep_token(settings.run_folder, settings.port, token)
            keeper.start()
        async with (
            attended(floor),
            ladder.running(),
            account.running(),
            benefits.running(),
            webhooks.running(),
            peers.running(),
        ):
            yield
        if keeper:
            drop_token(settings.run_folder, settings.port)
            await asyncio.to_thread(keeper.stop)
        await asyncio.to_thread(rounds.stop)
        await asyncio.to_thread(devices.stop)
        await asyncio.to_thread(parts.understandings.close)
        parts.dialogue.close()
        engine.dispose()

    app = FastAPI(title="12349", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.add_middleware(
        BodyLimit,
        limit=MAX_BODY,
        sentence=prompts.too_large,
        larger={SHEET_PATH: MOST_SHEET, **provider_site.LARGER},
    )
    chat.register_errors(app, prompts)
    app.include_router(chat.build_router(parts.conversation, SenderLimit()))
    checks = {
        "database": lambda: _answers(readers(parts.sessions)),
        "schema": lambda: is_current(engine),
        "records": seal_of(engine).is_usable,
        "dialogue": parts.dialogue.is_ready,
        "alarms": ladder.keeper.is_ticking,
        **devices.checks,
    }
    if keeper:
        checks |= keeper.telephone.checks
        app.include_router(calling.build_router(keeper.telephone, token, settings.calls_limit))
    app.include_router(health.build_router(checks))
    app.include_router(build_actions(parts.context, settings.action_token.get_secret_value()))
    app.include_router(devices.router)
    app.include_router(build_elder_page())
    for pages in (benefits, visits, account, webhooks, peers):
        pages.install(app)
    install_floor(app, floor)
    install_desk_work(app, floor, settings.data, parts.context)
    install_desk(app, _desk(settings, parts.sessions, clock))
    provider_site.install(app, settings, floor, parts.context)
    app.state.parts = parts
    return app


def _answers(sessions: Sessions) -> bool:
    with sessions() as session:
        session.execute(text("SELECT 1"))
    return True


def _desk(settings: Settings, sessions: Sessions, clock: Clock) -> Desk:
    roles = Roles.load(settings.data)
    lifetime = Lifetime(
        timedelta(minutes=settings.desk_idle_minutes), timedelta(hours=settings.desk_shift_hours)
    )
    return Desk(sessions, clock, Gate(sessions, clock, Passwords(), roles, lifetime), roles)


def _line_keeper(settings: Settings, parts: Parts) -> LineKeeper:
    def end_process() -> None:
        """The native SIP stack can be started once a process; whoever watches starts another."""
        os.kill(os.getpid(), signal.SIGTERM)

    return LineKeeper(
        Telephone(settings, parts.conversation, parts.sessions, open_line, end_process)
    )
