"""Pictures that workers send: checked, drawn anew, sealed, forgotten."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from care.operators.accounts import OneTime
from care.proofs import picture as pictures
from care.proofs.picture import PictureError, drawn_anew
from care.proofs.store import ProofStore, of
from care.providers import accounts
from care.providers.accounts import NewAccount
from care.storage.engine import Sessions
from tests.care.orders.town import place, provider
from tests.conftest import NOW
from tests.console.providers.setting import photograph


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_small_and_upright_and_holds_nothing_else(kind: str) -> None:
    drawn = drawn_anew(photograph(kind=kind))
    assert b"SecretPhone" not in drawn.octets
    with Image.open(io.BytesIO(drawn.octets)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (800, 1600))
        assert not kept.getexif()


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"", "picture_missing"),
        (b"GIF89a" + bytes(50), "picture_bad"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_bad"),
        (photograph()[:2000], "picture_bad"),
        (bytes(pictures.MOST_OCTETS + 1), "picture_large"),
    ],
)
def test_what_is_no_picture_is_refused(sent: bytes, kind: str) -> None:
    with pytest.raises(PictureError) as refused:
        drawn_anew(sent)
    assert refused.value.kind == kind


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 4_000)).save(out, "PNG")
    with pytest.raises(PictureError, match="picture_large"):
        drawn_anew(out.getvalue())


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"])
)
def test_rubbish_is_refused_and_breaks_nothing(rest: bytes, begin: bytes) -> None:
    with pytest.raises(PictureError):
        drawn_anew(begin + rest)


def test_it_is_sealed_and_forgotten(embedded: Sessions, tmp_path: Path) -> None:
    store = ProofStore(tmp_path / "pictures", tmp_path / "key")
    drawn = drawn_anew(photograph())
    with embedded.begin() as session:
        number = provider(session, "康乐", "理发")
        account = accounts.add(
            session, number, NewAccount("kangle", "张姐"), OneTime("x", "x"), by="t", now=NOW
        )
        order = place(session)
        row = store.keep(session, drawn, order_id=order.id, account_id=account.id, now=NOW)
    assert store.read(row) == drawn.octets
    assert drawn.octets[:64] not in (tmp_path / "pictures" / row.file).read_bytes()
    with embedded.begin() as session:
        assert store.forget(session, NOW) == 0
        assert store.forget(session, NOW + timedelta(seconds=1)) == 1
        assert of(session, order.id) == []
    assert list((tmp_path / "pictures").iterdir()) == []
