"""Rules broken on purpose still find the rule that they break, and leave no parameter unread."""

import re

import pytest

from tests.reference.mutations import MUTATIONS, ROOT, Mutation

PARAMETER = re.compile(r"\bp\.\w+")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.what)
def test_a_mutation_changes_a_rule_and_reads_what_the_rule_reads(mutation: Mutation) -> None:
    """Else it would change nothing, or be refused before anything is compared."""
    rule = (ROOT / "sim/model/rules" / mutation.file).read_text(encoding="utf-8")
    assert mutation.old in rule
    assert set(PARAMETER.findall(mutation.old)) <= set(PARAMETER.findall(mutation.new))
