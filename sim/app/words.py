"""Every word of the lab that the plan does not give, in both languages."""

from collections.abc import Mapping

from sim.language import Language, Text
from sim.plan import CITY, COUNTS, SAFEGUARDS, SIX, YEAR
from sim.text.catalogue import capital


def several(one: str, many: Text) -> str:
    """Return the English plural of a word, unless there is one of it."""
    return one if many.en == "one" else f"{one}s"


WORDS: Mapping[str, Text] = {
    "title": Text(f"{CITY.en} future industries · policy lab", f"{CITY.zh}未来产业 · 政策实验室"),
    "question": Text(
        f"How likely is each of the plan's {COUNTS.en} counts for {YEAR}?",
        f"{YEAR}年{COUNTS.zh}项目标各有多大可能实现？",
    ),
    "levers": Text("Levers", "政策工具箱"),
    "plans": Text(f"{capital(SIX.en)} {several('plan', SIX)}", f"{SIX.zh}大计划"),
    "safeguards": Text(
        f"{capital(SAFEGUARDS.en)} {several('safeguard', SAFEGUARDS)}",
        f"{SAFEGUARDS.zh}项保障措施",
    ),
    "likelihoods": Text("Likelihoods", "可能性"),
    "city": Text("City", "城市"),
    "trajectories": Text("Trajectories", "轨迹"),
    "compare": Text("Compare", "比较"),
    "why": Text("Why", "成因"),
    "studies": Text("Studies", "研究"),
    "plan": Text("Plan", "方案"),
    "views": Text("Views", "视图"),
    "preset": Text("Start from", "起始情景"),
    "undo": Text("Undo", "撤销"),
    "redo": Text("Redo", "重做"),
    "reset": Text("Reset", "重置"),
    "copy": Text("Copy link", "复制链接"),
    "copied": Text("Link copied", "链接已复制"),
    "save": Text("Save file", "保存文件"),
    "load": Text("Load file", "载入文件"),
    "language": Text("中文", "English"),
    "dark": Text("Dark", "深色"),
    "light": Text("Light", "浅色"),
    "from": Text("from", "自"),
    "details": Text("Instruments and sources", "举措与来源"),
    "dose": Text("Dose", "力度"),
    "start": Text("Start", "开始"),
    "districts": Text("Districts", "实施区域"),
    "whole_city": Text("Whole city", "全市"),
    "section": Text("Section", "章节"),
    "acts_on": Text("Acts on", "作用于"),
    "cost": Text("Public cost", "公共成本"),
    "measured": Text("Measured", "实测"),
    "sentence": Text("The plan says", "方案原文"),
    "a_year": Text(
        "{cost} 亿元 a year at dose 1 (prior {low} to {high}; {source})",
        "力度为1时每年 {cost} 亿元（先验 {low} 至 {high}；{source}）",
    ),
    "no_cost": Text("none", "无"),
    "cost_until_due": Text(
        f"{{cost}} 亿元 of public money until the end of {YEAR}",
        f"至{YEAR}年底公共支出 {{cost}} 亿元",
    ),
    "differs": Text("differs by instrument", "各举措不同"),
    "differs_from": Text("Differs from {name}: {list}", "与“{name}”不同之处：{list}"),
    "reference": Text("Change against: {name}", "对照组合：{name}"),
    "pin": Text("Compare with this one", "以当前组合为对照"),
    "unpin": Text("Compare with the plan as written", "恢复以原方案为对照"),
    "is_reference": Text(
        "This package is the reference, {name}: move a lever, and the change will be shown here,"
        " paired by luck",
        "当前组合即对照组合“{name}”：调整任一政策，此处将显示按相同随机数配对的变化",
    ),
    "does_the_same": Text(
        "This package runs as the reference, {name}, does: nothing changes in any replicate",
        "当前组合的模拟过程与对照组合“{name}”完全相同：各次模拟均无变化",
    ),
    "pairs_wait": Text(
        "Change against {name}: waiting for the first pairs", "变化相对于“{name}”：等待首批配对结果"
    ),
    "still": Text(
        "Not yet of this package: the numbers are still those of {name}",
        "尚非当前组合的结果：所示仍为“{name}”的数值",
    ),
    "few": Text(
        "{number} replicates only: intervals are wide, and the likelihoods no more than a hint",
        "仅完成 {number} 次模拟：区间很宽，可能性仅供参考",
    ),
    "read_alike": Text(
        "both sides in the readings and with the 左右 of this package",
        "两者均按当前组合的口径与“左右”容差计",
    ),
    "some_on": Text("{on} of {all} on", "{all} 项中开启 {on} 项"),
    "count": Text("Count and target", "目标"),
    "chart": Text("Chart", "图"),
    "likelihood": Text("Likelihood", "可能性"),
    "interval": Text("95 % interval", "95% 区间"),
    "change": Text("Change, points", "变化（百分点）"),
    "median": Text("Median", "中位数"),
    "about": Text("左右 (about)", "按“左右”"),
    "all_counts": Text(f"All {COUNTS.en} together", f"{COUNTS.zh}项全部实现"),
    "caption": Text(
        f"Likelihood of each count at the end of {YEAR} with its Monte-Carlo interval",
        f"{YEAR}年底各目标实现的可能性及蒙特卡洛区间",
    ),
    "precision": Text("±{points} points", "±{points} 个百分点"),
    "precision_note": Text(
        "widest 95 % Monte-Carlo interval, from {number} of {wanted} replicates",
        "最宽的 95% 蒙特卡洛区间，已完成 {number}/{wanted} 次模拟",
    ),
    "change_precision": Text("changes: ±{points} points", "变化：±{points} 个百分点"),
    "waiting": Text("Waiting for the first replicates", "等待首批模拟结果"),
    "compiling": Text(
        "Compiling the model's rules: about a minute, the first time only",
        "正在编译模型规则：约一分钟，仅首次需要",
    ),
    "more": Text("More replicates", "增加模拟次数"),
    "stop": Text("Stop", "停止"),
    "stopped": Text("stopped", "已停止"),
    "gives_way": Text("goes on when your question is answered", "提问完成后继续"),
    "conditional": Text(
        "Likelihoods hold if the model does. {influence} The interval is of the Monte-Carlo"
        " sampling, not of the model.",
        "可能性以模型成立为前提。{influence}区间仅反映蒙特卡洛抽样误差，不反映模型误差。",
    ),
    "against": Text(
        "Change against {name}, paired by luck in {pairs} replicates; grey: may be none",
        "变化相对于“{name}”，按相同随机数配对 {pairs} 次；灰色表示可能无差异",
    ),
    "lost": Text(
        "No connection to the lab: nothing can be changed until it is back.",
        "与实验室的连接已断开：恢复之前无法进行任何操作。",
    ),
    "saved_as": Text("Save as", "导出"),
    "nothing_yet": Text("there is no answer yet", "尚无结果"),
    "not_saved": Text("{name} was not saved: {why}", "未能保存 {name}：{why}"),
    "link_problem": Text("This link cannot be used as it stands.", "该链接无法按原样使用。"),
    "file_problem": Text("This file cannot be used.", "该文件无法使用。"),
    "problem": Text("This cannot be done.", "无法完成。"),
    "close": Text("Close", "关闭"),
    "skip": Text("Skip to the results", "跳至结果"),
    "city_title": Text(f"One possible {CITY.en}, month by month", f"一种可能的{CITY.zh}：逐月演变"),
    "which_future": Text(
        "replicate {number}: one future of many", "第 {number} 次模拟：众多可能之一"
    ),
    "other_future": Text("Another future", "换一种可能"),
    "map": Text("Map of firms, programmes and knowledge in", "企业、载体与知识分布图"),
    "wait": Text("Running one replicate in the live model …", "正在运行一次模拟……"),
    "nearer": Text("Zoom in", "放大"),
    "farther": Text("Zoom out", "缩小"),
    "core": Text("City centre", "中心城区"),
    "play": Text("Play", "播放"),
    "pause": Text("Pause", "暂停"),
    "month": Text("Month", "月份"),
    "firms": Text("firms", "企业"),
    "knowledge": Text("knowledge in reach", "可及知识"),
    "zones": Text("pilot zones (squares) and other programmes", "先导区（方框）及其他载体"),
    "money": Text("district funds, money ready", "区级基金可投资金"),
    "homes": Text("talents by where they live (circles)", "人才（圆圈，按居住地）"),
    "dot_size": Text("dots: firms, larger with more talents", "圆点：企业，越大人才越多"),
    "table": Text("Districts in", "各区情况"),
    "district": Text("District", "区"),
    "talents": Text("talents", "人才"),
    "output": Text("output, 亿元 a year", "年产值（亿元）"),
    "open": Text("programmes open", "运行中的载体"),
    "funds": Text(
        "{number} funds with {money} 亿元 ready", "{number} 支基金，可投资金 {money} 亿元"
    ),
    "pick_one": Text(
        "Press a firm, a programme or a district on the map to see its life. With the keyboard:"
        " Enter on the map picks the largest firm, arrows move by a month, + and - zoom.",
        "点击地图上的企业、载体或区，查看其历程。键盘操作：在地图上按回车选取最大企业，方向键逐月移动，"
        "+ 与 - 缩放。",
    ),
    "looking": Text("Looking …", "正在查询……"),
    "show": Text("Show", "显示"),
    "by_cluster": Text("{quantity} by cluster", "{quantity}（分集群）"),
    "by_district": Text("{quantity} by district", "{quantity}（分区）"),
    "fan_label": Text("Fan chart against the target", "扇形图与目标"),
    "fan_note": Text(
        "Bands hold 50, 80 and 95 % of {number} replicates, month by month; the line is their"
        " median. No replicate follows a line.",
        "色带分别包含 {number} 次模拟的 50%、80% 和 95%；实线为其中位数。单次模拟并不沿线而行。",
    ),
    "fan_before": Text(
        "Dashed: the median of {name} in the same {number} replicates.",
        "虚线为“{name}”在相同 {number} 次模拟中的中位数。",
    ),
    "fan_waits": Text(
        "{name} has {there} of these replicates so far; its median is drawn when it has {number}.",
        "“{name}”目前仅有其中 {there} 次模拟，达到 {number} 次后绘出其中位数。",
    ),
    "target": Text("target {target}", "目标 {target}"),
    "about_target": Text("左右 {target}", "左右 {target}"),
    "answer_of": Text("Answer for {package}", "以下结果对应：{package}"),
    "older_answer": Text(
        "Older answer, for {package}. Run it again for what is chosen now.",
        "此为较早的结果，对应：{package}。如需当前组合的结果，请重新运行。",
    ),
    "of_each": Text("{number} replicates of each", "各模拟 {number} 次"),
    "stop_this": Text("Stop {name}", "停止{name}"),
    "waits_for_turn": Text("Waiting for its turn", "排队等待中"),
    "limit_sweeps": Text(
        "You have {number} experiments under way, as many as one visitor may have: stop one, or"
        " wait for one to end.",
        "您已有 {number} 项实验正在运行，达到每位访客的上限：请先停止其中一项，或等待其完成。",
    ),
    "limit_answers": Text(
        "You have {number} questions under way, as many as one visitor may have: stop one, or wait"
        " for one to end.",
        "您已有 {number} 项提问正在运行，达到每位访客的上限：请先停止其中一项，或等待其完成。",
    ),
    "limit_films": Text(
        "You have {number} cities under way, as many as one visitor may have: wait for one.",
        "您已有 {number} 个城市动画正在生成，达到每位访客的上限：请等待其中一个完成。",
    ),
    "why_title": Text("What held each count back?", "各目标受何制约？"),
    "why_note": Text(
        "Each gate is made twice as wide in turn, under the same luck. The numbers are points of"
        " likelihood gained; faint ones cannot be told apart from none.",
        "在相同随机数下逐一将各环节放宽一倍；数字为可能性的提高（百分点），淡色表示难分高下。",
    ),
    "open_gates": Text("Open the gates", "逐一放宽"),
    "gates_progress": Text("{number} of {wanted} replicates", "已完成 {number}/{wanted} 次模拟"),
    "gates_done": Text("{pairs} pairs for each gate", "每个环节配对 {pairs} 次"),
    "no_gate": Text("{count}: no gate is clear of nought", "{count}：没有任何环节显示明确影响"),
    "gate": Text(
        "{count}: held back most by {gate} ({points} points when it is twice as wide)",
        "{count}：主要受{gate}制约（放宽一倍：{points} 个百分点）",
    ),
    "less": Text("{package} − A, points", "{package} − A（百分点）"),
    "compare_title": Text("Packages side by side", "政策组合比较"),
    "add_current": Text("Add the package of now", "加入当前组合"),
    "add_scenario": Text("Add a scenario", "加入情景"),
    "remove": Text("Take {name} off", "移除{name}"),
    "there_already": Text("It is on the list already", "已在列表中"),
    "four_at_most": Text("Four packages at most", "最多四个组合"),
    "computing": Text("Computing intervals and drawing", "正在计算区间并绘图"),
    "compared_done": Text(
        "the same {pairs} replicates of each, paired by luck; grey: cannot be told apart",
        "各取相同的 {pairs} 次模拟，按相同随机数配对；灰色表示难分高下",
    ),
    "goal": Text("Count", "目标"),
    "begin": Text("Start", "开始"),
    "resume": Text("Go on", "继续"),
    "show_result": Text("Show", "查看"),
    "sweep_done": Text("Finished", "已完成"),
    "other_versions": Text(
        "The store also holds {number} replicates of other versions of the model; they are not used"
        " here (`sim store` lists them).",
        "结果库中另有其他模型版本的 {number} 次模拟，此处不予使用（可用 `sim store` 查看）。",
    ),
}
"""Words by key; braces are filled in by `say`."""


def say(key: str, language: Language, **values: object) -> str:
    """Return a label in one language, with its braces filled in.

    Raises:
        KeyError: there is no such label, or a value for its braces is missing.
    """
    return WORDS[key].in_(language).format(**values)


def some(language: Language, *keys: str) -> dict[str, str]:
    """Return labels by their keys."""
    return {key: WORDS[key].in_(language) for key in keys}
