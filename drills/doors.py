"""The doors of a running hotline: talk, HTTP of devices, SIP of home units."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.emergency.detector import Detector
from bot.emergency.follow_up import Script
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from care.clock import Clock
from care.data_files import DATA
from care.devices.gate import Gate
from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.language.extractor import Extractor
from care.storage.engine import Sessions
from console.api import alarms, chat
from console.limits import SenderLimit
from voice.line.scaip.codes import Codes
from voice.line.scaip.receiver import Receiver
from voice.line.scaip.settings import ScaipSettings

_NOBODY = "http://127.0.0.1:9"
"""No dialogue engine: an emergency needs none."""
_MUCH = 1_000_000
"""What comes in faster than anybody sends: a drill is in a hurry."""


@dataclass(frozen=True)
class Doors:
    """Where they are, all on the loopback."""

    port: int
    """HTTP."""
    scaip_port: int
    """UDP."""
    key: Path
    """Secret file of the devices' keys."""


class Porter:
    """Everything that is loaded before processes are forked."""

    def __init__(self, data: Path = DATA) -> None:
        """Raises DataFileError."""
        self.kinds = Kinds.load(data)
        self._codes = Codes.load(data, self.kinds)
        self._prompts = load_prompts(data)
        self._detector = Detector.load(data / "emergency")
        self._extractor = Extractor.load(data)
        self._script = Script.load(data / "emergency", self._detector)

    def serve(
        self, doors: Doors, sessions: Sessions, clock: Clock, ready: Callable[[], None]
    ) -> None:
        """Until the process is killed. `ready`: connections are taken from here on."""
        keys = DeviceKeys(doors.key)
        receiver = Receiver(
            ScaipSettings(port=doors.scaip_port, passwords=False, reply="response", voice=False),
            sessions=sessions,
            keys=keys,
            kinds=self.kinds,
            codes=self._codes,
            clock=clock,
        )
        receiver.start()
        with socket.socket() as listener:
            # The one before was killed a moment ago: its connections are not gone yet.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", doors.port))
            listener.listen()
            ready()
            server = uvicorn.Server(uvicorn.Config(self._app(sessions, keys, clock), log_level=50))
            server.run(sockets=[listener])

    def _app(self, sessions: Sessions, keys: DeviceKeys, clock: Clock) -> FastAPI:
        emergency = EmergencyResponse(sessions, self._detector, self._extractor, self._script)
        dialogue = Dialogue(_NOBODY, timeout=1.0)
        talk = Conversation(sessions, dialogue, emergency, self._prompts, clock)
        gate, limit = Gate(sessions, keys, self.kinds, clock), SenderLimit(_MUCH)
        app = FastAPI()
        app.include_router(chat.build_router(talk, limit))
        limits = alarms.Limits(limit, limit)
        app.include_router(alarms.build_router(sessions, gate, self.kinds, clock, limits))
        return app
