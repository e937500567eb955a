"""The language of a document: whole texts, short titles, mixed texts, and texts that do not tell."""

import json

import pytest

from analyzers.detection import UNDETERMINED, detected, detection, detections
from tests.analyzers.texts import random_texts
from tests.tree import ROOT

SEEDS = {
    "000_626ffce08d765c0f.txt": "th",
    "001_198679287b7c35b7.txt": "zh",
    "002_e0e9c0f0948ce5f1.txt": "hi",
    "003_841051a798ffaa10.txt": "en",
    "004_0445315181c0e30e.txt": "de",
}


@pytest.mark.parametrize(("name", "language"), SEEDS.items(), ids=SEEDS.values())
def test_seeds(name, language):
    text = (ROOT / "seeds" / name).read_text(encoding="utf-8")
    assert detected(text) == language
    title = next(line for line in text.splitlines() if len(line) > 40)
    assert detected(title) == language, title


def test_every_seed_is_in_the_table():
    assert {path.name for path in (ROOT / "seeds").iterdir()} == SEEDS.keys()


SHORT = [
    pytest.param("Zusammenarbeit mit Russland vertieft", "de", id="German"),
    pytest.param("Die Bindungen zwischen Russland und China", "de", id="German, two names"),
    pytest.param("Xi and Putin met in Moscow", "en", id="English"),
    pytest.param("Lavrov meets Wang Yi in Beijing", "en", id="English, three names"),
    pytest.param("La Chine et la Russie", "fr", id="French"),
    pytest.param("Çin ve Rusya arasında", "tr", id="Turkish"),
    pytest.param("Trung Quốc và Nga", "vi", id="Vietnamese"),
    pytest.param("Китай и Россия", "ru", id="Russian"),
    pytest.param("Китай і Росія", "uk", id="Ukrainian"),
    pytest.param("Кина и Русија", "sr", id="Serbian"),
    pytest.param("จีนและรัสเซีย", "th", id="Thai"),
    pytest.param("ປະເທດຈີນ", "lo", id="Lao"),
    pytest.param("ប្រទេសចិន", "km", id="Khmer"),
    pytest.param("တရုတ်နိုင်ငံ", "my", id="Burmese"),
    pytest.param("चीन और रूस", "hi", id="Hindi"),
    pytest.param("चीन आणि रशिया", "mr", id="Marathi"),
    pytest.param("الصين وروسيا", "ar", id="Arabic"),
    pytest.param("چین اور روس", "ur", id="Urdu"),
    pytest.param("סין ורוסיה", "he", id="Hebrew"),
    pytest.param("Κίνα και Ρωσία", "el", id="Greek"),
    pytest.param("中国和俄罗斯", "zh", id="Chinese"),
    pytest.param("中國與俄羅斯", "zh-Hant", id="Traditional Chinese"),
    pytest.param("普京", "zh", id="a Chinese name"),
    pytest.param("中国とロシア", "ja", id="Japanese, mostly Han"),
    pytest.param("スカイツリー", "ja", id="kana alone"),
    pytest.param("関西国際空港", "ja", id="Japanese without kana"),
    pytest.param("気候変動対策会議", "ja", id="another"),
    pytest.param("東京大学", "ja", id="characters that neither Chinese has together"),
    pytest.param("大阪城公園", "zh-Hant", id="kanji that tell nothing"),
    pytest.param("중국과 러시아", "ko", id="Korean"),
    pytest.param("大韓民國과 서울", "ko", id="Korean with Han"),
    pytest.param("தமிழ் മലയാളം தமிழ்", "ta", id="Tamil, a word of Malayalam"),
]

MIXED = [
    pytest.param("ประธานาธิบดี Putin เดินทางไป NATO", "th", id="Latin names in Thai"),
    pytest.param("普京与 NATO 的会议", "zh", id="Latin name in Chinese"),
    pytest.param("COVID-19疫情", "zh", id="a code in Chinese"),
    pytest.param("我用 iPhone 和 MacBook 写代码", "zh", id="brands in Chinese"),
    pytest.param("पुतिन ने NATO की बैठक में", "hi", id="Latin name in Hindi"),
    pytest.param("The word ปูติน is Thai for Putin and this is English", "en", id="Thai word in English"),
    pytest.param("Das Wort 普京 bedeutet Putin auf Chinesisch, dies ist Deutsch", "de", id="Han in German"),
    pytest.param(
        "ปูติน https://example.org/the/path/of/an/address @someone", "th", id="an address is no English"
    ),
    pytest.param("นายปูตินกล่าว pic.twitter.com/wrOWGabayr someone@example.org", "th", id="nor is a handle"),
    pytest.param("Der Text davor\nfor (i = 0; i < n; i++) { x[i] = f(y, &z); }", "de", id="code is none"),
]

UNKNOWN = [
    pytest.param("", id="nothing"),
    pytest.param(" \n\t", id="spaces"),
    pytest.param("2024-01-01 12:00", id="digits"),
    pytest.param("?! …", id="punctuation"),
    pytest.param("👍🇩🇪", id="emoji"),
    pytest.param("a", id="a letter"),
    pytest.param("ก", id="a letter of a script with one language"),
    pytest.param("ok", id="two letters"),
    pytest.param("Putin", id="a name"),
    pytest.param("NATO", id="an acronym"),
    pytest.param("https://example.com/the/path", id="an address"),
    pytest.param("someone@example.org", id="a mail address"),
    pytest.param("int main(void) { return 0; }", id="code"),
    pytest.param("\ud800\x00\ue000", id="no characters"),
    pytest.param("𐌰𐌱𐌲", id="a script without a language here"),
]


