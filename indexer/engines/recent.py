"""A mapping that keeps what was used last, within a budget of memory."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Remembers values up to ``budget`` bytes in all; safe to use from several threads.

    No kept library's cache counts bytes without asking the value for its size at every look.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._used = 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """The value of a key, if it is still remembered."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Remember a value of this many bytes; what was used longest ago makes room."""
        if size > self._budget:
            return
        with self._lock:
            replaced = self._values.pop(key, None)
            self._used += size - (replaced[1] if replaced else 0)
            self._values[key] = value, size
            while self._used > self._budget:
                _, (_, freed) = self._values.popitem(last=False)
                self._used -= freed
