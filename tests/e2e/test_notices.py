"""Being told on one's own phone how a case goes, in a real browser: asked for, shown, opened, turned off."""

import json
from collections.abc import Callable

from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.conftest import Town
from tests.e2e.test_a_claims_way import register

WORKER_READY = "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"
# No push service is to be reached from a test: what the browser would have got from its own stands here.
SUBSCRIBED = """
const given = () => JSON.parse(localStorage.getItem("suscrito") ?? "null");
const subscription = (told) => told && { ...told, options: { applicationServerKey: Uint8Array.from(told.key).buffer },
  toJSON: () => ({ endpoint: told.endpoint, keys: { p256dh: "BPunto", auth: "secreto" } }) };
PushManager.prototype.getSubscription = async () => subscription(given());
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  const told = { endpoint: "https://fcm.googleapis.com/fcm/send/prueba", key: [...applicationServerKey] };
  localStorage.setItem("suscrito", JSON.stringify(told));
  return subscription(told);
};
"""
SHOWN = """
async () => {
  const registration = await navigator.serviceWorker.ready;
  let shown = [];
  while (shown.length === 0) {
    await new Promise(requestAnimationFrame);
    shown = await registration.getNotifications();
  }
  return shown.map((each) => [each.title, each.body, each.data]);
}
"""


def registration_of(session: CDPSession, page: Page) -> str:
    """Return by what name the browser knows the service worker of the portal."""
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_function(WORKER_READY)
    assert found
    return found[0]


def test_a_citizen_is_told_on_their_phone_and_turns_it_off(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    page.context.grant_permissions(["notifications"])
    page.context.add_init_script(SUBSCRIBED)
    page.set_viewport_size({"width": 390, "height": 844})
    number, _code = register(page)
    page.goto(f"/casos/{number}/")
    page.wait_for_function(WORKER_READY)

    page.get_by_role("button", name="Avisarme en este equipo").click()
    expect(page.get_by_text("Avisos activados")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Dejar de avisarme aquí")).to_be_visible()

    session = page.context.new_cdp_session(page)
    pushed = {"title": f"Caso {number}", "body": "Ya tienes la respuesta.", "link": page.url, "topic": number}
    session.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": f"{town.address}/",
            "registrationId": registration_of(session, page),
            "data": json.dumps(pushed),
        },
    )
    assert page.evaluate(SHOWN) == [[f"Caso {number}", "Ya tienes la respuesta.", page.url]]

    page.get_by_role("button", name="Dejar de avisarme aquí").click()
    expect(page.get_by_text("Avisos apagados")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Avisarme en este equipo")).to_be_visible()
