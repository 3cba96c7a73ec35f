"""Settings changed from a month on: what was done before stays, as facts have it."""

from dataclasses import replace

from sim.scenario.doses import Setting, Step


def stopped(setting: Setting, since: str) -> Setting:
    """Return a setting that ends in a month (``YYYY-MM``).

    One that would begin no earlier does nothing, and one that is over by then stays as it is.
    """
    if setting.start >= since:
        return replace(setting, on=False)
    return setting if is_over(setting, since) else replace(setting, end=since)


def begun(setting: Setting, since: str) -> Setting:
    """Return a setting that is switched on in a month, at the dose that it has first."""
    return replace(setting, on=True, start=since, end=None, later=())


def scaled(setting: Setting, factor: float, since: str) -> Setting:
    """Return a setting whose doses are multiplied from a month on."""
    if is_over(setting, since):
        return setting
    if setting.start >= since:
        return setting.scaled(factor)
    dose = [step.dose for step in setting.steps if step.start <= since][-1]
    before = [step for step in setting.later if step.start < since]
    after = [step for step in setting.scaled(factor).later if step.start > since]
    return replace(setting, later=(*before, Step(since, dose * factor), *after))


def is_over(setting: Setting, since: str) -> bool:
    """Return whether a setting no longer acts in a month."""
    return setting.end is not None and setting.end <= since
