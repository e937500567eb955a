"""Random histories of a folder of documents: files come, change, move and go, whole or a line at a time."""

import json
import random
from pathlib import Path

WORDS = {
    "en": ["harbour", "harbours", "Harbour", "ferry", "the", "storm", "gull", "rope", "Anchor", "café"],
    "de": ["Hafen", "Häfen", "Fähre", "der", "Sturm", "Möwe", "Hafenmauer", "Turm", "Straße", "Strasse"],
    "zh": ["港口", "渡轮", "灯塔", "風暴", "风暴", "海鸥", "的", "重庆", "银行", "码头"],
    "th": ["ท่าเรือ", "เรือข้ามฟาก", "ประภาคาร", "พายุ", "นกนางนวล", "น้ำ"],
    "hi": ["बंदरगाह", "नाव", "लालटेन", "तूफान", "लड़के", "लड़का"],
}
QUERIES = [
    *("harbour", "harbor", "Häfen", "hafen", "cafe", "café", "港口", "風暴", "chongqing", "yinhang", "น้ำ"),
    *("ท่าเรือ พายุ", "लड़का", '"the storm"', '"港口渡轮"', "gull -storm", "har*", "harbur~", "harbur", "*"),
    *("storm OR sturm", "lang:de der", "title:storm", "tag:old", "anchor rope tide gull", "mauer", "银航"),
]
TYPED = ["har", "ha", "st", "港", "cho", "น", "sto", "the", "l"]
DATES = [None, "2023-05-01", "2024-01-31", "2024-02-01"]


class Folder:
    """A folder that changes at random."""

    def __init__(self, root: Path, rng: random.Random) -> None:
        self.root = root
        self._rng = rng
        root.mkdir(parents=True)
        for _ in range(rng.randrange(1, 8)):
            self.add()

    def edit(self) -> None:
        """Change something, or nothing."""
        edits = [self.add, self.add, self.change, self.rename, self.copy, self.touch, self.shuffle, self.ruin]
        self._rng.choice([*edits, self.delete, self.fold])()

    def add(self) -> None:
        """Another file."""
        folder = self._rng.choice(["", "a/", "b/", "b/c/"])
        kind = self._rng.choice(["txt", "txt", "md", "html", "jsonl", "jsonl"])
        path = self.root / f"{folder}{self._rng.randrange(40)}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "jsonl":
            self._write_rows(path, [self._row() for _ in range(self._rng.randrange(1, 7))])
        elif kind == "html":
            path.write_text(f"<title>{self._text(2)}</title><p>{self._text(9)}</p>", encoding="utf-8")
        else:
            path.write_text(f"{self._text(2)}\n\n{self._text(12)}", encoding="utf-8")

    def change(self) -> None:
        """Another text, or another line."""
        path = self._some()
        if path is None:
            return
        if path.suffix != ".jsonl":
            path.write_text(path.read_text(encoding="utf-8") + " " + self._text(3), encoding="utf-8")
            return
        rows = path.read_text(encoding="utf-8").splitlines()
        place = self._rng.randrange(len(rows) + 1)
        if self._rng.random() < 0.5:
            rows.insert(place, self._row())
        else:
            rows[place : place + 1] = [self._row()] if self._rng.random() < 0.5 else []
        self._write_rows(path, rows)

    def shuffle(self) -> None:
        """The same lines in another order."""
        path = self._some(".jsonl")
        if path is not None:
            rows = path.read_text(encoding="utf-8").splitlines()
            self._rng.shuffle(rows)
            self._write_rows(path, rows)

    def rename(self) -> None:
        """The same content by another name."""
        path = self._some()
        if path is not None:
            path.rename(path.with_name(f"r{self._rng.randrange(40)}{path.suffix}"))

    def copy(self) -> None:
        """The same content twice."""
        path = self._some()
        if path is not None:
            path.with_name(f"c{self._rng.randrange(40)}{path.suffix}").write_bytes(path.read_bytes())

    def touch(self) -> None:
        """The same content, written again."""
        path = self._some()
        if path is not None:
            path.write_bytes(path.read_bytes())

    def ruin(self) -> None:
        """What is no document any more."""
        path = self._some()
        if path is not None:
            path.write_bytes(self._rng.choice([b"", b" \n", b'{"id": "1", "text":\n']))

    def delete(self) -> None:
        """One file less."""
        path = self._some()
        if path is not None:
            path.unlink()

    def fold(self) -> None:
        """A folder by another name."""
        source, target = self.root / "b", self.root / f"d{self._rng.randrange(9)}"
        if source.is_dir() and not target.exists():
            source.rename(target)

    def _some(self, suffix: str = "") -> Path | None:
        paths = sorted(path for path in self.root.rglob(f"*{suffix}") if path.is_file())
        return self._rng.choice(paths) if paths else None

    def _row(self) -> str:
        rng = self._rng
        row = {"id": rng.choice([None, "", 7, "x", "y", "é", str(rng.randrange(9))]), "text": self._text(8)}
        row |= {"title": self._text(2)} if rng.random() < 0.7 else {}
        row |= {"language": rng.choice(list(WORDS))} if rng.random() < 0.3 else {}
        row |= {"date": rng.choice(DATES), "tags": rng.sample(["old", "new", "wet"], rng.randrange(3))}
        written = json.dumps(row, ensure_ascii=rng.random() < 0.2)
        return written[: rng.randrange(len(written))] if rng.random() < 0.06 else written

    def _write_rows(self, path: Path, rows: list[str]) -> None:
        path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")

    def _text(self, length: int) -> str:
        language = self._rng.choice(list(WORDS))
        words = self._rng.choices(WORDS[language], k=self._rng.randrange(1, length + 1))
        joined = ("" if language in ("zh", "th") else " ").join(words)
        return joined + self._rng.choice(["", "", ".", " storm", " 2024"])
