// The desk: parts of pages by htmx, keys, lists, drafts.

import "htmx.org";
import { startClock } from "./clock.js";
import { startCopying } from "./copying.js";
import { startCounts } from "./counts.js";
import { startDialogs } from "./dialogs.js";
import { startDraftNotices } from "./draft_notices.js";
import { startDrafts } from "./drafts.js";
import { startForms } from "./forms.js";
import { startLive } from "./live.js";
import { startMirrors } from "./mirrors.js";
import { startMissing } from "./missing.js";
import { startNextField } from "./next_field.js";
import { startPalette } from "./palette.js";
import { startRows } from "./rows.js";
import { startShortcuts } from "./shortcuts.js";
import { startThemes } from "./themes.js";
import { startUploads } from "./uploads.js";

startDraftNotices();
startDrafts({ warns: true });
startCounts();
startMirrors();
startUploads();
startCopying();
startDialogs();
startForms();
startNextField();
startMissing();
startClock();
startThemes();
startLive();
startRows();
startShortcuts();
startPalette();
