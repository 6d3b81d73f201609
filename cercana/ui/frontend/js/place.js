// On the page of the place alone: the button that gives the place of this phone, and the plan to mark one on.

import { startHere } from "./here.js";
import { startPlan } from "./plan.js";

startHere();
startPlan();
