"""What another program may answer: any JSON, often with the names that we look for."""

from collections.abc import Sequence

from hypothesis import strategies as st


def any_json(names: Sequence[str]) -> st.SearchStrategy[object]:
    """Values, lists and objects of them."""
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=4)
        ),
        max_leaves=12,
    )
