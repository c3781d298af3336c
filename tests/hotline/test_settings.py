"""Settings: the file, the environment over it, and what is refused."""

from pathlib import Path

import pytest

from care.settings import Settings, SettingsError, read_settings

NAMES = ("HOST", "PORT", "HOTLINE_HOST", "HOTLINE_PORT", "HOTLINE_DATABASE_URL", "HOTLINE_RASA_URL",
         "HOTLINE_RASA_TIMEOUT", "HOTLINE_ACTION_TOKEN", "HOTLINE_DATA",
         "HOTLINE_PEER_URL")  # fmt: skip


@pytest.fixture
def toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installation's file, still missing, in an environment that sets nothing."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "hotline.toml"
    monkeypatch.setitem(Settings.model_config, "toml_file", path)
    return path


@pytest.mark.usefixtures("toml")
def test_without_a_file_it_listens_on_loopback_only() -> None:
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url.startswith("sqlite:///")


@pytest.mark.usefixtures("toml")
@pytest.mark.parametrize(
    ("set_to", "peer"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"HOST": "10.0.0.5", "PORT": "8123"}, "http://10.0.0.5:8123"),
        ({"HOST": "0.0.0.0"}, "http://127.0.0.1:8000"),  # noqa: S104
        ({"HOST": "::"}, "http://[::1]:8000"),
        ({"HOST": "0.0.0.0", "HOTLINE_PEER_URL": "https://two.example"}, "https://two.example"),  # noqa: S104
    ],
)
def test_other_processes_reach_it_where_it_listens_or_where_the_settings_say(
    monkeypatch: pytest.MonkeyPatch, set_to: dict[str, str], peer: str
) -> None:
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    assert read_settings().peer == peer


def test_the_file_overrides_the_defaults(toml: Path) -> None:
    toml.write_text('port = 8123\nrasa_timeout = 1.5\ndatabase_url = "sqlite:///x.db"\n')
    settings = read_settings()
    assert (settings.port, settings.rasa_timeout) == (8123, 1.5)
    assert settings.database_url == "sqlite:///x.db"


@pytest.mark.parametrize("name", ["PORT", "HOTLINE_PORT"])
def test_the_environment_overrides_the_file(
    toml: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    toml.write_text('port = 8123\nrasa_url = "http://127.0.0.1:5999"\n')
    monkeypatch.setenv(name, "9001")
    settings = read_settings()
    assert settings.port == 9001
    assert settings.rasa_url == "http://127.0.0.1:5999"


@pytest.mark.usefixtures("toml")
@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", ""])
def test_a_bad_port_is_named(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SettingsError, match=r"PORT: .+"):
        read_settings()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("prot = 8000", "prot"),
        ("rasa_timeout = 0", "rasa_timeout"),
        ('peer_url = "10.0.0.5:8000"', "peer_url"),
        ('peer_url = "http://10.0.0.5:8000/"', "peer_url"),
        ('rasa_timeout = "soon"', "rasa_timeout"),
        ("port = 70000", "port|PORT"),
    ],
)
def test_the_file_is_checked(toml: Path, line: str, named: str) -> None:
    toml.write_text(line + "\n")
    with pytest.raises(SettingsError, match=f"hotline.toml or the environment: ({named}): .+"):
        read_settings()


def test_every_wrong_setting_is_named_at_once(toml: Path) -> None:
    toml.write_text("prot = 8000\nrasa_timeout = -1\n")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert "prot" in str(raised.value)
    assert "rasa_timeout" in str(raised.value)


@pytest.mark.usefixtures("toml")
def test_the_token_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_ACTION_TOKEN", "s3cret-of-this-run")
    settings = read_settings()
    assert settings.action_token.get_secret_value() == "s3cret-of-this-run"
    assert "s3cret" not in repr(settings)
