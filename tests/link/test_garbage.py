"""The search for cycles of garbage rests while linking, and goes on as it was."""

from __future__ import annotations

import gc

import pytest

from sayso.link.garbage import uncollected


def test_the_search_rests_inside_and_goes_on_after_even_when_something_fails() -> None:
    with pytest.raises(RuntimeError), uncollected():
        assert not gc.isenabled()
        raise RuntimeError
    assert gc.isenabled()


def test_a_search_that_rested_before_rests_after() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
