"""Makes an index of runs and, perhaps, of an earlier index: links segments, marks deletions, merges some.

What the runs bring is the last part. The policy says which segments become one with it; these are
merged with the runs themselves, so nothing is written only to be read again.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import rmtree

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engine import Earlier, ForEach
from indexer.engines.whoosh import layout
from indexer.engines.whoosh.kept import Kept
from indexer.engines.whoosh.order import write_order
from indexer.engines.whoosh.parts import Part
from indexer.engines.whoosh.policy import MergePolicy, Weight
from indexer.engines.whoosh.runs import Run
from indexer.engines.whoosh.storage import ReadStorage
from indexer.engines.whoosh.writer import INDEX_NAME, scratch, write_segment


def assembled(
    runs: Iterable[Run],
    directory: Path,
    earlier: Earlier | None,
    policy: MergePolicy,
    memory: int,
    for_each: ForEach,
) -> int:
    """Make an index of runs, behind what is left of an earlier one; how many documents it holds.

    ``memory``, in bytes, is about what each process may take for merging.
    """
    before = _segments(earlier.directory) if earlier else []
    added = [run for run in runs if run.documents]
    scratch(directory).mkdir(parents=True, exist_ok=True)
    gone = {one.encode("utf-8", "surrogatepass") for one in earlier.deleted} if earlier else set()
    gone.update(*(run.opened().terms(layout.ID) for run in added))
    for part in before:
        part.delete(gone)
    kept = [part for part in before if part.documents]
    weights = [Weight(part.size, part.segment.doc_count_all(), part.documents) for part in kept]
    if added:
        weights.append(_together(added))
    segments = []
    number = 1 + max((int(part.segment.segid) for part in before), default=-1)
    for start, stop, written in policy.groups(weights):
        parts: list[Part] = [*kept[start:stop], *(added if stop > len(kept) else [])]
        if written or stop > len(kept):
            segments.append(write_segment(parts, directory, number, memory, for_each))
            number += 1
        else:
            kept[start].bring(directory)
            segments.append(kept[start].segment)
    rmtree(scratch(directory))
    if earlier is not None and earlier.order is not None:
        write_order(earlier.order, segments, directory)
    # The table of contents comes last: from now on these segments are an index.
    TOC(layout.schema(), segments, 1).write(FileStorage(str(directory)), INDEX_NAME)
    return sum(segment.doc_count() for segment in segments)


def _segments(directory: Path) -> list[Kept]:
    """The segments of an index, in the order of their documents."""
    contents = TOC.read(ReadStorage(str(directory), readonly=True), INDEX_NAME, schema=layout.schema())
    return [Kept(directory, segment) for segment in contents.segments]


def _together(runs: Sequence[Run]) -> Weight:
    """What runs weigh as one segment. They are half as large again as it will be."""
    documents = sum(run.documents for run in runs)
    return Weight(sum(run.size for run in runs), documents, documents)
