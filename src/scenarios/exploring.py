"""Every order of the steps there is, merged into a graph of states."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.player import Event, Moment, Player

MOST_ORDERS = 2000
State = dict[str, Any]


@dataclass
class Node:
    """A state, and what comes of each step that can follow.

    Attributes:
        state: what can be seen from outside.
        following: by party, the events of its step and the node after it.
    """

    state: State
    following: dict[str, tuple[tuple[Event, ...], "Node"]] = field(default_factory=dict)


class TooManyOrders(RuntimeError):
    """The scenario branches too often to be recorded whole."""


async def explore(player: Player) -> Node:
    """Play every order of the steps, each from the beginning, and return the tree of them."""
    first = await player.begin()
    tree = Node(first.state)
    waiting: list[tuple[str, ...]] = [(name,) for name in first.ready]
    for _ in range(MOST_ORDERS):
        if not waiting:
            return tree
        waiting += await follow(player, tree, waiting.pop())
    raise TooManyOrders(f"{player.scenario.name} has more than {MOST_ORDERS} orders")


async def follow(player: Player, tree: Node, order: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Play the steps of `order`, go on to an end, and return the orders that branch off."""
    moment, node = await player.begin(), tree
    taken: tuple[str, ...] = ()
    branches = []
    while moment.ready:
        name, *others = order[len(taken) :][:1] or moment.ready
        branches += [(*taken, other) for other in others]
        moment = await player.step(name)
        node = note(node, name, moment)
        taken = (*taken, name)
    return branches


def note(node: Node, name: str, moment: Moment) -> Node:
    """Add a step to the tree and return where it leads.

    Raises:
        RuntimeError: the same steps gave something else before.
    """
    events, after = node.following.setdefault(name, (moment.events, Node(moment.state)))
    if events != moment.events or after.state != moment.state:
        raise RuntimeError(f"not the same twice: {moment.events}, {moment.state}; {events}")
    return after


def merged(tree: Node) -> list[dict[str, Any]]:
    """Return the graph: each state once, where state and all that can follow are the same.

    A state's `next` holds, by party, the number of the state after its step and the events of it.
    The first state is number 0.
    """
    numbers: dict[str, int] = {}
    states: list[dict[str, Any]] = []

    def number(node: Node) -> int:
        following = {
            name: [number(after), [list(event) for event in events]]
            for name, (events, after) in sorted(node.following.items())
        }
        state = {**node.state, "next": following}
        key = json.dumps(state, sort_keys=True)
        if key not in numbers:
            numbers[key] = len(states)
            states.append(state)
        return numbers[key]

    number(tree)
    return renumbered(states)


def renumbered(states: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turn the numbers around: merging numbers a state after those that follow it."""
    last = len(states) - 1
    return [
        {**state, "next": {name: moved(step, last) for name, step in state["next"].items()}}
        for state in reversed(states)
    ]


def moved(step: list[Any], last: int) -> list[Any]:
    """Return a step that leads to the same state under its new number."""
    return [last - step[0], *step[1:]]


def orders(states: list[Mapping[str, Any]]) -> int:
    """Return how many orders of the steps the graph holds."""
    count = [0] * len(states)
    for number in reversed(range(len(states))):  # a state stands before those that follow it
        following = states[number]["next"].values()
        count[number] = sum(count[step[0]] for step in following) or 1
    return count[0]
