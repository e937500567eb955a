"""What `python -m benchmarks.browsing` measures: that it is the results which are waited for."""

from benchmarks.browsing import report, waits

QUESTIONS = ["water", "น้ำ", "zzzzqqq"]


def test_each_question_is_waited_for_until_its_results_are_painted(chromium, address):
    context = chromium.new_context()
    every = waits(context, address, QUESTIONS)
    context.close()
    assert [wait.found > 0 for wait in every] == [True, True, False]
    for wait in every:
        # Painted after the server had answered, and not after a page that stood there before.
        assert 0 < wait.answered < wait.painted


def test_the_report_says_what_was_measured(chromium, address):
    context = chromium.new_context()
    lines = list(report("here", waits(context, address, QUESTIONS), []))
    context.close()
    assert lines[0] == "here: 3 questions, 2 with results"
    assert "95th percentile" in lines[1]
