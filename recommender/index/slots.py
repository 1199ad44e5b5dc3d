"""Which slot of the file of vectors holds which id: the index's rows, in memory."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.index.port import Ids
from recommender.index.store import GONE, Rows

Slots = NDArray[np.int64]
_T = TypeVar("_T", bound=np.generic)

# Primary keys count up, so a plain array by id finds a slot fastest. Where ids are so sparse that
# it would be longer than this many entries a slot, a dictionary has to do.
_LONGEST_SHARE = 16
_LONGEST_ALWAYS = 1_000_000


class SlotTable:
    """Ids, digests and slots, each findable by the other; a change costs what it changes."""

    def __init__(self) -> None:
        self.used = 0
        """How many slots were ever used; those of replaced and removed vectors are dead."""
        self.alive = np.zeros(0, dtype=np.bool_)
        """By slot; its length is at least `used`."""
        self.ids = np.zeros(0, dtype=np.int64)
        """By slot, like `alive`; where a slot is dead, what it was."""
        self._live = 0
        self._digests = np.zeros(0, dtype=np.int64)
        self._by_id = np.zeros(0, dtype=np.int64)
        self._by_large_id: dict[int, int] = {}

    def __len__(self) -> int:
        """How many slots are alive."""
        return self._live

    def apply(self, rows: Rows, used: int) -> None:
        """Takes over rows, each id said once, after which `used` slots are used."""
        self.used = used
        self.alive = _grown(self.alive, used)
        self.ids = _grown(self.ids, used)
        self._digests = _grown(self._digests, used)
        before = self.slots_of(rows.ids)
        before = before[before != GONE]
        self.alive[before] = False
        now = rows.slots != GONE
        slots = rows.slots[now]
        self.ids[slots] = rows.ids[now]
        self._digests[slots] = rows.digests[now]
        self.alive[slots] = True
        self._note(rows.ids, rows.slots)
        self._live += len(slots) - len(before)

    def slots_of(self, ids: Ids) -> Slots:
        """The slot of each id, or `GONE`."""
        slots = np.full(len(ids), GONE, dtype=np.int64)
        small = (ids >= 0) & (ids < len(self._by_id))
        slots[small] = self._by_id[ids[small]]
        if self._by_large_id:
            large = np.flatnonzero(~small)
            slots[large] = [self._by_large_id.get(id, GONE) for id in ids[large].tolist()]
        return slots

    def digests_of(self, ids: Ids | None) -> dict[int, int]:
        slots = np.flatnonzero(self.alive) if ids is None else self.slots_of(ids)
        slots = slots[slots != GONE]
        return dict(zip(self.ids[slots].tolist(), self._digests[slots].tolist(), strict=True))

    def rows(self) -> Rows:
        """Every id that is alive."""
        slots = np.flatnonzero(self.alive)
        return Rows(self.ids[slots], slots, self._digests[slots])

    def _note(self, ids: Ids, slots: Slots) -> None:
        longest = max(_LONGEST_ALWAYS, _LONGEST_SHARE * self.used, len(self._by_id))
        small = (ids >= 0) & (ids < longest)
        needed = int(ids[small].max(initial=-1)) + 1
        if needed > len(self._by_id):
            self._by_id = _grown(self._by_id, needed, GONE)
            # Some ids that were too large before are not any more.
            for id in [id for id in self._by_large_id if 0 <= id < len(self._by_id)]:
                self._by_id[id] = self._by_large_id.pop(id)
        self._by_id[ids[small]] = slots[small]
        for id, slot in zip(ids[~small].tolist(), slots[~small].tolist(), strict=True):
            if slot == GONE:
                self._by_large_id.pop(id, None)
            else:
                self._by_large_id[id] = slot


def _grown(array: NDArray[_T], length: int, fill: int = 0) -> NDArray[_T]:
    """The array, made a half longer than it must be where it is too short."""
    if len(array) >= length:
        return array
    longer = np.full(length + length // 2, fill, dtype=array.dtype)
    longer[: len(array)] = array
    return longer
