"""What is asked of Superset's REST API."""

import requests

from tools.environments import ToolError


class Client:
    """A session of the administrator. Each method raises ToolError with what Superset answered."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self.session = requests.Session()
        login = {"username": user, "password": password, "provider": "db", "refresh": False}
        token = self._ask("post", "security/login", json=login)["access_token"]
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.headers["X-CSRFToken"] = self._ask("get", "security/csrf_token/")["result"]
        self.session.headers["Referer"] = url

    def put_assets(self, bundle: bytes) -> None:
        """Creates what the zip file describes; what is there under the same uuid is overwritten."""
        self._ask("post", "assets/import/", files={"bundle": ("assets.zip", bundle, "application/zip")})

    def charts_of(self, dashboard: str) -> dict[str, int]:
        """Identifiers of the charts on a dashboard (its slug), by title."""
        return {chart["slice_name"]: chart["id"] for chart in self._ask("get", f"dashboard/{dashboard}/charts")["result"]}

    def data_of(self, chart: int) -> list[dict]:
        """The rows that a chart shows without filters, from the chart data endpoint."""
        return self._ask("get", f"chart/{chart}/data/")["result"][0]["data"]

    def count(self, kind: str) -> int:
        """Number of things of a kind: database, dataset, chart, dashboard."""
        return self._ask("get", f"{kind}/")["count"]

    def _ask(self, method: str, path: str, **arguments: object) -> dict:
        try:
            answer = self.session.request(method, f"{self.url}/api/v1/{path}", timeout=120, **arguments)
        except requests.RequestException as error:
            raise ToolError(f"Superset does not answer at {self.url}: {error}") from None
        if answer.status_code == 401 and path == "security/login":
            raise ToolError("Superset does not accept the generated password: remove the folder .superset to start anew")
        if not answer.ok:
            raise ToolError(f"Superset refused {path} ({answer.status_code}): {answer.text[:500]}")
        return answer.json()
