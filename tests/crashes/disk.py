"""A disk that forgets: from what was done to it, in order, to what is there after a power cut.

The rules are those of POSIX and no kinder: a file's bytes are safe from its `fsync` on, a name from the
`fsync` of its folder on, and nothing else is. Of all that is not safe a cut keeps what the dice say: names
in any order but each name's own, bytes whole, not at all, a beginning, or scattered pieces with holes.
Two kinder disks are played too: one that keeps names in order (ext4, xfs), and one that lost nothing but the
processes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from tests.crashes.log import Kind, Operation

SECTOR = 512
Mode: TypeAlias = Literal["nothing", "anything", "in order", "everything"]
MODES: tuple[Mode, ...] = ("nothing", "anything", "anything", "in order", "everything")


@dataclass(eq=False, slots=True)
class File:
    """One file: the bytes that are safe, and what was done to it since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        for one in self.pending:
            _apply(self.safe, one)
        self.pending.clear()


@dataclass(eq=False, slots=True)
class Change:
    """A name that comes (`node`) or goes (None) at `at`. A rename's going waits for its coming."""

    at: int
    folder: Folder
    name: str
    node: File | Folder | None
    after: Change | None = None
    safe: bool = False


@dataclass(eq=False, slots=True)
class Folder:
    names: dict[str, File | Folder] = field(default_factory=dict)
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            if change.after is not None and not change.after.safe:
                continue  # no file system loses a file by making its old name's end safe
            change.safe = True
            _name(self.names, change)
        self.pending = [change for change in self.pending if not change.safe]


class Disk:
    """Follows operations; `cut` writes what a power cut leaves."""

    def __init__(self, before: Path, root: Path, inodes: dict[str, int]) -> None:
        """What lies in `before` is safe; it was in `root`, where its files had these inode numbers."""
        self.top = Folder()
        self.now: dict[str, File | Folder] = {str(root): self.top}  # as processes see it
        self.files: dict[int, File] = {}
        self.at = 0
        self.synced = 0
        for path in sorted(before.rglob("*")):
            name = str(path.relative_to(before))
            node: File | Folder = Folder() if path.is_dir() else File(bytearray(path.read_bytes()))
            self._parent(f"{root}/{name}").names[path.name] = self.now[f"{root}/{name}"] = node
            if isinstance(node, File):
                self.files[inodes[name]] = node

    def _parent(self, path: str) -> Folder:
        folder = self.now[path.rpartition("/")[0]]
        assert isinstance(folder, Folder)
        return folder

    def follow(self, one: Operation) -> None:
        """Do what was done next."""
        self.at += 1
        if one.kind in (Kind.WRITE, Kind.TRUNCATE):
            self.files[one.file].pending.append(one)
        elif one.kind in (Kind.SYNC, Kind.SYNC_FOLDER, Kind.SYNC_ALL):
            self.synced = self.at
            self._sync(one)
        elif one.kind is not Kind.MARK:
            self._rename(one)

    def _sync(self, one: Operation) -> None:
        if one.kind is Kind.SYNC:
            self.files[one.file].sync()
        elif one.kind is Kind.SYNC_FOLDER:
            self.now[one.first].sync()
        else:
            for _ in range(2):  # a name's end may wait for its beginning in a folder that comes later
                for node in [*self.now.values(), *self.files.values()]:
                    node.sync()

    def _rename(self, one: Operation) -> None:
        if one.kind in (Kind.UNLINK, Kind.RMDIR):
            self.now.pop(one.first, None)
            self._change(one.first, None)
        elif one.kind in (Kind.CREATE, Kind.MKDIR):
            node: File | Folder = File() if one.kind is Kind.CREATE else Folder()
            if isinstance(node, File):
                self.files[one.file] = node
            self.now[one.first] = node
            self._change(one.first, node)
        else:
            target = one.data.decode()
            node = self.now[one.first]
            if isinstance(node, Folder):
                raise ValueError(f"{one.first} is a folder: its renames are not followed")
            self.now[target] = node
            comes = self._change(target, node)
            if one.kind is Kind.RENAME:
                del self.now[one.first]
                self._change(one.first, None, comes)

    def _change(self, path: str, node: File | Folder | None, after: Change | None = None) -> Change:
        folder = self._parent(path)
        change = Change(self.at, folder, path.rpartition("/")[2], node, after)
        folder.pending.append(change)
        return change

    def cut(self, target: Path, dice: random.Random, mode: Mode) -> None:
        """Write into `target` what is there when the power comes back."""
        kept = _kept(self._changes(), dice, mode, self.synced, self.at)
        bodies: dict[int, bytes] = {}

        def write(folder: Folder, path: Path) -> None:
            names = dict(folder.names)
            for change in folder.pending:
                if id(change) in kept:
                    _name(names, change)
            path.mkdir(exist_ok=True)
            for name, node in names.items():
                if isinstance(node, Folder):
                    write(node, path / name)
                else:
                    body = bodies.setdefault(id(node), _body(node, dice, mode))
                    (path / name).write_bytes(body)

        write(self.top, target)

    def _changes(self) -> list[Change]:
        folders = {id(node): node for node in self.now.values() if isinstance(node, Folder)}
        return sorted((one for node in folders.values() for one in node.pending), key=lambda one: one.at)


