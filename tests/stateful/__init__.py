"""A machine of rules for the whole exchange, against a plain oracle."""

import pytest

pytest.register_assert_rewrite("tests.stateful.machine")
