"""Compound files (MS-CFB, version 3) as small as they can be, to make mails as Outlook saves them."""

import struct
from collections.abc import Mapping
from typing import Any

SECTOR = 512
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
Tree = Mapping[str, Any]


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % SECTOR)


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


def compound(tree: Tree) -> bytes:
    """A file with these storages (tables) and streams (bytes); all streams lie in sectors of their own."""
    entries, contents = directory(tree)
    chains: list[int] = []  # the next sector of each sector
    starts = []
    for content in contents:
        count = len(padded(content)) // SECTOR
        starts.append(len(chains) if count else END)
        chains += [*range(len(chains) + 1, len(chains) + count), END] if count else []
    listed = b""
    for (name, kind, right, child, content), start in zip(entries, starts, strict=True):
        wide = name.encode("utf-16-le") + b"\0\0"
        listed += wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, FREE, right, child)
        listed += bytes(36) + struct.pack("<IQ", start, len(content))
    listed = padded(listed)
    first, count = len(chains), len(listed) // SECTOR
    chains += [*range(first + 1, first + count), END]
    tables = (len(chains) + 127) // 127 + 1
    chains += [0xFFFFFFFD] * tables
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, first, 0, 0, END, 0, END, 0)
    places = [len(chains) - tables + at for at in range(tables)]
    head += struct.pack("<109I", *places, *[FREE] * (109 - tables))
    return head + b"".join(map(padded, contents)) + listed + fat
