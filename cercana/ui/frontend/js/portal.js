// The portal works without this script; it only keeps texts, shows progress and saves a second press.

import { startCopying } from "./copying.js";
import { startCounts } from "./counts.js";
import { startDialogs } from "./dialogs.js";
import { startDrafts } from "./drafts.js";
import { startForms } from "./forms.js";
import { startUploads } from "./uploads.js";

startDrafts();
startCounts();
startUploads();
startCopying();
startDialogs();
startForms();
