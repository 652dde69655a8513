// Keys of a desk: a control says its key in data-key. The first one of it that can be seen is pressed; where several
// things are listed, that of the thing which has the focus. Not while somebody types, nor with Ctrl, Alt or Meta, nor
// behind a dialog; switched off with all other shortcuts.
const LOST = 1500; // milliseconds after which "g" no longer waits for a second key
const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const presses = (target) => target.closest("a, button, summary, label, [tabindex='0']");
let waiting = -LOST;

function isOff() {
  try {
    return JSON.parse(localStorage.getItem("stemma.keys"))?.off === true;
  } catch {
    return false;
  }
}

function control(key) {
  const fits = (root) => [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((each) => each.checkVisibility());
  const near = document.activeElement?.closest("details, form, li");
  return (near && fits(near)) || fits(document);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (isOff() || typing(event.target) || document.querySelector("dialog[open]")) return;
  const second = event.timeStamp - waiting < LOST;
  waiting = event.key === "g" ? event.timeStamp : -LOST;
  if (second || (event.key === "Enter" && presses(event.target))) return;
  const found = control(event.key);
  if (!found) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (found.matches("details")) {
    found.open = !found.open;
    (document.getElementById("marking") ?? found.querySelector("summary")).focus();
  } else found.click();
}, true);

for (const each of document.querySelectorAll("[data-key]"))
  if (!each.matches("details")) each.setAttribute("aria-keyshortcuts", each.dataset.key);
