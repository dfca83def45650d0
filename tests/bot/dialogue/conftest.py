"""Rooms for the dialogue's tests: the shipped hearing, with a caseworker and a lead."""

from __future__ import annotations

import pytest

from knowledge.hearings.load import definition
from storage.events import Role
from tests.bot.dialogue.talking import Chat, Room


@pytest.fixture
def room() -> Room:
    """A case on the shipped hearing that nobody has joined."""
    return Room(definition("ankestyrelsen-konsulenter-2020"))


@pytest.fixture
def mette(room: Room) -> Chat:
    """The caseworker."""
    return room.join("Mette")


@pytest.fixture
def jens(room: Room, mette: Chat) -> Chat:
    """The team lead of Mette's case."""
    return room.join("Jens", Role.TEAM_LEAD)
