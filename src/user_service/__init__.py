"""The User Service: the mini-project of section 1.5, run by `python -m user_service`.

A request goes through `routes`, `users`, `cache` and `database`, in this order. `settings`,
`models`, `entries`, `errors`, `connections`, `schema`, `health` and `app` stand beside that way.
"""
