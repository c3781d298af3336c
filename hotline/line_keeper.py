"""Opens the telephone line, and tries again for as long as it can't be opened."""

import threading

import structlog

from hotline.telephone import Telephone
from voice.line.leg import LineError

AGAIN = 10.0
"""Seconds until the next try: a PBX that restarts, a port that another program lets go of."""

log = structlog.get_logger(__name__)


class LineKeeper:
    """The web starts without waiting for it, and serves while the line is away."""

    def __init__(self, telephone: Telephone, again: float = AGAIN) -> None:
        """Opens nothing yet."""
        self.telephone = telephone
        self._again = again
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._open, name="line keeper", daemon=True)

    def start(self) -> None:
        """Returns at once; `telephone.is_listening` tells when the line is open."""
        self._thread.start()

    def stop(self) -> None:
        """Closes the line; returns when every alarm of it is kept."""
        self._stopped.set()
        self._thread.join()
        self.telephone.stop()

    def _open(self) -> None:
        while not self._stopped.is_set():
            try:
                self.telephone.start()
            except LineError as error:
                log.error("the telephone line is not open", why=str(error))
            except Exception:  # damaged data, for one: trying again is of no use
                log.exception("the telephone line can't be opened")
                return
            else:
                return
            self._stopped.wait(self._again)
