"""The questions that are asked: what people asked about other texts than those that are searched.

XQuAD's questions were written about Wikipedia paragraphs, and none of its words was picked
from the documents here. Each language gets other questions than its neighbours, since XQuAD asks
the same ones in every language.
"""

import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpus import LANGUAGES
from benchmarks.protocol import Question, Questions
from indexer import cut

#: Questions of each language that are measured, and others that are asked before the clock runs.
MEASURED = 200
WARMING = 100


def write_questions(path: Path, data: Path) -> Questions:
    """Choose the questions, the languages by turns, and write them where every engine reads them."""
    rows: list[list[str]] = []
    for offset, language in enumerate(LANGUAGES):
        lines = (data / "xquad" / language / "queries.jsonl").read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
        wanted = MEASURED + WARMING
        rows.append([texts[(index * len(texts) // wanted + offset) % len(texts)] for index in range(wanted)])
    asked = [
        [_question(row[index], language) for row, language in zip(rows, LANGUAGES, strict=True)]
        for index in range(MEASURED + WARMING)
    ]
    # Every third question warms up, so that both halves are alike.
    warming = [question for index, turn in enumerate(asked) if index % 3 == 2 for question in turn]
    measured = [question for index, turn in enumerate(asked) if index % 3 != 2 for question in turn]
    path.parent.mkdir(parents=True, exist_ok=True)
    lists = {"warming": warming, "measured": measured}
    content = {name: [asdict(question) for question in questions] for name, questions in lists.items()}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return Questions(warming, measured)


def _question(text: str, language: str) -> Question:
    words = (term for run in cut.runs(text) for _, term in run.words)
    return Question(text, language, tuple(dict.fromkeys(words)))
