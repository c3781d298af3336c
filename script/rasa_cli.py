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
os.environ.setdefault("HOTLINE_DIALOGUE_DATABASE", "var/dialogue.db")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sanic.app  # noqa: F401 - importing it resets the filters below

warnings.filterwarnings("ignore")

import rasa.shared.utils.io  # noqa: E402
from rasa.__main__ import main  # noqa: E402


class _NoCaller(logging.Filter):
    """Rasa logs the whole tracker when an action fails; only the fact may reach a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args, record.exc_info = f"{record.levelname} in {record.name}", (), None
        return True


_EXPECTED = (
    # Most responses are uttered by our own actions; tests/actions/test_responses.py checks them.
    "is not used in any story or rule",
    # Rasa says this of every domain, whatever stands in it.
    "Slot auto-fill has been removed in 3.0",
)


def _guard_logs() -> None:
    for name in ("rasa.core", "rasa.core.actions.action", "rasa.core.processor", "rasa.core.agent"):
        logging.getLogger(name).addFilter(_NoCaller())


def _count_warnings() -> list[str]:
    """Shows Rasa's warnings once, all but the expected, and collects them."""
    shown: list[str] = []

    def keep(message: str, *_args: object, **_kwargs: object) -> None:
        if not any(expected in message for expected in _EXPECTED):
            shown.append(message)
            sys.stderr.write(f"warning: {message}\n")

    rasa.shared.utils.io.raise_warning = keep
    return shown


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        _guard_logs()
        if os.environ["HOTLINE_ACTION_TOKEN"]:
            # Not by the command line, which every user of the machine can read.
            # In one piece: a token may begin with a dash.
            sys.argv.append(f"--auth-token={os.environ['HOTLINE_ACTION_TOKEN']}")
    shown = _count_warnings() if sys.argv[1:3] == ["data", "validate"] else []
    try:
        main()
    finally:
        if shown:
            sys.exit(f"{len(shown)} warnings: the training data is not clean")
