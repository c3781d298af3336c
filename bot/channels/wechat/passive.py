"""The answer within the platform's own request."""

from datetime import datetime

from bot.channels.wechat.xml import cdata

NOTHING = "success"
"""Tells the platform that the message arrived and nothing comes back now. Anything else that is no
message shows 该公众号提供的服务出现故障 to the user."""


def text(openid: str, account: str, content: str, now: datetime) -> str:
    """A text message for `openid` from `account` (the message's own two names, the other way
    round). wechatpy's would be ended by a `]]>` in the content."""
    return (
        f"<xml><ToUserName>{cdata(openid)}</ToUserName>"
        f"<FromUserName>{cdata(account)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType>{cdata('text')}</MsgType><Content>{cdata(content)}</Content></xml>"
    )
