"""What people settle with the assistant about WeChat itself: binding, voice, notices."""

import hashlib
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.channels.wechat.answering import CHANNEL
from bot.channels.wechat.sentences import Sentences
from bot.dialogue import Said
from bot.errand import Spoken
from bot.reply import Reply
from care.clock import Clock
from care.conversations.model import Conversation
from care.elders.model import Elder
from care.elders.service import by_calling_number
from care.language.normalise import normalise
from care.language.sound import syllables
from care.storage.engine import Sessions
from care.wechat import binding, code, users
from care.wechat.settings import WechatSettings
from care.wechat.users import SENDER


def _command(*words: str) -> re.Pattern[str]:
    """A whole message that says only this. Inside a longer sentence the same words mean something
    else: 订明天午饭不要通知我女儿 is an order."""
    please = r"(?:请|麻烦|您|你|帮|给|我|想|以后|就|把|都|,)*"
    return re.compile(
        rf"{please}(?:{'|'.join(words)})(?:我|一下|吧|啊|呀|了|哦|就?好|吗|谢谢|[,。!?])*"
    )


_CODE = _command(r"(?:的|微信|绑定?|验证)*(?:码|号码|数字)?[是:]?(\d(?:[,、]?\d){5})")
_BIND = re.compile(r"绑定?(一下|个|我的)?微信|微信(要|想|怎么)?绑定?|连(上|接)?微信")
_BIND_SOUND = tuple(syllables("绑定微信"))
_FAMILY = re.compile(
    r"女儿|儿子|闺女|姑娘|孙子|孙女|外孙|老伴|孩子|媳妇|女婿|家里人|家人|侄|弟|妹|哥|姐"
)
_FAMILY_OFF = re.compile(
    rf"(?:解绑|解除绑定|取消绑定).{{0,6}}(?:{_FAMILY.pattern})|"
    rf"(?:{_FAMILY.pattern}).{{0,8}}(?:解绑|解除绑定|取消绑定)"
)
_ASKS = re.compile("怎么|咋|如何|能不能|可以吗")
_NO_VOICE = _command(
    "(?:不要|别|不用|关闭?|关掉|取消)再?(?:给我)?(?:用|发)?语音(?:回复|回答|回|播报)?",
    "(?:只|光|用)?(?:要|发|写|看)?(?:文字|写字)(?:回复|回答|回)?",
)
_VOICE = _command(
    "(?:用|要|发|开通?|打开)?语音(?:回复|回答|回|播报)?", "(?:说|念|读)(?:出来|给我听)"
)
_NO_NOTICES = _command("(?:关闭?|关掉|取消|不要|别|不用|退订)再?(?:给我)?发?(?:这个|微信|的)*通知")
_NOTICES = _command("(?:开通?|打开|要|订阅|接收)(?:这个|微信|的)*通知")
_UNBIND = _command("(?:微信)?(?:解绑|解除绑定|取消绑定)(?:微信)?")


def code_key(settings: WechatSettings) -> bytes:
    """The secret that codes are kept under."""
    return hashlib.sha256(b"binding:" + settings.secret.get_secret_value().encode()).digest()