#: Prose in which most letters are those of names, which say nothing.
NAMES = [
    pytest.param(
        "Entre los físicos que trabajaron allí están Richard Feynman, Hans Bethe, Robert Oppenheimer, Edward "
        "Teller, John von Neumann y Frank Wright Jr.",
        "es",
        id="Spanish",
    ),
    pytest.param(
        "Toplantıya Manchester United, Newcastle Upon Tyne, West Bromwich Albion ve Sheffield Wednesday "
        "kulüplerinin başkanları katıldı.",
        "tr",
        id="Turkish",
    ),
    pytest.param(
        "ผลการแข่งขันครั้งที่สามเมื่อวานนี้ระหว่าง Manchester United, Newcastle United, West Bromwich Albion และ "
        "Sheffield Wednesday",
        "th",
        id="Thai, in fewer letters than the names",
    ),
    pytest.param(
        "Στη συνάντηση ήταν οι εκπρόσωποι των General Motors, Procter & Gamble, Johnson & Johnson και "
        "Goldman Sachs",
        "el",
        id="Greek",
    ),
    pytest.param(
        "Władze miasta New Orleans i stanu Louisiana podpisały umowę z Harvard Law School.", "pl", id="Polish"
    ),
    pytest.param("THE COUNCIL OF THE NORTHERN TOWNS HEREBY GIVES NOTICE", "en", id="capitals alone"),
    pytest.param(
        "Die Verordnung über das Meldewesen der Städte und Gemeinden", "de", id="German, which has nouns"
    ),
]


@pytest.mark.parametrize(("text", "language"), [*SHORT, *MIXED, *NAMES])
def test_texts_that_tell(text, language):
    assert detected(text) == language


@pytest.mark.parametrize("text", UNKNOWN)
def test_texts_that_do_not_tell(text):
    assert detected(text) == UNDETERMINED, detection(text)


@pytest.mark.parametrize("text", [row.values[0] for row in (*SHORT, *MIXED, *UNKNOWN)])
def test_confidence_is_a_share(text):
    language, confidence = detection(text)
    assert 0 <= confidence <= 1, (text, language, confidence)


def test_the_first_page_does_not_decide():
    """A letterhead in another language, before a long text: windows over the whole of it are judged."""
    letterhead = "Embassy of the Kingdom of Thailand, Office of Commercial Affairs and Culture. " * 6
    assert detected(letterhead + "ประธานาธิบดีปูตินของรัสเซียเดินทางไปกรุงเทพมหานคร " * 200) == "th"
    assert detected(letterhead + "俄罗斯总统普京和中国国家主席习近平举行会谈。" * 200) == "zh"


def test_a_long_text_is_judged_at_once():
    assert detected("Wort " * 400_000 + "{}" * 100_000) in {"de", "en", UNDETERMINED}


# ----- collections, where they are present; the floors are what was measured

#: The tag of a file where it differs from the language of its text, and why.
DECLARATIONS = {
    "dz": "bo",  # Dzongkha is written in Tibetan script, whose commoner language is answered
    "nb": "no",
    "nn": "no",
    "fr": None,  # the file holds a dialect of Lorraine, not French
    "sw": None,  # the file holds a neighbour of Swahili that CLD2 does not know
}


def test_declarations_of_human_rights(shared_data):
    wrong = {}
    paths = sorted((shared_data / "udhr").glob("*.txt"))
    for path in paths:
        tag = path.stem if path.stem == "zh-Hant" else path.stem.split("-")[0]
        expected = DECLARATIONS.get(path.stem, tag)
        found = detected(path.read_text(encoding="utf-8"))
        if expected and found != expected:
            wrong[path.stem] = found
    assert len(paths) > 70
    assert not wrong


#: Of 240 paragraphs and 1,190 questions each, how many at least are told.
FLOORS = {
    "ar": (240, 1185),
    "de": (238, 1150),
    "el": (238, 1175),
    "en": (240, 1185),
    "es": (235, 1095),
    "hi": (240, 1185),
    "ro": (237, 1120),
    "ru": (238, 1170),
    "th": (238, 1170),
    "tr": (238, 1160),
    "vi": (238, 1180),
    "zh": (240, 1180),
}


@pytest.mark.parametrize("language", FLOORS)
def test_paragraphs_and_questions(shared_data, language):
    told = []
    for name in ("docs.jsonl", "queries.jsonl"):
        lines = (shared_data / "xquad" / language / name).read_text(encoding="utf-8").splitlines()
        told.append(sum(detected(json.loads(line)["text"]) == language for line in lines))
    paragraphs, questions = FLOORS[language]
    assert told[0] >= paragraphs, f"{told[0]} paragraphs"
    assert told[1] >= questions, f"{told[1]} questions"


@pytest.mark.parametrize("size", [2, 7, 500])
def test_texts_that_are_judged_together_are_as_if_alone(size):
    every = [
        "",
        *random_texts(7, 500),
        *("if (x[1] == 2) {\n  y = $z; }\nEin Satz.\n" * count for count in (1, 9)),
    ]
    for start in range(0, len(every), size):
        batch = every[start : start + size]
        assert detections(batch) == [detection(text) for text in batch]
