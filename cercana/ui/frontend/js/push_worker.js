// The service worker of the desk: shows the push of an alarm, and leads to its page. It keeps nothing and answers for
// no page, so that the desk is always the server's.

self.addEventListener("push", (event) => {
  const { title, body, link, topic } = event.data.json();
  const options = { body, tag: topic, data: link, lang: "es-PE", renotify: true, requireInteraction: true, vibrate: [400, 200, 400] };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data || self.registration.scope));
});
