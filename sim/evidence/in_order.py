"""What is measured of replicate after replicate, in threads and in order."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from threadpoolctl import threadpool_limits

Measured = TypeVar("Measured")


def in_order(
    measure: Callable[[int], Measured], replicates: int, workers: int
) -> Iterator[Measured]:
    """Yield what is measured of each replicate, while later ones are being run.

    Args:
        measure: of the number of a replicate; gives the same on any number of workers.
        replicates: how many.
        workers: threads.
    """
    waiting: deque[Future[Measured]] = deque()
    pool = ThreadPoolExecutor(workers)
    # Threads have replicates to run already, and a sum split over threads is rounded otherwise.
    with threadpool_limits(1):
        try:
            for replicate in range(replicates):
                waiting.append(pool.submit(measure, replicate))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
