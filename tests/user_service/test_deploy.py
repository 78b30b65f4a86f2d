"""The files for Kubernetes and PgBouncer fit their schemas and the service; nothing runs them."""

from configparser import ConfigParser
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml

from user_service.__main__ import GRACE
from user_service.app import create_app
from user_service.capacity import MAX_CONNECTIONS, RESERVED, connections
from user_service.settings import Settings

VERSION = "1.37"
KINDS = {"Job", "Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"}


@pytest.fixture
def manifests(root: Path) -> dict[str, Any]:
    text = (root / "src" / "user_service" / "deploy" / "kubernetes.yaml").read_text("utf-8")
    return {one["kind"]: one for one in yaml.safe_load_all(text)}


@pytest.fixture
def pod(manifests: dict[str, Any]) -> dict[str, Any]:
    spec: dict[str, Any] = manifests["Deployment"]["spec"]["template"]["spec"]
    return spec


@pytest.fixture
def settings(pod: dict[str, Any]) -> Settings:
    """What the service makes of the environment in the manifest."""
    given = {one["name"].lower(): one["value"] for one in pod["containers"][0]["env"]}
    assert set(given) <= set(Settings.model_fields)
    secret = {"database_url": "postgresql://db/users", "redis_url": "redis://cache/0"}
    return Settings.model_validate(secret | given)


def test_each_manifest_fits_its_schema(manifests: dict[str, Any]) -> None:
    assert set(manifests) == KINDS
    for one in manifests.values():
        kubernetes_validate.validate(one, VERSION, strict=True)


def test_the_schemas_would_refuse_a_misspelt_name(manifests: dict[str, Any]) -> None:
    manifests["Deployment"]["spec"]["template"]["spec"]["terminationGracePeriod"] = 40
    with pytest.raises(kubernetes_validate.ValidationError, match="terminationGracePeriod"):
        kubernetes_validate.validate(manifests["Deployment"], VERSION, strict=True)


def test_probes_ask_the_port_and_the_addresses_that_the_service_has(
    pod: dict[str, Any], settings: Settings
) -> None:
    (container,) = pod["containers"]
    (port,) = container["ports"]
    command = container["command"]
    assert command[command.index("--port") + 1] == str(port["containerPort"])
    addresses = create_app(settings).openapi()["paths"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = container[probe]["httpGet"]
        assert asked["port"] == port["name"]
        assert asked["path"] in addresses
    assert container["livenessProbe"]["httpGet"]["path"] == "/livez"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"


def test_draining_outlasts_readiness_and_ends_before_the_kill(
    pod: dict[str, Any], settings: Settings
) -> None:
    ready = pod["containers"][0]["readinessProbe"]
    noticed = ready["failureThreshold"] * (ready["periodSeconds"] + ready["timeoutSeconds"])
    assert settings.drain_seconds > 2 * noticed
    closing = settings.command_timeout
    assert pod["terminationGracePeriodSeconds"] > settings.drain_seconds + GRACE + closing


def test_as_many_pods_as_may_be_fit_into_the_connections(
    manifests: dict[str, Any], settings: Settings
) -> None:
    most = manifests["HorizontalPodAutoscaler"]["spec"]["maxReplicas"]
    busiest = connections(most, 1, settings.pool_size, deploying=True)
    assert busiest <= MAX_CONNECTIONS - RESERVED


def test_the_tables_are_made_by_the_job_and_by_nobody_else(
    manifests: dict[str, Any], settings: Settings
) -> None:
    (job,) = manifests["Job"]["spec"]["template"]["spec"]["containers"]
    assert job["command"][-1] == "--prepare"  # test_program.py shows what that does
    assert settings.migrate == "never"


def test_the_manifests_speak_of_one_another(manifests: dict[str, Any], pod: dict[str, Any]) -> None:
    name = manifests["Deployment"]["metadata"]["name"]
    labels = manifests["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert manifests["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == name
    assert manifests["Service"]["spec"]["selector"].items() <= labels.items()
    for kind in ("Deployment", "PodDisruptionBudget"):
        assert manifests[kind]["spec"]["selector"]["matchLabels"].items() <= labels.items()
    (service,) = manifests["Service"]["spec"]["ports"]
    assert service["targetPort"] == pod["containers"][0]["ports"][0]["name"]


def test_no_secret_stands_in_a_manifest(root: Path) -> None:
    text = (root / "src" / "user_service" / "deploy" / "kubernetes.yaml").read_text("utf-8")
    assert "://" not in text


def test_the_pooler_gives_away_what_the_database_has(root: Path) -> None:
    pooler = ConfigParser()
    pooler.read_string((root / "src/user_service/deploy/pgbouncer.ini").read_text("utf-8"))
    given = pooler["pgbouncer"]
    assert given["pool_mode"] == "transaction"
    assert int(given["max_prepared_statements"]) > 0  # asyncpg prepares each statement
    behind = len(pooler["databases"]) * int(given["default_pool_size"])
    assert behind <= MAX_CONNECTIONS - RESERVED
    in_front = connections(copies=13, workers=4, pool_size=10, deploying=True)
    assert int(given["max_client_conn"]) >= in_front  # the fleet that the page says fits
