"""What the service has to be told: read from environment variables, checked at start."""

from typing import Annotated, Any, Literal

from pydantic import Field, PositiveFloat, PositiveInt, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

PostgresUrl = Annotated[str, StringConstraints(pattern=r"^postgres(ql)?://")]
RedisUrl = Annotated[str, StringConstraints(pattern=r"^(rediss?|unix)://")]


class Settings(BaseSettings):
    """The service's settings, each from the variable of its name.

    Attributes:
        database_url: where PostgreSQL is, with user and password.
        redis_url: where Valkey or Redis is.
        migrate: `auto` brings the schema up to date at start, `never` checks it.
        pool_size: database connections at most, for one process.
        acquire_timeout: seconds to wait for a free database connection.
        command_timeout: seconds one SQL statement may take.
        start_timeout: seconds to wait for PostgreSQL at start.
        cache_size: cache connections at most, for one process.
        cache_timeout: seconds one command to the cache may take.
        cache_ttl: seconds a cached user lives, give or take a tenth.
        absent_ttl: seconds the cache remembers that there is no such user.
        lease_ttl: seconds a lease lives, and others wait for its holder.
        drain_seconds: seconds between SIGTERM and the end of listening.

    Raises:
        pydantic.ValidationError: a variable is missing or has no valid value.
    """

    # --8<-- [start:settings]
    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    database_url: PostgresUrl = Field(repr=False)
    redis_url: RedisUrl = Field(repr=False)
    migrate: Literal["auto", "never"] = "auto"
    pool_size: PositiveInt = 10
    acquire_timeout: PositiveFloat = 1.0
    command_timeout: PositiveFloat = 2.0
    start_timeout: PositiveFloat = 10.0
    cache_size: PositiveInt = 32
    cache_timeout: PositiveFloat = 0.5
    cache_ttl: PositiveInt = 300
    absent_ttl: PositiveInt = 30
    lease_ttl: PositiveInt = 3
    drain_seconds: float = Field(default=0.0, ge=0)
    # --8<-- [end:settings]


def from_environment(**changes: Any) -> Settings:  # noqa: ANN401 — Pydantic checks them
    """Read the settings from the environment.

    Args:
        changes: settings by name that come before those of the environment.

    Raises:
        pydantic.ValidationError: a variable is missing or has no valid value.
    """
    return Settings(**changes)
