"""The errand of asking what there is to eat: 今天食堂有什么菜."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialogue import Said
from bot.errand import Spoken
from bot.reply import Reply
from care.canteens import menu_words
from care.canteens.menu_talk import tell
from care.canteens.menu_words import Asked
from care.canteens.sentences import sentence
from care.clock import Clock
from care.conversations import service as conversations
from care.conversations.model import Conversation, Understanding
from care.elders.model import Elder
from care.language.normalise import normalise
from care.language.typeset import typeset
from care.orders.whose import vouched
from care.regions.region import Regions
from care.storage.engine import Sessions
from care.storage.readable import Readable

_BESIDE_A_PLACE = re.compile(r"[我在住是家就的那这边儿里呀啊呢吧嗯哦,.!。，! ]*")
"""What may stand around the name of a place that is all of an answer: 我住在额济纳旗这边."""


@dataclass(frozen=True)
class MenuQuestion(Readable):
    """As bot.errand.Errand."""

    sessions: Sessions
    clock: Clock
    regions: Regions

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """What the nearest canteen has, by its own menu; None for anything else."""
        today = self.clock().date()
        asked = menu_words.read(text, today) or self._asked_before(row, text, today)
        if asked is None:
            return None
        with self.reading() as session:
            known = vouched(session, row.id)
            elder = known[0] if len(known) == 1 else None
            region = self._region(session, row, text, elder)
            allergies = elder.allergies if elder else ()
            said = tell(session, asked, region, self.regions, today=today, allergies=allergies)
        return Said((Reply(said),))

    def _asked_before(self, row: Conversation, text: str, today: date) -> Asked | None:
        """What they asked, where this is nothing but the place that they were asked for."""
        if not self._is_place(text):
            return None
        with self.reading() as session:
            asked = conversations.last_said(session, row.id, speaker="assistant")
            if asked != typeset(sentence("which_place")):
                return None
            said = conversations.last_said(session, row.id, speaker="elder", before=1)
        return menu_words.read(normalise(said), today) if said else None

    def _is_place(self, text: str) -> bool:
        named = self.regions.named_in(text)
        if named is None:
            return False
        around = (self.regions.find(name) for name in self.regions.path(named.name))
        names = {name for each in around if each for name in (each.name, *each.aliases)}
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        return bool(_BESIDE_A_PLACE.fullmatch(text))

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
