"""The settings of one installation: `hotline.toml`, overridden by environment variables."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from tomllib import TOMLDecodeError

from care.notices.settings import NoticeSettings
from care.webhooks.settings import WebhookSettings
from care.wechat.settings import WechatSettings

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """The settings can't be used; the text names each setting and what is wrong with it."""


class Settings(BaseSettings):
    """Checked once at the start and passed on from there."""

    model_config = SettingsConfigDict(
        env_prefix="HOTLINE_", toml_file=ROOT / "hotline.toml", extra="forbid"
    )

    host: str = Field("127.0.0.1", validation_alias=AliasChoices("HOST", "HOTLINE_HOST", "host"))
    """Address that the web listens on. Loopback unless somebody opens it on purpose."""
    port: Annotated[int, Field(gt=0, lt=65536)] = Field(
        8000, validation_alias=AliasChoices("PORT", "HOTLINE_PORT", "port")
    )
    peer_url: Annotated[str, Field(pattern=r"^https?://[^/?#@\s]{1,180}$")] | None = None
    """Where other processes of the installation reach this one; None: at `host` and `port`."""
    database_url: str = f"sqlite:///{ROOT / 'var' / 'hotline.db'}"
    """SQLite file or `postgresql+psycopg://…`."""
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_timeout: Annotated[float, Field(gt=0)] = 3.0
    """Seconds until the assistant stops waiting for the dialogue process."""
    notices: NoticeSettings = NoticeSettings()
    """Who is told of alarms outside the house, and by which way."""
    wechat: WechatSettings = WechatSettings()
    """The official account in WeChat; empty: there is none."""
    webhooks: WebhookSettings = WebhookSettings()
    """Where other systems may be told of what happened."""
    api_days: Annotated[int, Field(ge=1)] = 180
    """That requests to the REST API, and the tokens of its writes, are remembered."""
    action_token: SecretStr = SecretStr("")
    """Shared by the two processes for one run; the supervisor makes a new one at each start."""
    data: Path = ROOT / "data"
    speech_model: Path = Field(
        ROOT / "data" / "speech" / "zh-compact",
        validation_alias=AliasChoices("SPEECH_MODEL", "HOTLINE_SPEECH_MODEL", "speech_model"),
    )
    """Folder of the Vosk model that hears."""
    speech_folder: Path = ROOT / "var" / "speech"
    """The voice, its rendered prompts, and the speech models that were fetched."""
    run_folder: Path = ROOT / "var" / "run"
    """Where a running process leaves the secret that lets commands on this machine in."""
    recordings: Path = ROOT / "var" / "recordings"
    """Sealed recordings of calls."""
    pictures: Path = ROOT / "var" / "pictures"
    """Sealed pictures that workers took of what they did; kept as long as recordings."""
    recording_key: Path = ROOT / "var" / "recordings.key"
    """Secret file of their keys, 0600, made on first use. Back it up apart from the recordings."""
    recording_days: Annotated[int, Field(ge=1)] = 180
    """Until recordings are deleted and words of calls forgotten."""
    record_calls: bool = True
    """Whether calls are recorded where the caller doesn't refuse; without a key they are not."""
    telephone: bool = True
    """Whether this process has a telephone line."""
    line: Literal["sip", "asterisk", "audiosocket"] = "sip"
    """The endpoint of this process, or a PBX."""
    sip_port: Annotated[int, Field(gt=0, lt=65536)] = Field(
        5060, validation_alias=AliasChoices("SIP_PORT", "HOTLINE_SIP_PORT", "sip_port")
    )
    """UDP and TCP."""
    sip: dict[str, Any] = Field({}, repr=False)
    """The rest of the endpoint: see `voice/line/sip/settings.py`."""
    asterisk: dict[str, Any] = Field({}, repr=False)
    """Where the PBX is: see `Pbx` in `voice/line/asterisk/`."""
    audiosocket: dict[str, Any] = {}
    """Where an older PBX connects to: see `Ports` in `voice/line/audiosocket/`."""
    calls_limit: Annotated[int, Field(ge=1)] = 4
    """Calls that talk at once; further callers wait in a queue. `make bench-calls` measures it: on
    two cores 2 are always answered in time, 4 with a filler now and then."""
    queue_limit: Annotated[int, Field(ge=0)] = 30
    """Callers who wait; beyond that they are asked to try again."""
    operators: tuple[str, ...] = ()
    """Telephones of operators; all ring at once, or in turn where the carrier connects callers."""
    operators_by_refer: bool = False
    """Whether the carrier connects callers with operators (REFER), instead of this process. The
    line `audiosocket` can't place calls: there the PBX does it in any case."""
    visit_calls: bool = True
    """Whether the assistant telephones elders who agreed to it for their visit of the month."""
    desk_idle_minutes: Annotated[int, Field(ge=5, le=720)] = 60
    """Until whoever does nothing at the desk is signed out."""
    desk_shift_hours: Annotated[int, Field(ge=1, le=24)] = 12
    """Until everybody has to sign in again, whatever they do."""
    elder_key: Path = ROOT / "var" / "elders.key"
    """Secret file of the sealed columns of elders' records, 0600, made on first use. Back it up
    apart from the database: without it nobody reads their numbers and addresses again."""
    device_key: Path = ROOT / "var" / "devices.key"
    """Secret file of the keys of pendants and detectors, 0600, made on first use. Back it up."""
    scaip: dict[str, Any] = {}
    """Where home units send alarms by SCAIP: see `voice/line/scaip/settings.py`. Empty: nowhere."""
    synthesis_limit: Annotated[int, Field(ge=1, le=64)] = 2
    """Clauses that are synthesised at the same time: one core each."""
    voice: str = "zf_xiaobei"
    """Of `data/speech/voices.yml`, for callers who chose none."""
    speed: Annotated[float, Field(ge=0.6, le=1.3)] = 0.85
    """Of the voice; 1 is its own pace. Elders want it slower."""

    @property
    def peer(self) -> str:
        """See `peer_url`; whoever listens on all addresses is reached on this machine at least."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        named = f"[{host}]" if ":" in host else host
        return self.peer_url or f"http://{named}:{self.port}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before environment before file; no .env file is read."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings() -> Settings:
    """The settings, or a SettingsError in one sentence a setting."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(f"hotline.toml or the environment: {problems(error)}") from error
    except TOMLDecodeError as error:
        raise SettingsError(f"hotline.toml is not valid TOML: {error}") from error


def problems(error: ValidationError) -> str:
    """Each setting that can't be used, and what is wrong with it."""
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