@dataclass(frozen=True)
class Binding:
    """Codes: said to an elder on their own telephone, and taken from whoever writes them."""

    sessions: Sessions
    says: Sentences
    key: bytes
    clock: Clock

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """See `bot.errand.Errand`."""
        if spoken.channel == CHANNEL:
            if found := _CODE.fullmatch(text):
                return _said(self._redeem(_openid(spoken), re.sub(r"\D", "", found[1])))
            if _UNBIND.fullmatch(text):
                return _said(self._end(_openid(spoken)))
        if _FAMILY_OFF.search(text) and not _ASKS.search(text):
            return _said(self._end_family(row, spoken))
        if _BIND.search(text) or _sounds_like_binding(text):
            return _said(self._give(spoken, family=bool(_FAMILY.search(text))))
        return None

    def _give(self, spoken: Spoken, *, family: bool) -> str:
        """Only to the elder's own mobile number: there the elder asks, and thereby agrees."""
        if spoken.channel != "phone":
            return self.says.code_needs_phone
        with self.sessions.begin() as session:
            caller = by_calling_number(session, spoken.caller_phone)
            if caller is None or not caller.sure:
                return self.says.code_needs_phone
            [elder] = caller.elders  # a mobile number is nobody else's
            grant = code.Grant(elder.id, "family" if family else "elder", "phone")
            digits = code.make(session, grant, self.key, self.clock())
        sentence = self.says.code_said_family if family else self.says.code_said
        return sentence.format(code="，".join(digits))

    def _redeem(self, openid: str, digits: str) -> str:
        try:
            with self.sessions.begin() as session:
                grant = code.redeem(session, openid, digits, self.key, self.clock())
                if grant is None:
                    return self.says.bad_code
                binding.bind(session, openid, grant, self.clock())
                own = binding.bound(session, openid)
        except code.TooManyTriesError:
            return self.says.too_many_tries
        bound = next(each for each in own if each.elder.id == grant.elder_id)
        sentence = self.says.bound_self if bound.is_self else self.says.bound_family
        return sentence.format(name=bound.elder.name)

    def _end_family(self, row: Conversation, spoken: Spoken) -> str:
        """Consent is the elder's, to give and to take back."""
        with self.sessions.begin() as session:
            elder = self._elder(session, row, spoken)
            if elder is None:
                return self.says.family_needs_phone
            ended = binding.take_back(session, elder.id, by="assistant", now=self.clock())
        return self.says.family_unbound if ended else self.says.family_nobody

    def _elder(self, session: Session, row: Conversation, spoken: Spoken) -> Elder | None:
        """Who speaks, where nobody else can: on their own mobile, or bound as themselves."""
        if spoken.channel == CHANNEL:
            return binding.themselves(session, [row.id]).get(row.id)
        caller = by_calling_number(session, spoken.caller_phone)
        return caller.elders[0] if spoken.channel == "phone" and caller and caller.sure else None

    def _end(self, openid: str) -> str:
        with self.sessions.begin() as session:
            ended = binding.end(session, openid, self.clock())
        return self.says.unbound if ended else self.says.nothing_bound


@dataclass(frozen=True)
class Wishes:
    """Whether answers are spoken, and what somebody wishes to be told of."""

    sessions: Sessions
    says: Sentences
    clock: Clock

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """See `bot.errand.Errand`."""
        if spoken.channel != CHANNEL:
            return None
        openid, now = _openid(spoken), self.clock()
        with self.sessions.begin() as session:
            for pattern, wished in ((_NO_VOICE, False), (_VOICE, True)):
                if pattern.fullmatch(text):
                    users.set_voice_replies(session, openid, now, wished=wished)
                    return _said(self.says.voice_on if wished else self.says.voice_off)
            if _NO_NOTICES.fullmatch(text):
                binding.opt_out(session, openid)
                return _said(self.says.notices_off)
            if _NOTICES.fullmatch(text):
                told = binding.opt_in(session, openid, binding.TOPICS, now)
                return _said(self.says.notices_on if told else self.says.notices_nobody)
        return None


class Wordless:
    """Messages that we can't read: they stand in the conversation, and are answered kindly."""

    def __init__(self, says: Sentences) -> None:
        self._answers = {
            normalise(says.heard_voice): says.not_heard,
            normalise(says.heard_other): says.not_readable,
            normalise(says.heard_place): says.place_without_alarm,
            normalise(says.heard_menu): says.greeting,
        }

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """See `bot.errand.Errand`."""
        answer = self._answers.get(text) if spoken.channel == CHANNEL else None
        return _said(answer) if answer else None


def _openid(spoken: Spoken) -> str:
    return spoken.sender_id.removeprefix(SENDER)


def _sounds_like_binding(text: str) -> bool:
    heard, width = syllables(text), len(_BIND_SOUND)
    return any(
        tuple(heard[start : start + width]) == _BIND_SOUND
        for start in range(len(heard) - width + 1)
    )


def _said(text: str) -> Said:
    return Said((Reply(text),))
