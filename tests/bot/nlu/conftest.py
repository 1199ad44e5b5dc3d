"""The pipeline's tests run in Rasa's environment."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    # Rasa's dependencies are years old and warn a great deal; what our own modules raise is an
    # error still.
    config.addinivalue_line("filterwarnings", "ignore:::(?!bot|tests|test_|conftest)")
