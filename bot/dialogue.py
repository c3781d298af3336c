"""The way to Rasa: a sentence goes out, replies and wishes of the dialogue come back."""

from dataclasses import dataclass, replace
from typing import Any

import httpx
import structlog

from bot.reply import Reply

log = structlog.get_logger(__name__)


class DialogueUnavailableError(RuntimeError):
    """Rasa did not answer, answered with an error, or answered with nothing."""


@dataclass(frozen=True)
class Said:
    """What the dialogue says, and what it wants to be done."""

    replies: tuple[Reply, ...]
    handover: str | None = None
    """Reason, when the caller is to get a person now."""
    offers: str | None = None
    """A yes-or-no question just asked: `person` or `emergency`."""
    expects: str | None = None
    """The slot that is asked for now; `confirmed` stands for any yes or no."""
    heard: str | None = None
    """What the dialogue engine answered; None when it wasn't asked."""
    ends: bool = False
    """Nothing is left to talk about: a telephone is hung up after it."""
    settled: bool = False
    """What was asked or wished for is done with: there is room for a question of our own."""


class Dialogue:
    """A client of one Rasa server; safe to use from several threads."""

    def __init__(self, url: str, timeout: float, token: str = "") -> None:
        """`url` without a path; `timeout` in seconds for one utterance; `token` of Rasa's API."""
        params = {"token": token} if token else {}
        self._http = httpx.Client(base_url=url, timeout=timeout, params=params, trust_env=False)

    def say(self, dialogue_id: str, text: str) -> Said:
        """One utterance through Rasa. Raises DialogueUnavailableError."""
        try:
            response = self._http.post(
                "/webhooks/rest/webhook", json={"sender": dialogue_id, "message": text}
            )
            response.raise_for_status()
            messages = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise DialogueUnavailableError(type(error).__name__) from error
        said = read_messages(messages)
        if not said.replies:
            # An action that failed, or Rasa's circuit breaker, shows as an empty list.
            self._revive(dialogue_id)
            raise DialogueUnavailableError("empty answer")
        return replace(said, heard=text)

    def tracker(self, dialogue_id: str) -> Any:
        """Where this dialogue stands, as Rasa has it, without its history; None when it can't be
        had."""
        try:
            response = self._http.get(
                f"/conversations/{dialogue_id}/tracker", params={"include_events": "NONE"}
            )
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            log.warning("tracker unavailable", reason=type(error).__name__)
            return None

    def parse(self, text: str) -> Any:
        """What an utterance means, told to no dialogue; None when it can't be had."""
        try:
            response = self._http.post("/model/parse", json={"text": text})
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            log.warning("no understanding", reason=type(error).__name__)
            return None

    def is_ready(self) -> bool:
        """Whether a model is loaded and answering."""
        try:
            return self._http.get("/status").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def close(self) -> None:
        """Gives the connections back."""
        self._http.close()

    def _revive(self, dialogue_id: str) -> None:
        # After the circuit breaker Rasa answers nothing until it is made to listen again.
        try:
            self._http.post(
                f"/conversations/{dialogue_id}/tracker/events",
                json=[{"event": "action", "name": "action_listen"}],
            )
        except httpx.HTTPError:
            log.warning("dialogue could not be revived")


def read_messages(messages: Any) -> Said:
    """Rasa's webhook messages; a custom message belongs to the texts before it."""
    replies: list[Reply] = []
    handover = offers = expects = None
    settled = False
    told = messages if isinstance(messages, list) else []
    for message in (each for each in told if isinstance(each, dict)):
        if message.get("text"):
            replies.append(Reply(message["text"]))
        custom = message.get("custom") or {}
        handover = custom.get("handover", handover)
        offers = custom.get("offers", offers)
        expects = custom.get("expects", expects)
        settled = settled or custom.get("settled") is True
        if custom.get("cites") and replies:
            replies[-1] = Reply(
                replies[-1].text, tuple(custom.get("sources", ())), tuple(custom["cites"])
            )
    asks = "confirmed" if offers else expects
    return Said(_joined(replies), handover, offers, asks, settled=settled and not asks)


def _joined(replies: list[Reply]) -> tuple[Reply, ...]:
    """Neighbours without a source become one: 记下了,明天。要几份? is one breath."""
    joined: list[Reply] = []
    for reply in replies:
        if joined and not joined[-1].cites and not reply.cites:
            joined[-1] = Reply(joined[-1].text + reply.text)
        else:
            joined.append(reply)
    return tuple(joined)
