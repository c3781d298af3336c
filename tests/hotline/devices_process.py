"""A process that takes alarms of devices both ways; to be killed. Prints a line when it listens."""

import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from care.clock import system_clock
from care.data_files import DATA
from care.devices.gate import Gate
from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.models import Base
from care.storage.engine import open_engine, open_sessions
from console.api.alarms import Limits, build_router
from console.limits import SenderLimit
from hotline.logs import configure_logs
from voice.line.scaip.codes import Codes
from voice.line.scaip.receiver import Receiver
from voice.line.scaip.settings import ScaipSettings


def main(url: str, key_file: str, port: int, scaip_port: int) -> None:
    """Serves until it is killed."""
    configure_logs()
    assert "alarms" in Base.metadata.tables  # and with them whatever they refer to
    sessions = open_sessions(open_engine(url))
    kinds, keys = Kinds.load(DATA), DeviceKeys(Path(key_file))
    receiver = Receiver(
        ScaipSettings(port=scaip_port, passwords=False, reply="response"),
        sessions=sessions,
        keys=keys,
        kinds=kinds,
        codes=Codes.load(DATA, kinds),
        clock=system_clock,
    )

    app = FastAPI()
    gate, much = Gate(sessions, keys, kinds, system_clock), SenderLimit(100_000, 10)
    limits = Limits(much, much)
    app.include_router(build_router(sessions, gate, kinds, system_clock, limits))
    receiver.start()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        print("ready", flush=True)  # connections wait in the queue until the server is up
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        server.run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
