"""Compound files (MS-CFB, version 3) as small as they can be, to make mails as Outlook saves them."""

import struct
from collections.abc import Mapping
from typing import Any

SECTOR = 512
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
Tree = Mapping[str, Any]


def directory(tree: Tree) -> tuple[list[list[Any]], list[bytes]]:
    """Entries as [name, kind, right, child, content]; what is in one storage is a chain to the right."""
    entries: list[list[Any]] = [["Root Entry", 5, FREE, FREE, b""]]

    def fill(at: int, inside: Tree) -> None:
        before = None
        for name, content in inside.items():
            own = len(entries)
            stream = isinstance(content, bytes)
            entries.append([name, 2 if stream else 1, FREE, FREE, content if stream else b""])
            if before is None:
                entries[at][3] = own
            else:
                entries[before][2] = own
            before = own
            if not stream:
                fill(own, content)

    fill(0, tree)
    return entries, [entry[4] for entry in entries]


class Sectors:
    """Data laid out in sectors of one size, with the chain of each stream."""

    def __init__(self, size: int) -> None:
        self.size, self.data, self.chains = size, b"", list[int]()

    def add(self, content: bytes) -> int:
        """The number of the first sector."""
        start, count = len(self.chains), -(-len(content) // self.size)
        self.data += content.ljust(count * self.size, b"\0")
        self.chains += [*range(start + 1, start + count), END] if count else []
        return start if count else END

    def table(self) -> bytes:
        return struct.pack(f"<{len(self.chains)}I", *self.chains)


def compound(tree: Tree) -> bytes:
    """A file with these storages (tables) and streams (bytes); streams below 4,096 bytes lie in the small sectors."""
    entries, contents = directory(tree)
    large, small = Sectors(SECTOR), Sectors(64)
    starts = [(small if len(content) < 4096 else large).add(content) for content in contents]
    contents[0], starts[0] = small.data, large.add(small.data)
    listed = b""
    for (name, kind, right, child, _), content, start in zip(entries, contents, starts, strict=True):
        wide = name.encode("utf-16-le") + b"\0\0"
        listed += wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, FREE, right, child)
        listed += bytes(36) + struct.pack("<IQ", start, len(content))
    first = large.add(listed.ljust(-(-len(listed) // SECTOR) * SECTOR, b"\0"))
    small_table = large.add(small.table())
    tables = len(large.chains) // 127 + 1
    places = [len(large.chains) + at for at in range(tables)]
    large.chains += [0xFFFFFFFD] * tables
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    small_count = -(-len(small.table()) // SECTOR)
    head += struct.pack("<IIIIIIIII", 0, tables, first, 0, 4096, small_table, small_count, END, 0)
    head += struct.pack("<109I", *places, *[FREE] * (109 - tables))
    return head + large.data + large.table().ljust(tables * SECTOR, b"\xff")
