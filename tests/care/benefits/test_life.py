"""Whatever people press in whatever order: the course tells it, and only allowed steps happen."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from care.benefits import life, receipts
from care.benefits.model import BenefitCase, BenefitEvent, BenefitReceipt
from care.benefits.state import WAYS, State, Step, steps_from
from tests.care.benefits.found import Nights

RULE = "alashan-old-age-80"


def press(here: Nights, step: Step, **more: object) -> None:
    with here.sessions.begin() as session:
        number = session.scalars(select(BenefitCase.id)).one()
        life.take_step(session, number, step, by="zhang", now=here.now, **more)  # type: ignore[arg-type]


@given(st.sampled_from(State), st.lists(st.sampled_from(Step), max_size=8))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_only_allowed_steps_happen_and_all_are_told(
    here: Nights, first: State, steps: list[Step]
) -> None:
    with here.sessions.begin() as session:
        for table in (BenefitEvent, BenefitReceipt, BenefitCase):
            session.execute(delete(table))
    elder = here.add()
    with here.sessions.begin() as session:
        session.add(
            BenefitCase(
                elder_id=elder, rule=RULE, benefit="高龄津贴", region="阿拉善盟",
                state=first.value, found_at=here.now, changed_at=here.now,
            )
        )  # fmt: skip
    state, done = first, []
    for step in steps:
        allowed = step in steps_from(state)
        with suppress(life.NotNowError):
            press(here, step)
            assert allowed
            state = WAYS[step].after
            done.append(step.value)
    assert here.cases(elder) == {RULE: (state.value, None)}
    assert [kind for kind, _by, _note in here.course(RULE)] == done
    with here.sessions() as session:
        held = receipts.of_elder(session, elder, here.now.date())
    assert len(held) == sum(kind in ("granted", "receives") for kind in done)


def test_a_step_that_comes_too_late_says_where_it_is(here: Nights) -> None:
    here.add(region="沈阳市", birth_date=date(1960, 1, 1))
    here.night()
    [rule] = here.cases()
    press(here, Step.REFUSE, note="已经在别处领了")
    with pytest.raises(life.NotNowError) as refused:
        press(here, Step.TELL)
    assert refused.value.state is State.NOT_ELIGIBLE
    assert here.course(rule)[-1] == ("refused", "zhang", "已经在别处领了")


def test_there_is_no_case_of_a_made_up_number(here: Nights) -> None:
    with pytest.raises(life.CaseNotFoundError), here.sessions.begin() as session:
        life.take_step(session, 7, Step.TELL, by="zhang", now=here.now)
