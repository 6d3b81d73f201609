"""Working by the keyboard alone, as people do who look at a page before they go on."""

from playwright.sync_api import Page


def strike(page: Page, key: str) -> None:
    """Press ``key`` once the page listens: its words stand there before its scripts do, and an early key is lost."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)
