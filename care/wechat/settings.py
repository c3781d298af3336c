"""`[wechat]` of `hotline.toml`: the official account. Empty: there is none."""

import re
from typing import Annotated, Self

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from care.data_files import placeholders

_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
_TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
_FIELDS = {"title", "text", "time"}
"""What a field of a template may ask for."""


class Template(BaseModel):
    """A template message that the account was granted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    fields: Annotated[dict[str, str], Field(min_length=1)]
    """As the template names them (`thing1`), with {title}, {text} and {time} put in."""

    @field_validator("fields")
    @classmethod
    def _places(cls, fields: dict[str, str]) -> dict[str, str]:
        for name, value in fields.items():
            if unknown := placeholders(value) - _FIELDS:
                raise ValueError(f"{name}: expected {{title}}, {{text}} or {{time}}, not {unknown}")
        return fields


class WechatSettings(BaseModel):
    """What the platform's page 设置与开发 shows, and where we can be reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    appid: Annotated[str, Field(pattern=r"^(wx[0-9a-f]{16})?$")] = ""
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    """Signs every request of the platform: 3 to 32 letters and digits."""
    aes_key: SecretStr = SecretStr("")
    """EncodingAESKey, 43 letters and digits. With it only encrypted messages are taken."""
    page_url: AnyHttpUrl | None = None
    """Where elders' telephones reach this hotline, `https://hotline.example.cn`; for the page in
    WeChat. Its domain has to be entered at the platform (网页授权域名)."""
    base_url: AnyHttpUrl = AnyHttpUrl("https://api.weixin.qq.com")
    """Of the platform's interface; a test's own."""
    open_url: AnyHttpUrl = AnyHttpUrl("https://open.weixin.qq.com")
    """Where people are signed in for the page."""
    templates: dict[str, Template] = {}
    """By what they tell of: alarm, order, visit. Without one, a notice waits until its reader
    writes again."""

    @property
    def on(self) -> bool:
        """Whether there is an account."""
        return bool(self.appid)

    @field_validator("token")
    @classmethod
    def _signs(cls, token: SecretStr) -> SecretStr:
        if token.get_secret_value() and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("expected 3 to 32 letters and digits")
        return token

    @field_validator("aes_key")
    @classmethod
    def _whole(cls, key: SecretStr) -> SecretStr:
        if key.get_secret_value() and not _AES_KEY.fullmatch(key.get_secret_value()):
            raise ValueError("expected the 43 letters and digits of EncodingAESKey")
        return key

    @field_validator("templates")
    @classmethod
    def _topics(cls, templates: dict[str, Template]) -> dict[str, Template]:
        if unknown := templates.keys() - {"alarm", "order", "visit"}:
            raise ValueError(f"expected alarm, order or visit, not {min(unknown)}")
        return templates

    @model_validator(mode="after")
    def _all_or_none(self) -> Self:
        given = (self.appid, self.secret.get_secret_value(), self.token.get_secret_value())
        if any(given) and not all(given):
            raise ValueError("appid, secret and token belong together: give all three or none")
        return self
