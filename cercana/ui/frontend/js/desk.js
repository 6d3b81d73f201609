// The desk: parts of pages by htmx, keys, lists, drafts.

import "htmx.org";
import { startClock } from "./clock.js";
import { startCopying } from "./copying.js";
import { startCounts } from "./counts.js";
import { startDialogs } from "./dialogs.js";
import { startDrafts } from "./drafts.js";
import { startForms } from "./forms.js";
import { startLive } from "./live.js";
import { startMirrors } from "./mirrors.js";
import { startPalette } from "./palette.js";
import { startRows } from "./rows.js";
import { startShortcuts } from "./shortcuts.js";
import { startSignOut } from "./sign_out.js";
import { startThemes } from "./themes.js";
import { startTokens } from "./tokens.js";

startDrafts({ warns: true });
startCounts();
startMirrors();
startCopying();
startDialogs();
startForms();
startClock();
startThemes();
startSignOut();
startTokens();
startLive();
startRows();
startShortcuts();
startPalette();
