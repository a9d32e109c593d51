"""How much a packed file may hold: enough for any catalogue, too little for a bomb."""

MOST_BYTES = 64 * 1024 * 1024
"""Largest file that is unpacked; the sheets of the largest known forms have 2 MB."""
_MOST_RATIO = 400
"""Times that a file may be larger than packed: cells of a sheet repeat, but not for ever."""
_SMALL = 1024 * 1024


def most_unpacked(packed_bytes: int) -> int:
    """Return how many bytes may come out of so many packed ones."""
    return min(MOST_BYTES, max(_SMALL, _MOST_RATIO * packed_bytes))
