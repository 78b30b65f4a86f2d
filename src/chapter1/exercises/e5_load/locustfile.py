"""Locust users who read one user each, at most twice a second: see the page "Exercises"."""

from uuid import uuid4

from locust import HttpUser, constant_throughput, task


class Reader(HttpUser):
    """Signs up, then reads its own profile again and again."""

    # Twice a second, or less often if an answer takes longer than half a second. Without this
    # line the user asks again as soon as it is answered.
    wait_time = constant_throughput(2)

    def on_start(self) -> None:
        """Sign up, under a name that nobody has."""
        name = f"reader-{uuid4().hex[:12]}"
        new = {"username": name, "email": f"{name}@example.com"}
        self.path = f"/users/{self.client.post('/users', json=new).json()['id']}"

    @task
    def read(self) -> None:
        """Read the profile; all of them stand in one row of the report."""
        self.client.get(self.path, name="/users/{id}")
