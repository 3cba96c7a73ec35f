"""What every test starts from: the same language, no window, the same generated examples."""

import os

from hypothesis import settings

os.environ["MPLBACKEND"] = "Agg"
os.environ["SIM_LANG"] = "en"

# No deadline: the first example may compile. The same examples each time: a test that fails by
# chance on one machine protects nothing. `--hypothesis-profile=search` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("repeatable")
