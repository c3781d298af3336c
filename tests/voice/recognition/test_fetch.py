"""Fetching over a real connection on loopback, which breaks as the tests want."""

from pathlib import Path

import pytest

from tests.voice.recognition.archives import TOP, archive, sha256
from tests.voice.recognition.model_server import Behaviour, serving
from voice.recognition.download import FetchError
from voice.recognition.fetch import Fetched, fetch
from voice.recognition.model_folder import read_model_folder
from voice.recognition.official_models import OfficialModel, load_official_models

CONTENT = archive()


def get(address: str, models: Path, **options: object) -> Fetched:
    model = OfficialModel(
        name="small-cn",
        folder=TOP,
        address=address,
        megabytes=len(CONTENT) / 1e6,
        unpacked_megabytes=1,
    )
    return fetch(model, models, pause=lambda seconds: None, **options)  # type: ignore[arg-type]


def test_a_model_comes_whole_and_its_sum_is_recorded(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with serving(Behaviour(CONTENT)) as address:
        fetched = get(address, tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert fetched == Fetched(tmp_path / "small-cn", sha256(CONTENT), "first")
    assert read_model_folder(fetched.path).words
    assert (tmp_path / "small-cn.sha256").read_text().split() == [sha256(CONTENT), f"{TOP}.zip"]
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert {path.name for path in tmp_path.iterdir()} == {"small-cn", "small-cn.sha256"}


def test_a_dropped_connection_goes_on_where_it_broke(tmp_path: Path) -> None:
    behaviour = Behaviour(CONTENT, drop_after=[100_000, 50_000])
    with serving(behaviour) as address:
        fetched = get(address, tmp_path)
    assert fetched.sha256 == sha256(CONTENT)
    assert behaviour.asked == [
        ("", ""),
        ("bytes=100000-", '"one"'),
        ("bytes=150000-", '"one"'),
    ]


def test_an_interrupted_download_goes_on_next_time(tmp_path: Path) -> None:
    behaviour = Behaviour(CONTENT, drop_after=[100_000, *[0] * 6])
    with serving(behaviour) as address:
        with pytest.raises(FetchError, match=r"broke off after 0\.1 MB .* goes on from there"):
            get(address, tmp_path)
        assert not (tmp_path / "small-cn").exists()
        assert get(address, tmp_path).sha256 == sha256(CONTENT)
    assert behaviour.asked[-1] == ("bytes=100000-", '"one"')


def test_a_file_that_changed_meanwhile_is_begun_anew(tmp_path: Path) -> None:
    behaviour = Behaviour(bytes(len(CONTENT)), tag='"old"', drop_after=[100_000, *[0] * 6])
    with serving(behaviour) as address:
        with pytest.raises(FetchError):
            get(address, tmp_path)
        behaviour.content, behaviour.tag = CONTENT, '"new"'
        assert get(address, tmp_path).sha256 == sha256(CONTENT)


def test_a_server_that_gives_no_parts(tmp_path: Path) -> None:
    behaviour = Behaviour(CONTENT, ranges=False, drop_after=[100_000])
    with serving(behaviour) as address:
        assert get(address, tmp_path).sha256 == sha256(CONTENT)


def test_everything_was_there_but_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / ".small-cn.zip.part").write_bytes(CONTENT)
    (tmp_path / ".small-cn.zip.part.version").write_text('"one"')
    behaviour = Behaviour(CONTENT)
    with serving(behaviour) as address:
        assert get(address, tmp_path).sha256 == sha256(CONTENT)
    assert len(behaviour.asked) == 1


@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        (Behaviour(CONTENT, status=404), "status 404"),
        (Behaviour(CONTENT, status=503), "broke off after 0.0 MB"),
        (Behaviour(b"<html>login</html>"), "it is no model"),
        (Behaviour(bytes(len(CONTENT))), "no sound ZIP"),
        (Behaviour(bytes(3 * len(CONTENT))), "it is no model"),
    ],
    ids=["404", "503", "page", "zeros", "too large"],
)
def test_what_is_no_model_is_told_in_a_sentence(
    behaviour: Behaviour, problem: str, tmp_path: Path
) -> None:
    with serving(behaviour) as address, pytest.raises(FetchError, match=problem) as raised:
        get(address, tmp_path)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "small-cn").exists()


def test_nobody_listens(tmp_path: Path) -> None:
    with serving(Behaviour(CONTENT)) as address:
        pass
    with pytest.raises(FetchError, match="check the network"):
        get(address, tmp_path)


def test_a_wrong_sum_is_thrown_away(tmp_path: Path) -> None:
    with serving(Behaviour(CONTENT)) as address:
        with pytest.raises(FetchError, match="expected was 0000"):
            get(address, tmp_path, sha256="0" * 64)
        assert list(tmp_path.iterdir()) == []
        assert get(address, tmp_path, sha256=sha256(CONTENT).upper()).check == "published"


def test_a_later_download_has_to_be_the_first_one(tmp_path: Path) -> None:
    behaviour = Behaviour(CONTENT)
    with serving(behaviour) as address:
        get(address, tmp_path)
        assert get(address, tmp_path).check is None
        assert len(behaviour.asked) == 1
        (tmp_path / "small-cn" / "am" / "final.mdl").unlink()
        assert get(address, tmp_path).check == "recorded"
        behaviour.content = archive({f"{TOP}/changed": CONTENT})
        (tmp_path / "small-cn" / "am" / "final.mdl").unlink()
        with pytest.raises(FetchError, match="the first download had"):
            get(address, tmp_path)
        behaviour.content = CONTENT
        assert get(address, tmp_path, again=True).check == "first"


def test_an_archive_without_a_model_replaces_nothing(tmp_path: Path) -> None:
    with serving(Behaviour(archive({f"{TOP}/readme": CONTENT}))) as address:
        (tmp_path / "small-cn").mkdir()
        with pytest.raises(FetchError, match="no complete speech model"):
            get(address, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"small-cn"}


def test_the_official_models() -> None:
    models = load_official_models()
    assert set(models) == {"small-cn", "cn"}
    assert all(model.address.startswith("https://") for model in models.values())
    assert all(model.address.endswith(f"/{model.folder}.zip") for model in models.values())
