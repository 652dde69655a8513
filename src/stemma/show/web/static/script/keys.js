// Shortcuts: a key clicks the control that names what it does in data-does. They rest while somebody types, and can be
// switched off or changed on the help page (WCAG 2.1.4); what is chosen is kept in this browser alone.

const LOST = 1500; // milliseconds after which the first of two keys is forgotten
const STORE = "stemma.keys";
const ROWS = ".row, .witness, [data-row]";
const usual = JSON.parse(document.body.dataset.keys);
const chosen = recall();
let before = "", timer = 0;

function recall() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || {};
  } catch {
    return {};
  }
}

function keep() {
  try {
    localStorage.setItem(STORE, JSON.stringify(chosen));
  } catch { /* a browser that keeps nothing forgets it with the page */ }
}

const keyOf = (does) => chosen[does] ?? usual[does];
const printed = (key) => (key === "Escape" ? "Esc" : key);

/** Tell screen readers, and whoever looks at the foot of the page. */
export function tell(words) {
  const place = document.getElementById("told");
  place.textContent = words;
  place.classList.add("seen");
  setTimeout(() => place.classList.remove("seen"), 2500);
}

const rows = () => [...document.querySelectorAll(ROWS)].filter((each) => each.checkVisibility());
const current = () => document.activeElement?.closest(ROWS);

function step(by) {
  const all = rows(), at = all.indexOf(current());
  const row = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  if (!row) return;
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function act(element) {
  if (element.matches("input:not([type=checkbox]), select, textarea")) element.focus();
  else if (element.matches("details")) {
    element.open = !element.open;
    element.querySelector("summary").focus();
  } else {
    if (element.matches("summary")) element.focus();
    element.click();
  }
}

const control = (does) => {
  const wanted = `[data-does="${does}"]`;
  const row = current();
  return (row && (row.matches(wanted) ? row : row.querySelector(wanted))) ||
    [...document.querySelectorAll(wanted)].find((each) => each.checkVisibility());
};

const link = () => {
  const named = document.querySelector("link[rel=canonical], [data-link]");
  return new URL(named?.dataset.link ?? named?.href ?? location.href, location.href).href;
};

export async function copy(words, said) {
  try {
    await navigator.clipboard.writeText(words);
    tell(said);
  } catch {
    tell(`Not copied: this browser does not allow it. ${words}`);
  }
}

const own = {
  next: () => step(1),
  previous: () => step(-1),
  link: () => copy(link(), "Link copied"),
  help: () => help(),
  open: () => first()?.click(),
  "open beside": () => { const to = first(); if (to) window.open(to.href, "_blank", "noopener"); },
  select: () => current()?.querySelector("input[type=checkbox]")?.click(),
  close: () => {
    const open = document.querySelector("dialog[open]");
    if (open) open.close();
    else document.activeElement?.blur();
  },
};
const first = () => { const row = current(); return row && (row.matches("a") ? row : row.querySelector("a[data-open]") || row.querySelector("a[href^='/']")); };

function run(does) {
  if (own[does]) own[does]();
  else {
    const found = control(does);
    if (!found) return false;
    act(found);
  }
  return true;
}

const typing = (target) => target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.key !== "Escape" && (chosen.off || typing(event.target) || document.querySelector("dialog[open]"))) return;
  const pressed = before ? `${before} ${event.key}` : event.key;
  clearTimeout(timer);
  before = "";
  const does = Object.keys(usual).find((each) => keyOf(each) === pressed);
  if (does) {
    if (run(does) && event.key !== "Escape") event.preventDefault();
  } else if (Object.keys(usual).some((each) => keyOf(each)?.startsWith(`${pressed} `))) {
    before = pressed;
    timer = setTimeout(() => { before = ""; }, LOST);
  }
});

/** The list of shortcuts over the page; away from it, the help page itself. */
async function help() {
  if (location.pathname === "/help") return document.getElementById("shortcuts").scrollIntoView();
  let dialog = document.getElementById("help");
  if (!dialog) {
    const answer = await fetch("/help");
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("shortcuts");
    dialog = document.createElement("dialog");
    dialog.id = "help";
    dialog.setAttribute("aria-labelledby", "keys");
    const more = document.createElement("p");
    more.innerHTML = '<a href="/help">How to read a page, and change keys</a> ';
    const shut = document.createElement("button");
    shut.textContent = "Close";
    shut.addEventListener("click", () => dialog.close());
    more.append(shut);
    dialog.append(list, more);
    document.body.append(dialog);
    settings(dialog);
  }
  dialog.showModal();
}

/** What is chosen of the keys, where they are listed. */
function settings(place) {
  const table = place.querySelector("table.keys");
  if (!table) return;
  const off = document.createElement("label");
  off.className = "choice";
  off.innerHTML = '<input type="checkbox"> Shortcuts are on';
  const box = off.firstChild;
  box.checked = !chosen.off;
  box.addEventListener("change", () => { chosen.off = !box.checked; keep(); show(); });
  table.before(off);
  const changes = place.matches("dialog") ? [] : table.querySelectorAll("tr[data-keyed]");
  for (const row of changes) {
    const field = document.createElement("input");
    Object.assign(field, { className: "keyed", value: printed(keyOf(row.dataset.keyed)), maxLength: 9, spellcheck: false, autocomplete: "off" });
    field.setAttribute("aria-label", `Key: ${row.cells[1].textContent}`);
    field.addEventListener("change", () => change(row.dataset.keyed, field));
    row.cells[0].replaceChildren(field);
  }
  for (const row of place.matches("dialog") ? table.querySelectorAll("tr[data-keyed]") : [])
    row.cells[0].firstChild.textContent = printed(keyOf(row.dataset.keyed));
}

function change(does, field) {
  const wanted = field.value.trim().replace(/^Esc$/, "Escape");
  const other = Object.keys(usual).find((each) => each !== does && wanted && keyOf(each) === wanted);
  if (other) {
    tell(`Not changed: ${wanted} is another shortcut already`);
    field.value = printed(keyOf(does));
    return;
  }
  if (wanted && wanted !== usual[does]) chosen[does] = wanted;
  else delete chosen[does];
  field.value = printed(keyOf(does));
  keep();
  show();
  tell(`Changed: ${field.value}`);
}

/** Controls print their key. */
function show() {
  for (const each of document.querySelectorAll("kbd.own")) each.remove();
  if (chosen.off) return;
  for (const each of document.querySelectorAll("a[data-does], button[data-does], summary[data-does]")) {
    const key = keyOf(each.dataset.does);
    each.setAttribute("aria-keyshortcuts", key);
    if (each.dataset.quiet !== undefined) { each.title ||= `${printed(key)}`; continue; }
    const mark = document.createElement("kbd");
    Object.assign(mark, { className: "own", textContent: printed(key) });
    mark.setAttribute("aria-hidden", "true");
    each.append(" ", mark);
  }
}

/** What an address points at is open, if it can be. */
const unfold = () => {
  const wanted = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!wanted) return;
  const fold = wanted.closest("details");
  if (fold) fold.open = true;
  if (wanted.matches("[data-row]")) wanted.focus({ preventScroll: true });
};
addEventListener("hashchange", unfold);
unfold();

for (const each of document.querySelectorAll("[data-scripted]")) each.hidden = false;
for (const each of document.querySelectorAll("[data-copy]"))
  each.addEventListener("click", () => copy(each.closest(".cited")?.querySelector(".copy").textContent ?? link(), "Copied"));
settings(document.body);
show();