def _kept(changes: list[Change], dice: random.Random, mode: Mode, synced: int, end: int) -> set[int]:
    """Choose which changes of names outlive the cut."""
    if mode == "everything":
        return {id(change) for change in changes}
    if mode == "nothing":
        return set()
    if mode == "in order":  # any sync takes all earlier names with it
        last = dice.randint(synced, end)
        return {id(change) for change in changes if change.at <= last}
    kept: set[int] = set()
    stopped: set[tuple[int, str]] = set()  # of what happened to one name only a beginning is kept
    eager = dice.choice((0.2, 0.5, 0.9))
    for change in changes:
        waits = change.after is not None and not change.after.safe and id(change.after) not in kept
        place = id(change.folder), change.name
        if place in stopped or waits or dice.random() > eager:
            stopped.add(place)
        else:
            kept.add(id(change))
    return kept


def _body(file: File, dice: random.Random, mode: Mode) -> bytes:
    body = bytearray(file.safe)
    pending = file.pending
    how = {"nothing": "nothing", "everything": "whole"}.get(mode) or dice.choice(
        ("nothing", "whole", "beginning", "pieces")
    )
    if how == "beginning" and pending:
        count = dice.randrange(len(pending))
        torn = pending[count]
        size = dice.randrange(0, len(torn.data) + 1, SECTOR) if torn.data else 0
        torn = Operation(torn.kind, torn.file, torn.number, "", torn.data[:size])
        pending = [*pending[:count], *([torn] if torn.data else [])]
    if how == "pieces":
        pending = [piece for one in pending for piece in _pieces(one) if dice.random() < 0.7]
    if how != "nothing":
        for one in pending:
            _apply(body, one)
    return bytes(body)


def _pieces(one: Operation) -> list[Operation]:
    """Cut a write where the disk's sectors end, so that some of them can be lost."""
    if one.kind is not Kind.WRITE:
        return [one]
    pieces, at = [], 0
    while at < len(one.data):
        size = SECTOR - (one.number + at) % SECTOR
        pieces.append(Operation(one.kind, one.file, one.number + at, "", one.data[at : at + size]))
        at += size
    return pieces


def _apply(body: bytearray, one: Operation) -> None:
    if one.kind is Kind.TRUNCATE:
        del body[one.number :]
    size = one.number + len(one.data)
    if len(body) < size:
        body.extend(bytes(size - len(body)))
    if one.data:
        body[one.number : size] = one.data


def _name(names: dict[str, File | Folder], change: Change) -> None:
    if change.node is None:
        names.pop(change.name, None)
    else:
        names[change.name] = change.node
