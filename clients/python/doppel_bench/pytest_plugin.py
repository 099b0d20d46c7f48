"""Fixtures: ``plant`` gives each test a plant of its own, as its marker says.

::

    @pytest.mark.plant("scenes/enclosed-plant.yaml", seed=3)
    def test_something(plant):
        plant.expect_within("1 h", "alarm")
"""

from __future__ import annotations

from typing import Iterator

import pytest

from .plant import Plant, start_plant


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "plant(scene, **options): the plant that a test is given")


@pytest.fixture
def plant(request: pytest.FixtureRequest) -> Iterator[Plant]:
    """A plant for this test alone, ended after it."""
    marker = request.node.get_closest_marker("plant")
    if marker is None or not marker.args:
        pytest.fail('mark the test with @pytest.mark.plant("path/of/scene.yaml")')
    with start_plant(*marker.args, **marker.kwargs) as started:
        yield started
