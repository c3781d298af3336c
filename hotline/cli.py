"""`hotline`: run, serve, chat, migrate, hear and speak, and what a person does with alarms."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from care.clock import system_clock
from care.data_files import DataFileError
from care.settings import Settings, SettingsError, read_settings
from care.storage.engine import Sessions, open_engine, open_sessions
from care.storage.migrate import upgrade
from hotline.admin import admin_app
from hotline.alarms import alarms_app
from hotline.api_key import api_key_app
from hotline.benefits_cli import benefits_app
from hotline.calls import Store, calls_app
from hotline.devices import devices_app
from hotline.elders import elders_app
from hotline.handovers_cli import handovers_app
from hotline.logs import configure_logs
from hotline.models_cli import models_app
from hotline.notices import notices_app
from hotline.refusal import refuse
from hotline.webhooks_cli import webhooks_app
from hotline.wechat_cli import wechat_app

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
out = Console()


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        raise _stop(str(error)) from error


def _stop(sentence: str) -> typer.Exit:
    return typer.Exit(refuse(out, sentence))


def _sessions() -> Sessions:
    settings = _settings()
    return open_sessions(open_engine(settings.database_url, settings.elder_key))


def _recordings() -> Store:
    settings = _settings()
    return Store(settings.recordings, settings.recording_key, settings.recording_days)


app.add_typer(admin_app(_sessions, out), name="admin")
app.add_typer(alarms_app(_sessions, out), name="alarms")
app.add_typer(api_key_app(_sessions, out), name="api-key")
app.add_typer(benefits_app(_sessions, out), name="benefits")
app.add_typer(calls_app(_sessions, _recordings, out), name="calls")
app.add_typer(devices_app(_sessions, lambda: _settings().device_key, out), name="devices")
app.add_typer(elders_app(_sessions, lambda: _settings().elder_key, out), name="elders")
app.add_typer(handovers_app(_sessions, out), name="handovers")
app.add_typer(models_app(_settings, out), name="models")
app.add_typer(notices_app(lambda: _settings().notices, _sessions, out), name="notices")
app.add_typer(webhooks_app(_settings, _sessions, out), name="webhooks")
app.add_typer(wechat_app(_settings, _sessions, out), name="wechat")


@app.command()
def run() -> None:
    """Start everything under one supervisor; Ctrl-C stops all of it."""
    from hotline.supervisor import supervise

    raise typer.Exit(supervise(_settings()))


@app.command()
def serve() -> None:
    """The hotline process alone (the supervisor starts it)."""
    import uvicorn

    from hotline.app import build_app

    configure_logs()
    settings = _settings()
    try:
        application = build_app(settings)
    except (DataFileError, ValueError) as error:
        raise _stop(str(error)) from error
    uvicorn.run(
        application,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,  # query strings and addresses are personal data
        server_header=False,
        ws_max_size=16_384,  # of a headset's message: five times what one holds
    )


@app.command()
def migrate(
    demo: Annotated[bool, typer.Option(help="Fill an empty database with demonstration data.")] = (
        False
    ),
) -> None:
    """Bring the database to the current schema."""
    from hotline.demonstration import fill

    sessions = _sessions()
    upgrade(sessions.kw["bind"])
    if demo:
        added = fill(sessions, system_clock())
        if added:
            out.print(f"demonstration data: {added} elders with their orders")


@app.command()
def chat(
    api: Annotated[str, typer.Option(help="Address of a running hotline.")] = "",
) -> None:
    """Talk with the assistant in the terminal."""
    from hotline.terminal_chat import talk

    settings = _settings()
    raise typer.Exit(talk(api or f"http://127.0.0.1:{settings.port}", sys.stdin.isatty()))


@app.command()
def call(
    target: Annotated[str, typer.Argument(help="A number, or a SIP address.")],
    say: Annotated[str, typer.Option(help="The first words to whoever picks up.")],
    *,
    message: Annotated[str | None, typer.Option(help="For an answering machine.")] = None,
    ring: Annotated[float, typer.Option(help="Seconds until it counts as not answered.")] = 30.0,
) -> None:
    """Have the running hotline telephone somebody and talk with them."""
    from pydantic import ValidationError

    from hotline.call import CallError, load_outbound_words
    from hotline.call import call as telephone
    from hotline.calling import Wish

    settings = _settings()
    try:
        words = load_outbound_words(settings.data)
        wish = Wish(target=target, say=say, message=message, ring=ring)
        telephone(wish, folder=settings.run_folder, port=settings.port, words=words, out=out)
    except ValidationError as error:
        raise _stop(words.bad_wish) from error
    except (CallError, DataFileError) as error:
        raise _stop(str(error)) from error
    except KeyboardInterrupt as error:  # the call goes on without us
        raise typer.Exit(130) from error


@app.command()
def say(
    text: str,
    out_file: Annotated[Path, typer.Option("-o", "--out", help="Where the sound goes.")],
    *,
    voice: Annotated[str | None, typer.Option(help="See data/speech/voices.yml.")] = None,
    speed: Annotated[float | None, typer.Option(help="0.6 to 1.3.")] = None,
    volume: Annotated[float, typer.Option(help="dB, -12 to 9.")] = 0.0,
    pauses: Annotated[float, typer.Option(help="0.5 to 3 times the usual.")] = 1.0,
    rate: Annotated[int, typer.Option(help="24000, 16000 or 8000 Hz.")] = 24_000,
    alaw: Annotated[bool, typer.Option("--alaw", help="Raw A-law, at 8000 Hz.")] = False,
) -> None:
    """Speak a text into a file."""
    from hotline.say import SayError, Wish
    from hotline.say import say as speak

    wish = Wish(text, out_file, voice, speed, volume, pauses, rate, alaw)
    try:
        for sentence in speak(wish, _settings()):
            out.print(sentence, markup=False)
    except (SayError, DataFileError) as error:
        raise _stop(str(error)) from error


@app.command()
def transcribe(
    files: list[Path],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    model: Annotated[Path | None, typer.Option(help="Folder of a Vosk model.")] = None,
    partials: Annotated[bool, typer.Option(help="Also text that still grows.")] = True,
) -> None:
    """Recordings as text."""
    from hotline.transcribe import JsonPrinter, TextPrinter
    from hotline.transcribe import transcribe as run_all
    from voice.recognition.hearing import Hearing

    settings, errors = _settings(), Console(stderr=True)
    hearing = Hearing.load(settings.data)
    printer = (
        JsonPrinter(hearing, sys.stdout, errors)
        if as_json
        else TextPrinter(hearing, out, errors, names=len(files) > 1)
    )
    folder = model or settings.speech_model
    raise typer.Exit(run_all(files, folder, printer, errors=errors, partials=partials))
