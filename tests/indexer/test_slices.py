"""Files of an index are read by slices: what is not there any more is said, and ends no process."""

import gc
import os
from pathlib import Path

import pytest

from indexer.errors import IndexUnavailable
from indexer.slices import SlicedFile

CONTENT = bytes(range(256)) * 64


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "gen-1" / "column"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


def test_a_slice_is_what_stands_there(path):
    file = SlicedFile(path)
    assert file.size == len(CONTENT)
    for start, length in [(0, 0), (0, 1), (7, 300), (len(CONTENT) - 2, 2), (len(CONTENT), 0)]:
        assert file.get(start, length) == CONTENT[start : start + length]


@pytest.mark.parametrize(
    ("start", "length"),
    [(-1, 1), (0, -1), (0, len(CONTENT) + 1), (len(CONTENT), 1), (1 << 70, 1), (5, 1 << 62)],
)
def test_what_is_not_in_the_file_is_said(path, start, length):
    """Numbers that a wrong bit makes: no memory is taken for them."""
    with pytest.raises(IndexUnavailable, match="damaged or half-written: see column") as caught:
        SlicedFile(path).get(start, length)
    assert "serai rebuild" in caught.value.hint


@pytest.mark.parametrize("left", [0, 1, 4_096, len(CONTENT) - 1])
def test_a_file_cut_short_while_it_is_open_is_said(path, left):
    file = SlicedFile(path)
    os.truncate(path, left)
    assert file.get(0, left) == CONTENT[:left]
    with pytest.raises(IndexUnavailable, match="see column"):
        file.get(0, len(CONTENT))
    with pytest.raises(IndexUnavailable, match="see column"):
        file.find(b"nowhere", 0, file.size)


def test_what_is_sought_is_found_across_pieces(tmp_path):
    path = tmp_path / "long"
    places = [0, 8_190, 8_191, 8_192, 24_570, 2_000_000, 2_999_995]
    for place in places:
        path.write_bytes(b"." * place + b"hive!" + b"." * (3_000_000 - place - 5))
        file = SlicedFile(path)
        assert file.find(b"hive!", 0, file.size) == place
        assert file.find(b"hive!", place, place + 5) == place
        assert file.find(b"hive!", place + 1, file.size) == -1
        assert file.find(b"hive!", 0, place + 4) == -1


def test_who_lets_go_of_a_file_closes_it(path):
    def held():
        return sum(os.path.realpath(link) == str(path) for link in Path("/proc/self/fd").iterdir())

    file = SlicedFile(path)
    assert held() == 1
    del file
    gc.collect()
    assert held() == 0
    file = SlicedFile(path)
    file.close()
    file.close()
    assert held() == 0
    with pytest.raises(IndexUnavailable):
        file.get(0, 1)
