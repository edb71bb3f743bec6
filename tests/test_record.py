"""What a record promises about itself."""

from __future__ import annotations

from typing import Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from betony.record import canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii")), inner),
)


@given(VALUES)
def test_what_is_hashed_is_canonical_json(value: Any) -> None:
    assert canonical(in_order(value)) == rfc8785.dumps(value)


def in_order(value: Any) -> Any:
    """The value with its names in their order, as the record gives what is hashed."""
    if isinstance(value, dict):
        return {name: in_order(value[name]) for name in sorted(value)}
    return [in_order(item) for item in value] if isinstance(value, list) else value
