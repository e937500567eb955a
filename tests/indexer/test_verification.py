"""`verify` finds what is wrong with an index, whatever it is."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import generations, manifest
from indexer.engines import ENGINES
from indexer.errors import IndexOutdated, IndexUnavailable
from indexer.rebuild import rebuild
from indexer.settings import Settings
from indexer.verification import verify

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(params=ENGINES)
def built(request, tmp_path):
    """The settings of an index of the seeds, and the folder of its generation."""
    settings = Settings(index=tmp_path / "index", engine=request.param, jobs=1)
    rebuild([SEEDS], settings)
    return settings, generations.current(settings.index)


def files(folder):
    return sorted(path for path in folder.iterdir() if path.name != manifest.NAME)


def test_a_sound_index_has_no_faults(built):
    settings, folder = built
    report = verify(settings)
    assert report.faults == ()
    assert (report.files, report.documents) == (len(files(folder)), 5)
    assert report.terms == 5 * 8


def test_a_flipped_bit_in_any_file_is_found(built):
    settings, folder = built
    for path in files(folder):
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1}:
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert verify(settings).faults == (f"{path.name} is damaged",)
        path.write_bytes(content)
    assert verify(settings).faults == ()


def test_a_truncated_file_is_found(built):
    settings, folder = built
    for path in files(folder):
        content = path.read_bytes()
        for length in {0, len(content) // 2, len(content) - 1}:
            path.write_bytes(content[:length])
            assert verify(settings).faults == (f"{path.name} is damaged",)
        path.write_bytes(content)


def damaged(content, draw):
    """A file with one thing wrong: a bit, a byte more or less, an end that is missing, a block of zeros."""
    place = draw.randrange(len(content))
    kinds = [
        content[:place] + bytes([content[place] ^ 1 << draw.randrange(8)]) + content[place + 1 :],
        content[:place] + content[place + 1 :],
        content[:place] + b"0" + content[place:],
        content[:place],
        content[:place] + bytes(4_096) + content[place + 4_096 :],
    ]
    return draw.choice(kinds)


def found(settings, name):
    """Whether the damage of a file is told, by its name."""
    try:
        return any(name in fault for fault in verify(settings).faults)
    except IndexUnavailable as error:
        return "serai rebuild" in error.hint


def test_damage_of_any_kind_in_any_file_is_found(built):
    settings, folder = built
    draw = random.Random(7)
    # Of the folder in which everything stands, and the file that names it.
    for path in [*folder.iterdir(), settings.index / generations.CURRENT] * 4:
        content = path.read_bytes()
        worse = damaged(content, draw)
        path.write_bytes(worse)
        assert worse == content or found(settings, path.name), (path.name, worse)
        path.write_bytes(content)
    assert verify(settings).faults == ()


def test_every_bit_of_the_record_counts(built):
    settings, folder = built
    path = folder / manifest.NAME
    content = path.read_bytes()
    draw = random.Random(7)
    for place in draw.sample(range(len(content)), 200):
        path.write_bytes(
            content[:place] + bytes([content[place] ^ 1 << draw.randrange(8)]) + content[place + 1 :]
        )
        with pytest.raises(IndexUnavailable):
            verify(settings)


def test_a_missing_file_is_found(built):
    settings, folder = built
    for path in files(folder):
        content = path.read_bytes()
        path.unlink()
        assert verify(settings).faults == (f"{path.name} is missing",)
        path.write_bytes(content)


def test_a_foreign_file_is_found(built):
    settings, folder = built
    (folder / "notes.txt").write_text("mine")
    assert verify(settings).faults == ("notes.txt is not of this index",)


def test_a_foreign_folder_is_found(built):
    settings, folder = built
    (folder / "notes").mkdir()
    assert verify(settings).faults == ("notes is not of this index",)


def test_a_document_too_few_is_found(built):
    settings, folder = built
    replace(manifest.read(folder), documents=6).write(folder)
    assert verify(settings).faults == ("5 documents are stored, and 6 were indexed",)


def test_a_word_that_no_longer_finds_its_document_is_found(built, monkeypatch):
    settings, _ = built
    from indexer import verification

    monkeypatch.setattr(verification, "analyzer_for", lambda tag: other(tag))
    faults = verify(settings).faults
    assert faults
    assert all("which stands in it" in fault for fault in faults)


def other(tag):
    """An analyzer that cuts texts as no analyzer did when the index was built."""
    from analyzers import analyzer_for

    return lambda text: analyzer_for(tag)(text[::-1])


def test_without_an_index_there_is_nothing_to_check(tmp_path):
    with pytest.raises(IndexUnavailable):
        verify(Settings(index=tmp_path))


def test_an_index_of_other_analyzers_is_not_compared(built):
    settings, folder = built
    record = manifest.read(folder)
    replace(record, analyzers={**record.analyzers, "th": "0"}).write(folder)
    with pytest.raises(IndexOutdated, match="th"):
        verify(settings)
