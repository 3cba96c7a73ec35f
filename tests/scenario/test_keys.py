"""Keys in Chinese say what the English ones say, wherever they stand."""

from collections.abc import Iterable

from sim.scenario import events, levers, money, read, rules
from sim.scenario.files import upwards
from sim.scenario.keys import CHINESE
from tests.scenario.conftest import Read, Refused, Write

ENGLISH = """\
extends = "as-written"
seed = 7
name = { en = "Mine", zh = "我的" }
[plans.yulin]
on = true
dose = [{ from = "2022-10", value = 1 }, { from = "2027-01", value = 1.5 }]
[plans.zhuji.technology_colleges]
start = "2025-09"
districts = ["pudong"]
[[events]]
name = "winter"
from = "2027-01"
until = "2028-06"
private_inflow = 0.6
[[rules]]
when = { count = "pilot_zones", in = "2027-12", below = 8 }
then = { lingpao.dose = 2 }
[[moves]]
of = "guidance_fund"
to = "yanzhen"
from = "2027-01"
share = 0.5
"""
IN_CHINESE = """\
"继承" = "按方案实施"
"随机种子" = 7
"名称" = { "英文" = "Mine", "中文" = "我的" }
["计划"."雨林计划"]
"实施" = true
"力度" = [{ "起始" = "2022-10", "取值" = 1 }, { "起始" = "2027-01", "取值" = 1.5 }]
["计划"."筑基计划"."未来技术学院"]
"开始" = "2025-09"
"区" = ["浦东"]
[["事件"]]
"名称" = "winter"
"起始" = "2027-01"
"截止" = "2028-06"
private_inflow = 0.6
[["规则"]]
"条件" = { "目标" = "未来产业先导区", "月份" = "2027-12", "低于" = 8 }
"调整" = { "领跑计划"."力度" = 2 }
[["资金调整"]]
"来自" = "guidance_fund"
"转给" = "雁阵计划"
"起始" = "2027-01"
"份额" = 0.5
"""


def test_a_file_in_chinese_says_what_the_english_one_says(read: Read) -> None:
    assert read(IN_CHINESE).resolved() == read(ENGLISH).resolved()
    assert read('"预算" = { "每年" = 900 }').budget == 900.0


def test_what_a_file_extends_is_found_in_chinese_too(write: Write) -> None:
    file = write('"继承" = "按方案实施"')
    assert [path.stem for path, _ in upwards(file)] == ["mine", "as-written"]


def test_every_key_of_a_file_has_its_own_word() -> None:
    tables: tuple[Iterable[str], ...] = (
        *(read.FILE, levers.SETTING, rules.WHEN, money.KEYS),
        set(events.KEYS) - set(events.SHAKEN),
    )
    assert {key for table in tables for key in table} <= CHINESE.keys()
    assert len(set(CHINESE.values())) == len(CHINESE)
    assert not set(CHINESE.values()) & CHINESE.keys()


def test_a_key_is_said_once_in_either_language(refused: Refused) -> None:
    problem = refused('[plans.yulin]\non = true\ndose = 2\n"力度" = 3')
    assert "plans.yulin: found {dose, 力度}; expected dose once" in str(problem)


def test_a_mistake_names_the_key_as_it_is_written(refused: Refused) -> None:
    problem = refused('["计划"."雨林计划"]\n"实施" = true\n"力度" = 30')
    assert "计划.雨林计划.力度" in str(problem)


def test_a_word_that_is_nearly_a_key_is_asked_about(refused: Refused) -> None:
    problem = refused('["计划"."雨林计划"]\n"实施" = true\n"爬坡月" = 3')
    assert problem.hint is not None
    assert "爬坡月数" in problem.hint.zh
