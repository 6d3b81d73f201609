// The service worker of the desk: shows the push of an alarm, and leads to its page. It keeps nothing and answers for
// no page, so that the desk is always the server's.

import { showPushes } from "./pushes.js";

showPushes({ requireInteraction: true, vibrate: [400, 200, 400] });
