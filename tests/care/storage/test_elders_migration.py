"""Migration 0007, up and down with elders, and what names them, in the tables."""

from sqlalchemy import Engine, select, text

from care.elders.contact import ElderContact
from care.elders.model import Elder
from care.storage.seal import seal_of
from tests.care.storage.steps import down, up

PLAIN = {
    (1, "王秀英", "13800138000", "额鲁特花园1号楼301"),
    (2, "李长山", "04715551234", None),
}
_ELDERS = (
    "INSERT INTO elders (id, name, phone, birth_year, region, address, diet) VALUES "
    "(1, '王秀英', '13800138000', 1942, '阿拉善左旗', '额鲁特花园1号楼301', '软食'), "
    "(2, '李长山', '04715551234', NULL, NULL, NULL, NULL)"
)
_CONTACT = (
    "INSERT INTO elder_contacts (id, elder_id, rank, name, relation, phone) VALUES "
    "(7, 1, 1, '王小红', '女儿', '13900000009')"
)
_DEVICE = (
    "INSERT INTO devices (id, ref, kind, elder_id, key_id, salt, added_at, last_seen_at) VALUES "
    "(1, 'P1', 'pendant', 2, 'k', 's', '2026-11-21 10:00:00', '2026-11-21 10:00:00')"
)


def _texts(engine: Engine, query: str) -> set[tuple[object, ...]]:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(text(query))}


def test_rows_are_sealed_on_the_way_up_and_opened_on_the_way_down(engine: Engine) -> None:
    up(engine, "0006")
    with engine.begin() as connection:
        for statement in (_ELDERS, _CONTACT, _DEVICE):
            connection.execute(text(statement))

    up(engine, "0007")
    seal = seal_of(engine)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT id, phone, phone_home, address, sound, state FROM elders ORDER BY id")
        ).all()
        assert bytes(rows[0].phone) == seal.seal("13800138000", "elders.phone", findable=True)
        assert rows[0].phone_home is None
        assert seal.open(rows[0].address, "elders.address", findable=False) == "额鲁特花园1号楼301"
        assert bytes(rows[1].phone_home) == seal.seal("5551234", "elders.phone_home", findable=True)
        assert [row.sound for row in rows] == ["wan xiu yin", "li zan san"]
        contact = connection.execute(
            select(ElderContact.name, ElderContact.phone).where(ElderContact.elder_id == 1)
        ).one()
        assert tuple(contact) == ("王小红", "13900000009")
        found = connection.execute(select(Elder.id).where(Elder.phone == "04715551234"))
        assert found.scalar() == 2

    down(engine, "0006")
    assert _texts(engine, "SELECT id, name, phone, address FROM elders") == PLAIN
    assert _texts(engine, "SELECT id, name, phone FROM elder_contacts") == {
        (7, "王小红", "13900000009")
    }
    assert _texts(engine, "SELECT elder_id FROM devices") == {(2,)}
    up(engine, "0007")
    with engine.connect() as connection:
        rows = connection.execute(select(Elder.id, Elder.phone).order_by(Elder.id)).all()
        assert [tuple(row) for row in rows] == [(1, "13800138000"), (2, "04715551234")]
