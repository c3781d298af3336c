"""A telephone call that says the notice; the telephone itself is handed in."""

from typing import Protocol

from care.notices.channel import ChannelError, Message


class Ringing(Protocol):
    """A call under way."""

    def result(self, timeout: float | None = None) -> object:
        """Returns when somebody was told. Raises when nobody was, TimeoutError after `timeout`."""
        ...


class Phone(Protocol):
    """What telephones for us. The hotline's telephone, seen from here."""

    def call(self, number: str, spoken: str) -> Ringing:
        """Rings `number` and says `spoken` to whoever answers."""
        ...


class Calling:
    """The target is a telephone number."""

    def __init__(self, phone: Phone | None, limit: float) -> None:
        """Without a telephone (the line isn't open) every attempt fails."""
        self._phone = phone
        self.limit = limit

    def send(self, message: Message, target: str | None) -> None:
        """See `Channel`."""
        if not target:
            raise ChannelError("no number", retry=False)
        if self._phone is None:
            raise ChannelError("no telephone", retry=False)
        try:
            self._phone.call(target, message.spoken).result(self.limit)
        except TimeoutError as error:
            raise ChannelError("timeout") from error
        except Exception as error:
            # Whatever the line raises (it is not ours to know) means that nobody was told.
            raise ChannelError(f"not reached {type(error).__name__}") from error
