"""Scenarios: what two parties do to each other on real servers, as data.

A scenario is a TOML file: the parties, their steps, the places where a party can be held, and the
facts expected of some orders. `player` runs one order of the steps on PostgreSQL and Valkey,
`exploring` runs every order there is and merges what happened into a graph of states. Figures
show recordings of these graphs; `python -m scenarios` renews them, a test runs them again.

Beside them stand programs whose times a figure shows (`lanes`, `workers`), and what else is
recorded: `stream`, `crash`, `plans`. Each has `PLACE`, `record` and `facts`; `keeping` writes its
recording anew when the facts have changed.
"""
