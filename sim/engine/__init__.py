"""The engine: rules, processes and their schedule, run in three modes. It knows no city.

Only names that other rooms need are imported here; Numba is loaded when something is compiled.
"""

from sim.engine.marks import in_python, inlined, rule

__all__ = ["in_python", "inlined", "rule"]
