// The search without loading the whole page: links of rail, bars, tabs and chips fetch the page and put its parts in place.
// The address always tells what is seen. Without this module every link does the same the plain way.
const found = () => document.getElementById("found");
const told = document.getElementById("told");
let running = null;

async function load(address, kept) {
  running?.abort();
  const own = (running = new AbortController());
  found().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: own.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("found");
    if (!fresh) return void location.assign(address);
    if (kept) history.pushState(null, "", address);
    put(page, fresh);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function put(page, fresh) {
  const focus = place(document.activeElement);
  const closed = [...found().querySelectorAll(".facet:not([open]) > summary")].map((each) => each.textContent);
  found().replaceWith(document.importNode(fresh, true));
  for (const summary of found().querySelectorAll(".facet > summary"))
    if (closed.includes(summary.textContent)) summary.parentElement.open = false;
  document.title = page.title;
  const words = page.getElementById("quick"), own = document.getElementById("quick");
  if (words && own && own !== document.activeElement) own.value = words.value;
  const heading = page.querySelector("h1"), ours = document.querySelector("h1");
  if (heading && ours) ours.textContent = heading.textContent;
  document.querySelector(".totals")?.remove();
  if (focus) found().querySelector(focus)?.focus();
  if (told) told.textContent = document.getElementById("list")?.textContent ?? "";
  count();
}

// Where the focus was, so that a keyboard goes on from there.
function place(element) {
  const link = element?.closest?.("#found a[href]");
  if (!link) return null;
  if (link.closest(".tabs")) return ".tabs [aria-current]";
  if (link.closest(".facet")) return ".facet summary";
  return "#list";
}

// Values that were not counted yet are counted once the list is there.
async function count() {
  const link = document.querySelector("a[data-facets]");
  if (!link) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const fresh = page.querySelector("#rail .narrow");
    if (fresh && link.isConnected) link.closest(".narrow").replaceWith(document.importNode(fresh, true));
  } catch {
    // the link stays, and does the same
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#found .rail a, #found .tabs a, #found .chips a, #found .histogram a, #found .paging a, #found .ways a");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const address = link.href.baseVal ?? link.href;
  if (!new URL(address, location.href).pathname.match(/^\/(search)?$/)) return;
  event.preventDefault();
  load(new URL(address, location.href).href, true).then(() => {
    if (link.closest(".paging")) found()?.scrollIntoView();
  });
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".rail form.filters")) return;
  event.preventDefault();
  const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  load(`/search?${state}`, true);
});
addEventListener("popstate", () => load(location.href, false));
count();
