"""A query without one of its parts is still a query, and the parts that stay are as they were."""

import pytest

from web.readings import without_each


@pytest.mark.parametrize(
    ("query", "parts", "rests"),
    [
        pytest.param("alone", ["alone"], [None], id="nothing is left"),
        pytest.param("tea milk", ["tea", "milk"], ["milk", "tea"], id="words"),
        pytest.param("tea tea", ["tea", "tea"], ["tea", "tea"], id="a word twice"),
        pytest.param("น้ำชาเย็น", ["น้ำ", "ชา", "เย็น"], ["ชาเย็น", "น้ำ เย็น", "น้ำชา"], id="in a Thai run"),
        pytest.param("水利工程", ["水利", "工程"], ["工程", "水利"], id="in a Chinese run"),
        pytest.param('"two words" tea', ["two words", "tea"], ["tea", '"two words"'], id="a phrase"),
        pytest.param("„zwei Wörter“ tea", ["zwei Wörter", "tea"], ["tea", "„zwei Wörter“"], id="quotes"),
        pytest.param("tea -milk", ["tea", "milk"], ["-milk", "tea"], id="excluded"),
        pytest.param("tea NOT milk", ["tea", "milk"], ["NOT milk", "tea"], id="excluded by an operator"),
        pytest.param("te* milk~2", ["te", "milk"], ["milk~2", "te*"], id="a prefix and a typo"),
        pytest.param("title:tea lang:TH x", ["tea", "th", "x"],
                     ["lang:TH x", "title:tea x", "title:tea lang:TH"], id="fields"),
        pytest.param("a AND b OR c", ["a", "b", "c"], ["b OR c", "a OR c", "a AND b"], id="operators"),
        pytest.param("(a OR b) c", ["a", "b", "c"], ["(b) c", "(a) c", "(a OR b)"], id="brackets"),
        pytest.param("(a) AND b", ["a", "b"], ["b", "(a)"], id="brackets that are left empty"),
        pytest.param("NOT (a) b", ["a", "b"], ["b", "NOT (a)"], id="a negation of nothing"),
        pytest.param("* x", ["*", "x"], ["x", "*"], id="everything"),
        pytest.param("Strasse x", ["straße", "x"], [None, "Strasse"], id="a part that does not stand so"),
        pytest.param("lang:zh-hans x", ["zh-Hans", "x"], ["x", "lang:zh-hans"], id="a tag in its usual case"),
        pytest.param("c++ a.b", ["c++", "a.b"], ["a.b", "c++"], id="signs"),
    ],
)  # fmt: skip
def test_each_part_can_go(query, parts, rests):
    assert without_each(query, parts) == rests
