"""Real documents beside the checkout: what a careful reader found in them must be found."""

from __future__ import annotations

import pytest

from bench.quality import GROUPS, layouts, together

# F1 that no field may fall below on files with a text layer.
FLOOR = 0.98


@pytest.fixture(scope="module")
def tally(seeds):
    """All files with a text layer as one."""
    found = together(layouts(seeds))
    assert {"case", "decision.adopted", "measure", "input_point"} <= set(found.fields())
    return found


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_what_a_reader_found_in_real_documents_is_found(tally, group):
    fields = [name for name in tally.fields() if name.partition(".")[0] == group]
    low = {name: figure for name in fields if (figure := tally.f1(name)) is not None and figure < FLOOR}
    assert not low, [miss for miss in tally.misses if miss.startswith(group)]
