"""How a caller may want to be spoken to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.synthesis.port import LIMITS, Style, StyleError


@given(st.sampled_from(sorted(LIMITS)), st.floats())
def test_a_style_takes_its_limits_and_nothing_beyond(field: str, value: float) -> None:
    least, most = LIMITS[field]
    if least <= value <= most:
        assert getattr(Style(**{field: value}), field) == value  # type: ignore[arg-type]
    else:
        with pytest.raises(StyleError, match=f"{least} to {most}") as refused:
            Style(**{field: value})  # type: ignore[arg-type]
        assert refused.value.field == field
