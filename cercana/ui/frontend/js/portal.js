// The portal works without this script; it only keeps texts, shows progress and saves a second press.

import { startCopying } from "./copying.js";
import { startCounts } from "./counts.js";
import { startDialogs } from "./dialogs.js";
import { startDrafts } from "./drafts.js";
import { startForms } from "./forms.js";
import { startLengths } from "./lengths.js";
import { startLine } from "./line.js";
import { startSharedDevices } from "./shared_devices.js";
import { startUploads } from "./uploads.js";
import { startWaiting } from "./waiting.js";

// The page that answers a form takes the place of a page asked for, so that going back to it later does not fail.
history.replaceState(history.state, "");

startSharedDevices();
startDrafts();
startCounts();
startLengths();
startUploads();
startWaiting();
startCopying();
startDialogs();
startForms();
startLine();
