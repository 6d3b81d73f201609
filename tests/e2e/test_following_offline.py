"""Following one's own case without a connection, in a real browser: what was seen, when, and forgetting it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town
from tests.e2e.phone import ON_PHONE, STORY, install, numbers, register

_EVERYTHING = """async () => {
  const opened = indexedDB.open("cercana");
  const settled = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const database = await settled(opened);
  const stores = [...database.objectStoreNames];
  const all = await Promise.all(stores.map((name) => settled(database.transaction(name).objectStore(name).getAll())));
  const pages = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) pages.push(key.url, await (await cache.match(key)).text());
  }
  return JSON.stringify([all, pages, { ...localStorage }]);
}"""


def open_case(page: Page) -> str:
    """Register a case, let the phone forget it, and open its page by number and code as on any other device."""
    number = register(page)
    code = page.locator("#lista [data-part=code]").inner_text()
    forget(page)
    page.goto("/casos/seguir/")
    page.get_by_label("Número de caso").fill(number)
    page.get_by_label("Código de seguimiento").fill(code)
    page.get_by_role("button", name="Ver mi caso").click()
    page.wait_for_url(f"**/casos/{number}/")
    expect(page.locator("[data-keeps]")).to_contain_text("Lo puedes leer sin conexión hasta el")
    return number


def forget(page: Page) -> None:
    """Let the phone forget what it shows."""
    page.get_by_role("button", name="Olvidar en este teléfono").click()
    page.get_by_role("button", name="Sí, olvidarlo").click()
    expect(page.get_by_text("En este teléfono no hay ningún caso.")).to_be_visible()


class TestFollowingWithoutConnection:
    def test_a_page_that_was_opened_here_is_read_with_the_moment_it_was_so(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page)
        number = open_case(page)
        page.context.set_offline(True)

        page.goto(f"/casos/{number}/")

        expect(numbers(page)).to_have_text(number)
        expect(page.get_by_text("Así estaba el")).to_be_visible()
        expect(page.get_by_text("Queda en este teléfono hasta el")).to_be_visible()
        expect(page.locator("#lista")).to_contain_text("Recibimos tu caso")
        # What the person told us is not kept.
        expect(page.locator("#lista")).not_to_contain_text(STORY)

    def test_what_is_kept_for_good_lasts_until_it_is_forgotten(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        number = open_case(page)
        page.get_by_role("button", name="Guardar en este teléfono").click()
        expect(page.locator("[data-keeps]")).to_contain_text("lo lees también sin conexión")
        page.clock.install()
        page.clock.fast_forward("05:00:00")
        page.context.set_offline(True)
        page.goto(f"/casos/{number}/")
        expect(numbers(page)).to_have_text(number)

        forget(page)

        assert number not in page.evaluate(_EVERYTHING)

    def test_a_page_kept_for_a_while_is_gone_after_it(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        number = open_case(page)
        page.clock.install()
        page.clock.fast_forward("02:01:00")
        page.context.set_offline(True)

        page.goto(ON_PHONE)

        expect(page.get_by_text("En este teléfono no hay ningún caso.")).to_be_visible()
        assert number not in page.evaluate(_EVERYTHING)

    def test_nothing_remains_after_closing_the_case_on_this_device(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page)
        number = open_case(page)

        page.get_by_role("button", name="Cerrar en este equipo").click()
        page.wait_for_url("**/casos/seguir/")

        everything = page.evaluate(_EVERYTHING)
        assert number not in everything
        assert STORY not in everything

    def test_a_case_nobody_opened_here_is_not_answered_for(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        page.context.set_offline(True)

        page.goto("/casos/SI-2026-000001-A/")

        expect(page.get_by_role("heading", name="No hay conexión")).to_be_visible()

    def test_the_first_page_says_when_it_was_so(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        expect(page.locator("[data-kept-page]")).to_be_hidden()
        page.context.set_offline(True)

        page.goto("/")

        expect(page.get_by_text("Así estaba esta página el")).to_be_visible()

    def test_the_code_that_was_changed_is_no_longer_shown(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        number = register(page)
        expect(page.locator("#lista [data-part=code]")).to_be_visible()
        page.get_by_role("link", name="Ver mi caso").click()
        page.get_by_role("link", name="Cambiar tu código de seguimiento").click()
        page.locator("main form button[type=submit], main form button:not([type])").last.click()
        page.goto(ON_PHONE)

        expect(numbers(page)).to_have_text(number)
        expect(page.locator("#lista [data-part=code]")).to_be_hidden()
        # What is asked twice is still asked when something fresher comes in between.
        forget(page)


class TestInstalling:
    def test_a_phone_may_keep_the_portal_as_an_app(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        devtools = page.context.new_cdp_session(page)

        errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
        manifest = devtools.send("Page.getAppManifest")

        # A window of its own profile, as tests use, can keep no app whatever the page says.
        assert [each for each in errors if each["errorId"] != "in-incognito"] == []
        assert manifest["errors"] == []
