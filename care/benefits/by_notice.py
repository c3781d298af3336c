"""Tells an elder by the ways that notices go: a call of the hotline's own, or a short message."""

from care.benefits.sentences import Sentences
from care.elders.model import Elder
from care.notices.port import Audience, Notice, Notifier
from care.storage.engine import Sessions


class ByNotice:
    """Implements `Teller`; the number is read from the record when it is needed."""

    def __init__(self, sessions: Sessions, notifier: Notifier, sentences: Sentences) -> None:
        """`notifier` has one way to contacts (`NoticeSettings.contact_routes`): this channel's."""
        self._sessions, self._notifier, self._sentences = sessions, notifier, sentences

    def tell(self, key: str, elder_id: int, text: str, spoken: str) -> bool:
        """See `Teller`."""
        with self._sessions() as session:
            phone = session.get_one(Elder, elder_id).phone
        notice = Notice(
            key=key,
            audience=Audience.CONTACTS,
            title=self._sentences.title,
            text=text,
            spoken=spoken,
            phones=(phone,),
        )
        return self._notifier.send(notice).delivered
