"""Columns of numbers: as narrow as the largest allows, and read by Whoosh's reader and by ours alike."""

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh.columns import NumberColumn, numbers_in, write_numbers


@pytest.mark.parametrize(
    ("numbers", "width"),
    [
        pytest.param([0, 0, 0], 1, id="nothing"),
        pytest.param([3, 0, 255], 1, id="a byte"),
        pytest.param([256, 0, 1], 2, id="two bytes"),
        pytest.param([(1 << 16) - 1, 1 << 16], 4, id="four bytes"),
        pytest.param([1 << 32, 7], 8, id="eight bytes"),
        pytest.param([], 0, id="no document"),
    ],
)
def test_numbers_take_as_many_bytes_as_the_largest_needs(tmp_path, numbers, width):
    storage = FileStorage(str(tmp_path))
    halves = np.split(np.array(numbers, np.int64), [len(numbers) // 2])
    write_numbers(storage.create_file("column"), halves)
    length = storage.file_length("column")
    assert length == width * len(numbers)
    with storage.open_file("column") as file:
        reader = NumberColumn().reader(file, 0, length, len(numbers))
        assert list(reader) == numbers
        assert numbers_in(reader, len(numbers)).tolist() == numbers
