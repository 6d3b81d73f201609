"""The build of the front end: what the browser gets, and how little of it."""

import re
import subprocess
from pathlib import Path

import brotli
import pytest

from tests.ui.site import UI

FRONT_END = UI / "frontend"

# Bytes over the wire. The queue may weigh 60 kB with its page, a page of the portal as much.
BUDGET = {
    "desk.css": 15_600,
    "desk.js": 22_000,
    "writing.js": 3_000,
    # On the pages on which somebody writes to a citizen alone.
    "composer.css": 1_600,
    "composer.js": 1_150,
    # Loaded on the page of a case alone.
    "reply_phrases.js": 1_500,
    # Loaded after the page, or on the page «Mis avisos» alone.
    "alarm.js": 850,
    "alerts.js": 600,
    "push_worker.js": 250,
    # Beside the form of attention alone.
    "guide.css": 800,
    "guide.js": 600,
    "phone.css": 600,
    "phone.js": 250,
    # Where an attention begins alone.
    "unfinished.js": 1_000,
    "portal.css": 15_000,
    "portal.js": 2_650,
    "icons.svg": 10_700,
    "danger.js": 500,
    # Loaded after the page is usable.
    "app.js": 150,
    "app_worker.js": 6_500,
    "olive-branch.svg": 5_500,
    "seal.svg": 600,
    "wall.css": 7_500,
    "wall.js": 1_250,
    # Kiosk, waiting-room screen, one's own turn; and turns at the desk.
    "turns.css": 6_200,
    "turns.js": 1_500,
    "counter.css": 1_000,
}
PAGE = 12_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The front end, built into a folder of this test."""
    folder = tmp_path_factory.mktemp("built")
    command = ["npm", "run", "build", "--silent", "--", str(folder)]
    subprocess.run(command, cwd=FRONT_END, check=True, capture_output=True, timeout=120)
    return folder


def weight(path: Path) -> int:
    """Return the bytes that travel."""
    return len(brotli.compress(path.read_bytes()))


class TestBuild:
    @pytest.mark.parametrize("name", BUDGET)
    def test_stays_under_its_budget(self, built: Path, name: str) -> None:
        assert weight(built / name) <= BUDGET[name]

    @pytest.mark.parametrize(
        "names",
        [
            ("desk.css", "desk.js", "alarm.js", "icons.svg", "seal.svg"),
            ("portal.css", "portal.js", "icons.svg", "seal.svg", "olive-branch.svg"),
        ],
    )
    def test_leaves_a_page_under_60_kb(self, built: Path, names: tuple[str, ...]) -> None:
        assert PAGE + sum(weight(built / name) for name in names) <= 60_000

    @pytest.mark.parametrize("face", ["portal", "desk"])
    def test_names_every_file_beside_it(self, built: Path, face: str) -> None:
        addresses = re.findall(r"url\(([^)]+)\)", (built / f"{face}.css").read_text())
        files = [address.strip("\"'") for address in addresses if not address.strip("\"'").startswith("data:")]
        assert files
        assert all((built / file).is_file() for file in files)

    @pytest.mark.parametrize("face", ["portal", "desk"])
    def test_makes_the_button_of_an_emergency_red(self, built: Path, face: str) -> None:
        css = (built / f"{face}.css").read_text()
        assert css.index(".btn-critico{background:var(--critico)") > css.index("@layer daisyui")

    def test_brings_no_component_of_daisyui_that_no_one_uses(self, built: Path) -> None:
        for name in ("modal", "navbar", "carousel", "timeline", "steps"):
            assert f".{name}{{" not in (built / "desk.css").read_text()

    def test_says_colours_once(self) -> None:
        for path in (FRONT_END / "css").rglob("*.css"):
            if path.name != "tokens.css":
                assert re.search(r"oklch\(|#[0-9a-f]{3,8}\b|rgba?\(", path.read_text()) is None, path.name

    def test_locks_what_it_needs_without_saying_where_it_came_from(self) -> None:
        assert '"resolved"' not in (FRONT_END / "package-lock.json").read_text()
