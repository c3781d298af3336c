"""The errand of asking what there is to eat: 今天食堂有什么菜."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialogue import Said
from bot.errand import Spoken
from bot.reply import Reply
from care.canteens import menu_words
from care.canteens.menu_talk import tell
from care.clock import Clock
from care.conversations.model import Conversation, Understanding
from care.elders.model import Elder
from care.orders.whose import vouched
from care.regions.region import Regions
from care.storage.engine import Sessions, readers


@dataclass(frozen=True)
class MenuQuestion:
    """As bot.errand.Errand."""

    sessions: Sessions
    clock: Clock
    regions: Regions

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """What the nearest canteen has, by its own menu; None for anything else."""
        today = self.clock().date()
        asked = menu_words.read(text, today)
        if asked is None:
            return None
        with readers(self.sessions)() as session:
            known = vouched(session, row.id)
            elder = known[0] if len(known) == 1 else None
            region = self._region(session, row, text, elder)
            allergies = elder.allergies if elder else ()
            said = tell(session, asked, region, self.regions, today=today, allergies=allergies)
        return Said((Reply(said),))

    def _region(
        self, session: Session, row: Conversation, text: str, elder: Elder | None
    ) -> str | None:
        """The place that is named now, else the record's, else what was told before."""
        named = self.regions.named_in(text)
        if named is not None:
            return named.name
        if elder is not None and elder.region:
            return elder.region
        query = select(Understanding.slots).where(Understanding.conversation_id == row.id)
        last = session.scalar(query.order_by(Understanding.utterance_id.desc()).limit(1))
        told = self.regions.find((last or {}).get("region", ""))
        return told.name if told else None
