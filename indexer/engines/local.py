"""What engines have in common that keep all of an index in its folder."""

from pathlib import Path


class Local:
    """There is nothing elsewhere to make ready, to count or to remove; see `indexer.engine.Engine`."""

    moves = True

    def begin(self, directory: Path) -> None:
        """Nothing to make ready."""

    def elsewhere(self, _directory: Path) -> int:
        """Nothing is kept elsewhere."""
        return 0

    def settle(self, home: Path, served: Path | None = None) -> None:
        """Nothing is kept elsewhere."""
