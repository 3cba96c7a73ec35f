"""What takes many minutes runs when somebody asks for it: ``make test-long``."""

import os
from typing import Final

import pytest

LONG: Final = "SIM_TEST_LONG" in os.environ
"""Whether all is tested at its full length; what is left out otherwise has a short form."""
only_when_asked: Final = pytest.mark.skipif(not LONG, reason="takes minutes: make test-long")
