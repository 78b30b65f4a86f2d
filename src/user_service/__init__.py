"""The User Service: the mini-project of section 1.5, run by `python -m user_service`.

A request goes through `routes`, `users`, `cache` and `database`, in this order. The other modules
stand beside that way; `fast_path`, `body_limit`, `idempotency`, `rate_limit`, `metrics`,
`tracing`, `cluster` and `replica` can each be deleted with the lines that name it.
"""
