"""Migration 0018, up and down with a couple that shares a landline, and what names them."""

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.elders.contact import ElderContact
from care.elders.model import Elder
from care.storage.seal import seal_of
from tests.care.storage.steps import down, up

HOME = "04835551234"
_ELDER = """INSERT INTO elders (id, name, sound, phone, situations, categories, allergies, state)
VALUES (:id, :name, 'x', :phone, '', '', '', 'active')"""


def _put(engine: Engine, number: int, name: str, phone: str) -> None:
    sealed = seal_of(engine).seal(phone, "elders.phone", findable=True)
    with engine.begin() as connection:
        connection.execute(text(_ELDER), {"id": number, "name": name, "phone": sealed})


def _numbers(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(select(Elder.name, Elder.phone).order_by(Elder.id))
        return [(name, phone) for name, phone in rows]


def test_a_couple_comes_and_nobody_is_lost_on_the_way_back(engine: Engine) -> None:
    up(engine, "0017")
    _put(engine, 1, "王桂兰", HOME)
    with Session(engine) as session, session.begin():
        session.add(ElderContact(elder_id=1, name="小红", phone="13900000009"))
    up(engine, "0018")
    with engine.begin() as connection:
        connection.execute(text("UPDATE elders SET phone_nth = 2 WHERE id = 1"))
    _put(engine, 2, "李建国", HOME)
    assert _numbers(engine) == [("王桂兰", HOME), ("李建国", HOME)]
    with pytest.raises(IntegrityError):
        _put(engine, 3, "赵强", HOME)

    down(engine, "0017")
    assert _numbers(engine) == [("王桂兰", f"{HOME}-2"), ("李建国", HOME)]
    with pytest.raises(IntegrityError):
        _put(engine, 3, "赵强", HOME)

    up(engine, "0018")
    with Session(engine) as session:
        query = select(Elder.name, Elder.phone_nth).where(Elder.phone == HOME).order_by(Elder.id)
        assert [tuple(each) for each in session.execute(query)] == [("王桂兰", 2), ("李建国", 1)]
        assert session.scalars(select(ElderContact.elder_id)).all() == [1]
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text("DELETE FROM elders WHERE id = 1"))
        connection.commit()
