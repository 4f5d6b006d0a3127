"""What holds for every platform alike: its name, honest capabilities, credentials that are asked for by name."""

from __future__ import annotations

import pytest

from platforms import PLATFORMS
from platforms.text import SMALLEST_LIMIT


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_is_listed_under_its_own_name_with_limits_that_texts_can_be_cut_to(name: str) -> None:
    platform = PLATFORMS[name]
    can = platform.capabilities
    assert platform.name == name
    assert can.text_limit >= SMALLEST_LIMIT
    assert can.webhook_deadline_s > 0
    assert can.body_limit >= 1024 * 1024
    if can.buttons:
        assert can.button_label_limit >= SMALLEST_LIMIT
        assert SMALLEST_LIMIT <= can.buttons_text_limit <= can.text_limit


@pytest.mark.parametrize("name", [name for name in PLATFORMS if PLATFORMS[name].credentials])
def test_missing_credentials_are_named(name: str) -> None:
    said = " ".join(PLATFORMS[name].check_credentials({}))
    assert all(credential in said for credential in PLATFORMS[name].credentials)
