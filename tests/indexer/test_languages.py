"""Which languages the words of a query are taken to be in."""

import pytest

from analyzers import Tier
from indexer.document import Document
from indexer.languages import Languages, within
from indexer.schema import Field, Zone
from indexer.termquery import Term


@pytest.fixture
def languages(searcher_over):
    def over(counts, chosen=None):
        documents = [
            Document(f"{language}{number}", "", text, "x", language)
            for language, texts in counts.items()
            for number, text in enumerate(texts)
        ]
        return Languages(searcher_over(*documents), chosen)

    return over


FIVE = {
    "de": ["der Hund bellt", "die Katze und der Hund", "das alte Haus", "am Ende der Straße", "Radio"],
    "en": ["the dog barks", "the cat and the dog", "an old house", "end of the road", "radio"],
    "th": ["หมาเห่า", "แมวกับหมา", "บ้านเก่า", "สุดถนน", "radio"],
}


def likeliest(spread):
    return max(spread, key=lambda pair: pair[1])[0]


def test_shares_make_a_distribution(languages):
    for spread in languages(FIVE).of_words(["der", "hund", "radio", "หมา", "zzz"]).values():
        assert sum(share for _, share in spread) == pytest.approx(1)
        assert all(share > 0 for _, share in spread)


def test_little_words_tell_the_language(languages):
    spreads = languages(FIVE).of_words(["der", "radio"])
    assert likeliest(spreads["radio"]) == "de"
    assert likeliest(languages(FIVE).of_words(["the", "radio"])["radio"]) == "en"


def test_a_name_alone_is_of_every_language_that_writes_it(languages):
    spread = dict(languages(FIVE).of_words(["radio"])["radio"])
    assert spread.keys() == {"de", "en", "th"}
    assert max(spread.values()) - min(spread.values()) < 0.01


def test_words_of_one_script_share_a_distribution_and_others_do_not(languages):
    spreads = languages(FIVE).of_words(["dog", "radio", "หมา"])
    assert spreads["dog"] == spreads["radio"]
    assert [language for language, _ in spreads["หมา"]] == ["th"]


def test_a_word_that_no_document_holds_says_nothing(languages):
    assert languages(FIVE).of_words(["the", "zzz"])["the"] == languages(FIVE).of_words(["the"])["the"]
    flat = dict(languages(FIVE).of_words(["zzz"])["zzz"])
    assert flat == pytest.approx(dict.fromkeys(["de", "en", "th"], 1 / 3))


def test_a_language_of_one_document_does_not_win_every_question(languages):
    many = {"en": [f"the dog number {n} barks at the gate" for n in range(40)], "nl": ["de dog gate"]}
    assert likeliest(languages(many).of_words(["dog", "gate"])["dog"]) == "en"


def test_a_name_is_in_the_language_of_the_words_of_other_scripts_around_it(languages):
    over = languages(FIVE)
    assert likeliest(over.of_words(["radio", "หมา"])["radio"]) == "th"
    assert dict(over.of_words(["radio"])["radio"])["th"] < 0.5
    # What stands in no document of that language is not taken to be in it.
    assert likeliest(over.of_words(["hund", "หมา"])["hund"]) == "de"


def test_the_readers_choice_settles_the_matter(languages):
    assert languages(FIVE, "th").of_words(["the"])["the"] == (("th", 1.0),)


def test_a_choice_that_the_index_does_not_hold_settles_nothing(languages):
    assert languages(FIVE, "sw").of_words(["the"]) == languages(FIVE).of_words(["the"])


def test_pieces_tell_too(languages):
    term = Term(Field(Zone.TEXT, Tier.CLUSTER), "ห")
    assert [language for language, _ in languages(FIVE).of_units([term])] == ["th"]


def test_an_empty_index_has_no_languages(languages):
    assert languages({}).of_words(["a"]) == {"a": ()}
    assert languages({}).of_units([]) == ()


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("zh", ("zh", "zh-Hant", "zh-Hant-TW")),
        ("zh-Hant", ("zh-Hant", "zh-Hant-TW")),
        ("z", ()),
        ("en", ("en",)),
        ("", ()),
    ],
)
def test_a_tag_stands_for_itself_and_what_is_more_specific(tag, found):
    assert within(tag, ["en", "zh", "zh-Hant", "zh-Hant-TW", "zho"]) == found
