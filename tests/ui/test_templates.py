"""What holds for every template of the product."""

import re
from pathlib import Path

import pytest

from tests.ui.site import UI

PRODUCT = UI.parent
TEMPLATES = sorted(path for path in PRODUCT.glob("*/jinja2/**/*.html"))
ICONS = set(re.findall(r'<symbol id="i-([\w-]+)"', (UI / "frontend" / "art" / "icons.svg").read_text()))
BUILT = UI / "static" / "cercana"

FORBIDDEN = {
    "a style": r"<style|\sstyle=",
    "a script in the page": r"<script(?![^>]*\s(?:src=|type=\"application/json\"))",
    "a handler": r"\son[a-z]+\s*=|hx-on|['\"]js:|javascript:",
    "a colour": r"#[0-9a-fA-F]{3,8}\b(?<!#\d{3})|oklch\(|rgba?\(",
    "another site": r"(?:src|href)=\"(?:https?:)?//",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PRODUCT).as_posix())
class TestTemplate:
    @pytest.mark.parametrize("what", FORBIDDEN)
    def test_holds_nothing_that_the_content_policy_or_the_theme_forbids(self, path: Path, what: str) -> None:
        found = re.search(FORBIDDEN[what], path.read_text())
        assert found is None, f"{path.name} has {what}"

    def test_names_only_icons_that_exist(self, path: Path) -> None:
        for name, style in re.findall(r'\bicon\("([\w-]+)"(?:,\s*(filled|bold)=true)?', path.read_text()):
            assert f"{name}{ {'filled': '-f', 'bold': '-b'}.get(style, '') }" in ICONS

    def test_asks_only_for_files_that_the_build_makes(self, path: Path) -> None:
        made = {f"cercana/{each.relative_to(BUILT).as_posix()}" for each in BUILT.rglob("*.*")}
        assert set(re.findall(r'static\("(cercana/[^"]+)"\)', path.read_text())) <= made
