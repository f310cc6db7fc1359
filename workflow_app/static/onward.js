// Asks for the next part of a long computation; without this script the button does it.
"use strict";
document.addEventListener("DOMContentLoaded", () => document.querySelector("form[data-onward]")?.requestSubmit());
