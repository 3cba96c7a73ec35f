"""Says where the packages lie; all else about the project stands in pyproject.toml.

``scenarios/`` stays where people look for it, at the top, and becomes the package's data under the
name ``sim.shipped``. No table of pyproject.toml can add a package to those that are found.
"""

from setuptools import find_namespace_packages, setup

setup(
    packages=[
        # Folders of data alone count as packages too: the map, the fonts, scripts of the lab.
        *find_namespace_packages(include=["sim", "sim.*"], exclude=["*.__pycache__"]),
        *("sim.shipped", "sim.shipped.sweeps", "sim.shipped.objectives", "sim.shipped.experts"),
    ],
    package_dir={"sim.shipped": "scenarios"},
)
