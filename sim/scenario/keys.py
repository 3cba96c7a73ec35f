"""Keys of scenario and objective files in Chinese, each for the English one where that may stand.

TOML takes them in quotation marks: ``"力度" = 1.5``. Names of levers, districts and counts are the
plan's own in both languages anyway.
"""

from collections.abc import Mapping
from typing import Final

LAST_KNOWN: Final = "known"
"""Stands for the last month that is known, where a month up to which things are known is asked."""

CHINESE: Final[Mapping[str, str]] = {
    "name": "名称",
    "description": "说明",
    "zh": "中文",
    "en": "英文",
    "extends": "继承",
    "city": "城市",
    "horizon": "期限",
    "replicates": "重复次数",
    "seed": "随机种子",
    "tolerance": "容差",
    "draws": "参数来源",
    "as_of": "已知截至",
    "readings": "口径",
    "plans": "计划",
    "safeguards": "保障措施",
    "on": "实施",
    "dose": "力度",
    "start": "开始",
    "end": "停止",
    "ramp_months": "爬坡月数",
    "districts": "区",
    "clusters": "集群",
    "parameters": "参数",
    "multipliers": "系数",
    "variants": "机制形式",
    "events": "事件",
    "from": "起始",
    "until": "截止",
    "value": "取值",
    "rules": "规则",
    "when": "条件",
    "then": "调整",
    "count": "目标",
    "measure": "指标",
    "in": "月份",
    "below": "低于",
    "above": "高于",
    "moves": "资金调整",
    "of": "来自",
    "to": "转给",
    "share": "份额",
    "budget": "预算",
    "yearly": "每年",
    "processes": "过程",
    "without": "去掉",
    "add": "加入",
    "measures": "自编指标",
    "file": "文件",
    "after": "之后",
    "counts": "各项目标",
    "target": "目标值",
    "year": "年份",
    "weight": "权重",
    "threshold": "判定",
    "at_least": "至少",
}
_ENGLISH: Final[Mapping[str, str]] = {word: key for key, word in CHINESE.items()}


def english(key: str) -> str:
    """Return the English key that a key stands for; any other as it is."""
    return _ENGLISH.get(key, key)


def said(document: Mapping[str, object], key: str) -> object:
    """Return what a document says under a key in either language; None if nothing."""
    return document.get(key, document.get(CHINESE.get(key, key)))
