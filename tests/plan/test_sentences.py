"""Protects that nothing in the plan's sections 一 to 四 is forgotten, and nothing is made up."""

import re

import pytest

from sim.plan import PLAN, Cluster, Count, Instrument, Lever, Sentence

CHAPTER = re.compile("([一二三四五六])、")
ITEM = re.compile("\\(([一二三四五六])\\)")
SUB_ITEM = re.compile("([1-9])\\.[^。]+。")


def split(text: str, chapters: str) -> list[tuple[str, str]]:
    """Return (section, sentence) for each sentence of some chapters; headings are not sentences."""
    found: list[tuple[str, str]] = []
    chapter = item = ""
    for line in text.splitlines():
        if heading := CHAPTER.match(line):
            chapter = heading.group(1)
        elif heading := ITEM.match(line):
            item = heading.group(1)
        elif chapter and chapter in chapters:
            heading = SUB_ITEM.match(line)
            here = f"{chapter}（{item}）{heading.group(1) if heading else ''}"
            sentences = re.findall("[^。]+(?:。|$)", line[heading.end() if heading else 0 :])
            found += [(here, sentence) for sentence in sentences]
    return found


def test_the_text_is_the_notice_and_nothing_of_the_press(plan_text: str) -> None:
    assert "沪府发〔2022〕11号" in plan_text
    headings = [line[0] for line in plan_text.splitlines() if CHAPTER.match(line)]
    assert headings == list("一二三四")
    assert plan_text.endswith("为未来产业持续发展筑牢基础。")
    assert "每日经济新闻" not in plan_text
    assert "图片来源" not in plan_text


def test_every_sentence_is_listed_once_in_the_plans_order(plan_text: str) -> None:
    listed = [(entry.section.zh, entry.sentence) for entry in PLAN.sentences]
    assert listed == split(plan_text, "一二三四")


def test_the_plan_has_as_many_sentences_as_a_reader_counts(plan_text: str) -> None:
    """Counted by hand, so that a splitter that loses some would be noticed."""
    found = split(plan_text, "一二三四")
    per_item = [sum(section == one for section, _ in found) for one in dict.fromkeys(dict(found))]
    targets, fields = [1, 11], [1, 3, 3, 3, 3, 1, 1, 2, 2, 1, 1]
    assert per_item == [*targets, *fields, 4, 3, 3, 3, 3, 5, 3, 3, 4, 3, 3]


@pytest.mark.parametrize("entry", PLAN.sentences, ids=lambda entry: entry.sentence[:12])
def test_a_sentence_is_covered_or_left_out_for_a_reason(entry: Sentence) -> None:
    for words in (entry, *entry.policies):
        assert any(words.stands.values()) != bool(words.left_out)
        assert all(len(set(names)) == len(names) for names in words.stands.values())
        assert words.words in entry.sentence


def test_every_count_cluster_and_track_of_the_text_stands_for_some_sentence() -> None:
    """Tracks that the text as printed does not list are known from figures."""
    for kind, entries in (
        ("counts", PLAN.counts),
        ("clusters", PLAN.clusters),
        ("tracks", [track for track in PLAN.tracks if not track.source.en.startswith("figure")]),
    ):
        named = {name for one in PLAN.sentences for name in one.stands.get(kind, ())}
        assert named == {entry.id for entry in entries}


def test_a_sentence_that_sets_targets_stands_for_its_counts() -> None:
    by_words = {entry.sentence: entry for entry in PLAN.sentences}
    for count in PLAN.counts:
        assert count.id in by_words[count.sentence].stands["counts"]
    for cluster in PLAN.clusters:
        assert by_words[cluster.sentence].stands["districts"] == cluster.districts


@pytest.mark.parametrize("entry", PLAN.instruments, ids=lambda entry: entry.id)
def test_an_instrument_is_in_the_plans_own_words(entry: Instrument, plan_text: str) -> None:
    assert entry.sentence in plan_text
    cited = [one for one in PLAN.sentences if entry.id in one.instruments]
    assert (entry.section, entry.sentence) in [(one.section, one.sentence) for one in cited]


def test_plans_stand_in_section_3_and_safeguards_in_section_4() -> None:
    assert [lever.section.en for lever in PLAN.plans] == [f"3({n})" for n in range(1, 7)]
    assert [lever.section.zh for lever in PLAN.safeguards] == [f"四（{n}）" for n in "一二三四五"]
    for lever in PLAN.levers:
        assert {entry.section for entry in lever.instruments} == {lever.section}


@pytest.mark.parametrize("lever", PLAN.levers, ids=lambda lever: lever.id)
def test_a_lever_has_its_name_from_its_heading(lever: Lever, plan_text: str) -> None:
    chapter, item = lever.section.zh[0], lever.section.zh[2]
    after = plan_text[plan_text.index(f"\n{chapter}、") :]
    heading = next(line for line in after.splitlines() if line.startswith(f"({item})"))
    assert lever.name.zh in heading


@pytest.mark.parametrize("entry", PLAN.counts, ids=lambda entry: entry.id)
def test_a_target_is_the_one_that_the_sentence_sets(entry: Count, plan_text: str) -> None:
    assert entry.sentence in plan_text
    names = (entry.name.zh, *entry.aliases)
    clauses = re.split("[,。]", entry.sentence)
    mine = [clause for clause in clauses if any(name in clause for name in names)]
    said = [clause for clause in mine if re.search(f"(?<![0-9]){entry.target}(?![0-9])", clause)]
    assert len(said) == 1
    assert ("左右" in said[0]) == entry.about


@pytest.mark.parametrize("entry", PLAN.clusters, ids=lambda entry: entry.id)
def test_a_clusters_districts_are_those_that_its_sentence_names(
    entry: Cluster, plan_text: str
) -> None:
    assert entry.sentence in plan_text
    named = re.search("在(.+)等区域", entry.sentence)
    assert named is not None
    districts = [PLAN.resolve("district", name) for name in named.group(1).split("、")]
    assert list(entry.districts) == districts
