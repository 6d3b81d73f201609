// For service workers: shows a push, and leads to its page when it is tapped. «manner» are options of the notification.

export function showPushes(manner) {
  self.addEventListener("push", (event) => {
    const { title, body, link, topic } = event.data.json();
    const options = { body, tag: topic, data: link, lang: "es-PE", renotify: true, ...manner };
    event.waitUntil(self.registration.showNotification(title, options));
  });

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(self.clients.openWindow(event.notification.data || self.registration.scope));
  });
}
