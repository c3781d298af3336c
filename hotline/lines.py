"""What carries the calls of this process, as the settings say."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from care.settings import problems
from voice.line.leg import Line, LineError

T = TypeVar("T")


class LineSettings(Protocol):
    """What of the settings is needed here (`care.settings`)."""

    @property
    def line(self) -> str:
        """sip, asterisk or audiosocket; also the channel that records of calls name."""
        ...

    @property
    def sip_port(self) -> int: ...

    @property
    def sip(self) -> dict[str, Any]: ...

    @property
    def asterisk(self) -> dict[str, Any]: ...

    @property
    def audiosocket(self) -> dict[str, Any]: ...


def open_line(settings: LineSettings, on_dead: Callable[[], None]) -> Line:
    """Made, not started. Raises LineError for its settings.

    `on_dead` is told, in the line's loop, when only a new process can have the line again.
    """
    if settings.line == "asterisk":
        from voice.line.asterisk.line import AsteriskLine
        from voice.line.asterisk.pbx import Pbx

        return AsteriskLine(_checked(Pbx, settings.asterisk, "asterisk"))
    if settings.line == "audiosocket":
        from voice.line.audiosocket.line import AudioSocketLine, Ports

        return AudioSocketLine(_checked(Ports, settings.audiosocket, "audiosocket"))
    from voice.line.sip.line import SipLine
    from voice.line.sip.settings import SipSettings

    return SipLine(
        _checked(SipSettings, {"port": settings.sip_port, **settings.sip}, "sip"), on_dead
    )


def _checked(kind: type[T], values: dict[str, Any], section: str) -> T:
    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        raise LineError(f"[{section}] in hotline.toml: {problems(error)}") from error
