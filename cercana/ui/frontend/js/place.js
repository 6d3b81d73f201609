// On the page of the place alone: the button that gives the place of this phone.

import { startHere } from "./here.js";

startHere();
