"""The views by name."""

from collections.abc import Mapping
from typing import Protocol

from sim.app.pages.city_view import CityView
from sim.app.pages.compare_view import CompareView
from sim.app.pages.experts_view import ExpertsView
from sim.app.pages.likelihood_view import LikelihoodView
from sim.app.pages.plan_view import PlanView
from sim.app.pages.study_view import StudyView
from sim.app.pages.trajectory_view import TrajectoryView
from sim.app.pages.why_view import WhyView
from sim.app.session import Session


class View(Protocol):
    """A view on a session: built when it is shown, closed when another is."""

    def __init__(self, session: Session) -> None:
        """Build it into the element that is open."""

    def close(self) -> None:
        """End its work."""


VIEWS: Mapping[str, type[View]] = {
    "likelihoods": LikelihoodView,
    "city": CityView,
    "trajectories": TrajectoryView,
    "compare": CompareView,
    "why": WhyView,
    "studies": StudyView,
    "experts": ExpertsView,
    "plan": PlanView,
}
