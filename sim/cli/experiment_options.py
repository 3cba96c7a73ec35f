"""Arguments and options that the commands of experiments share."""

from typing import Annotated

import typer

Replicates = Annotated[
    int | None, typer.Option("--replicates", help="Of each scenario · 每个情景的模拟次数")
]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed · 随机种子")]
Workers = Annotated[int | None, typer.Option("--workers", help="Threads · 线程数")]
Place = Annotated[str | None, typer.Option("--store", help="Store, folder or URL · 结果库")]
Cluster = Annotated[
    str | None, typer.Option("--cluster", help="tcp://HOST:PORT or local:N · Dask 集群")
]
Out = Annotated[str | None, typer.Option("--out", help="Result folder · 结果文件夹")]
Count = Annotated[str, typer.Argument(metavar="COUNT", help="A count, or all · 目标或 all")]
Base = Annotated[str, typer.Option("--scenario", help="Scenario · 情景")]
AS_WRITTEN = "as-written"
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask · 不再询问")]
