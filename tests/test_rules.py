import pytest

from policytext.errors import RuleError
from policytext.resources import data_path
from policytext.rules import load_rules, read_rows

TABLES = sorted(p.stem for p in data_path("rules").glob("*.csv"))
RULES = [pytest.param(rule, id=f"{table}:{rule.id}") for table in TABLES for rule in load_rules(table)]


@pytest.mark.parametrize("rule", RULES)
def test_rule_matches_its_hit_and_not_its_miss(rule):
    assert rule.pattern.search(rule.hit), "the hit is not matched"
    assert not rule.pattern.search(rule.miss), "the miss is matched"


def test_a_table_with_a_wrong_header_is_refused(tmp_path):
    table = tmp_path / "broken.csv"
    table.write_text("id,pattern\na,b\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"broken\.csv: the header is 'id,pattern'; it must be"):
        read_rows(table, ("id", "lang"))


def test_a_row_with_too_few_cells_is_refused(tmp_path):
    table = tmp_path / "short.csv"
    table.write_text("id,lang\na\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"short\.csv, row 2: 1 cells; 2 are needed"):
        read_rows(table, ("id", "lang"))
