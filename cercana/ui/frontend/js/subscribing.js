// Subscribing this browser to pushes (Push API) with the public key of the installation.

function bytesOf(text) {
  const clear = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(clear, (letter) => letter.charCodeAt(0));
}

const isOf = (subscription, key) => String(new Uint8Array(subscription.options?.applicationServerKey ?? [])) === String(key);

// A subscription made with another key of the installation serves nothing any more; one with this key may serve others.
export async function subscribe(registration, key) {
  const bytes = bytesOf(key);
  const known = await registration.pushManager.getSubscription();
  if (known && isOf(known, bytes)) return known;
  await known?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes });
}
