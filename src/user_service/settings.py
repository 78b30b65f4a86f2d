"""What the service has to be told: read from environment variables, checked at start."""

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict


def _scheme(*allowed: str) -> AfterValidator:
    def check(url: SecretStr) -> SecretStr:
        if url.get_secret_value().partition("://")[0] not in allowed:
            raise ValueError(f"it begins with {allowed[0]}://")
        return url

    return AfterValidator(check)


PostgresUrl = Annotated[SecretStr, _scheme("postgresql", "postgres")]
RedisUrl = Annotated[SecretStr, _scheme("redis", "rediss", "unix")]
OF_A_NODE = re.compile(r"rediss?://[^/?]+(/0?)?(\?.*)?")


class Settings(BaseSettings):
    """The service's settings, each from the variable of its name.

    Attributes:
        database_url: where PostgreSQL is, with user and password.
        replica_url: where a replica of PostgreSQL is, to read lists from; none without it.
        redis_url: where Valkey or Redis is.
        redis_cluster: whether that is one node of a cluster, by which the others are found.
        migrate: `auto` brings the schema up to date at start, `never` checks it.
        pool_size: database connections at most, for one process.
        acquire_timeout: seconds to wait for a free database connection.
        command_timeout: seconds one SQL statement may take.
        start_timeout: seconds to wait for PostgreSQL at start.
        cache_size: cache connections at most, for one process.
        cache_timeout: seconds one question to the cache may take.
        cache_ttl: seconds a cached user lives at most.
        absent_ttl: seconds the cache remembers that there is no such user.
        lease_ttl: seconds a lease lives, and others wait for its holder.
        drain_seconds: seconds between SIGTERM and the end of listening.
        database_role: the role to work under, which cannot change tables; empty for none.
        rate_limit: requests/seconds allowed to one client, such as 100/60; empty for no limit.
        log_level: the least important messages that are written; info has a line a request.
        metrics: whether /metrics is answered, where prometheus-client is installed.
        otel_exporter_otlp_endpoint: where traces are sent; empty for nowhere.

    Raises:
        pydantic.ValidationError: a variable is missing or has no valid value.
    """

    # --8<-- [start:settings]
    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    database_url: PostgresUrl
    redis_url: RedisUrl
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
    database_role: str = Field(default="user_service", pattern=r"^[a-z_][a-z0-9_]{0,62}$|^$")
    rate_limit: str = Field(default="", pattern=r"^[1-9]\d{0,8}/[1-9]\d{0,8}$|^$")
    replica_url: PostgresUrl | None = None
    redis_cluster: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    metrics: bool = True
    otel_exporter_otlp_endpoint: str = Field(default="", pattern=r"^https?://|^$")

    @field_validator("redis_cluster")
    @classmethod
    def _has_one_database(cls, cluster: bool, others: ValidationInfo) -> bool:  # noqa: FBT001
        url = others.data.get("redis_url")
        if cluster and url and not OF_A_NODE.fullmatch(url.get_secret_value()):
            raise ValueError("a cluster has no socket, and database 0 only: see REDIS_URL")
        return cluster


def from_environment(**changes: Any) -> Settings:  # noqa: ANN401 — Pydantic checks them
    """Read the settings from the environment.

    Args:
        changes: settings by name that come before those of the environment.

    Raises:
        pydantic.ValidationError: a variable is missing or has no valid value.
    """
    return Settings(**changes)
