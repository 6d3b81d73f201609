// What the pages with forms have beside desk.js, after it: notices of drafts, the next field, what is missing, files, suggestions.

import { startDraftNotices } from "./draft_notices.js";
import { startMissing } from "./missing.js";
import { startNextField } from "./next_field.js";
import { startSuggestions } from "./suggestions.js";
import { startUploads } from "./uploads.js";
import { startWaiting } from "./waiting.js";

startDraftNotices();
startNextField();
startMissing();
startSuggestions();
startUploads();
startWaiting();
