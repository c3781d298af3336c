"""Rasa's own command line with its known third-party noise filtered, and no caller in its logs."""

import logging
import os
import sys
import warnings
from pathlib import Path

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if sys.argv[1:2] == ["run"]:
    # One utterance is little work: a second thread costs more than it gives.
    os.environ.setdefault("TF_INTRA_OP_PARALLELISM_THREADS", "1")
    os.environ.setdefault("TF_INTER_OP_PARALLELISM_THREADS", "1")
os.environ.setdefault("HOTLINE_ACTION_URL", "http://127.0.0.1:8000/actions/webhook")
os.environ.setdefault("HOTLINE_ACTION_TOKEN", "")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sanic.app  # noqa: F401 - importing it resets the filters below

warnings.filterwarnings("ignore")

from rasa.__main__ import main  # noqa: E402


class _NoCaller(logging.Filter):
    """Rasa logs the whole tracker when an action fails; only the fact may reach a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args, record.exc_info = f"{record.levelname} in {record.name}", (), None
        return True


def _guard() -> None:
    for name in ("rasa.core", "rasa.core.actions.action", "rasa.core.processor", "rasa.core.agent"):
        logging.getLogger(name).addFilter(_NoCaller())


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        _guard()
    main()
