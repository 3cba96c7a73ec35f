"""What a Dask cluster has to run on, asked before an experiment is handed to it."""

from sim.experiments.work import PATIENCE, Where
from sim.language import Text
from sim.problems import Problem

FIRST_WORKER = 60.0
"""Seconds that a cluster may take to have its first worker; processes and pods start in less."""


def threads(where: Where) -> int:
    """Return on how many threads an experiment will run.

    A cluster that has no worker yet is waited for. It is given a small task meanwhile: one that
    grows on demand starts its first worker for that.

    Raises:
        Problem: there is no such cluster, or it has no worker in time.
    """
    if where.cluster is None:
        return where.workers
    kind, _, rest = where.cluster.partition(":")
    if kind == "local" and rest.isdigit():
        return int(rest)  # processes with one thread each, started when there is work
    return _at_scheduler(where.cluster)


def _at_scheduler(address: str) -> int:
    from distributed import Client

    try:
        if "://" not in address:
            raise ValueError(address)
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        expected = Text("tcp://HOST:PORT or local:N", "tcp://主机:端口 或 local:N")
        hint = Text("no scheduler answers there", "该处没有调度器应答")
        raise Problem("--cluster", "", address, expected, hint) from error
    with client:
        asked = client.submit(int, pure=False)
        try:
            client.wait_for_workers(1, timeout=FIRST_WORKER)
        except TimeoutError as error:
            raise _without_workers(address) from error
        finally:
            asked.cancel()
        return sum(client.nthreads().values())


def _without_workers(address: str) -> Problem:
    seconds = f"{FIRST_WORKER:g}"
    expected = Text(
        f"a scheduler with workers: it is there, but had none for {seconds} seconds",
        f"有工作进程的调度器（调度器有应答，但 {seconds} 秒内没有工作进程）",
    )
    hint = Text(
        f"start some (for example: dask worker {address}) and run the same command again",
        f"请启动工作进程（例如 dask worker {address}）后重新运行同一命令",
    )
    return Problem("--cluster", "", address, expected, hint)
