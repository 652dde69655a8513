// Marking a span anew: by dragging over the words, or with the arrow keys and Shift. What is marked goes into the two
// lists of the form, which say the same without a script.
const place = document.getElementById("marking");
const form = document.querySelector(".marker form");

if (place && form) {
  const words = [...place.querySelectorAll("[data-start]")];
  const first = form.elements.first, last = form.elements.last, told = document.getElementById("chosen");
  const own = form.closest("details");
  let at = Math.max(0, words.findIndex((word) => word.dataset.start === first.value)), from = at, dragging = false;

  const known = (list, value) => [...list.options].some((option) => option.value === value);

  function show(say) {
    const [low, high] = from <= at ? [from, at] : [at, from];
    words.forEach((word, n) => {
      word.classList.toggle("chosen", n >= low && n <= high);
      word.classList.toggle("here", n === at);
    });
    const start = words[low].dataset.start, end = words[high].dataset.end;
    if (!known(first, start) || !known(last, end)) return;
    first.value = start;
    last.value = end;
    if (say) told.textContent = `Marked: ${words.slice(low, high + 1).map((word) => word.textContent).join(" ")}`;
  }

  const nearest = (x, y) => words.indexOf(document.elementFromPoint(x, y)?.closest("[data-start]"));

  // Up and down lead to the word of the next line that stands nearest.
  function line(by) {
    const box = words[at].getBoundingClientRect();
    let best = at, gap = Infinity, top = null;
    for (let n = at + by; words[n]; n += by) {
      const other = words[n].getBoundingClientRect();
      if (Math.abs(other.top - box.top) < 4) continue;
      if (top !== null && Math.abs(other.top - top) > 4) break;
      top = other.top;
      if (Math.abs(other.left - box.left) < gap) [best, gap] = [n, Math.abs(other.left - box.left)];
    }
    return best;
  }

  place.tabIndex = 0;
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "Text in which a span can be marked");
  place.setAttribute("aria-describedby", "how");
  for (const each of form.querySelectorAll(".scripted")) each.hidden = false;

  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const back = getComputedStyle(place.querySelector("p")).direction === "rtl" ? 1 : -1;
    const moves = {
      ArrowLeft: () => at + back, ArrowRight: () => at - back, ArrowUp: () => line(-1), ArrowDown: () => line(1),
      Home: () => 0, End: () => words.length - 1,
    };
    if (event.key === "Enter" && own.open) {
      event.preventDefault();
      form.querySelector("button[value=mark]").focus();
      return;
    }
    if (!moves[event.key]) return;
    event.preventDefault();
    own.open = true;
    at = Math.min(words.length - 1, Math.max(0, moves[event.key]()));
    if (!event.shiftKey) from = at;
    words[at].scrollIntoView({ block: "nearest" });
    show(true);
  });

  place.addEventListener("pointerdown", (event) => {
    const n = words.indexOf(event.target.closest("[data-start]"));
    if (n < 0 || event.button) return;
    dragging = true;
    from = at = n;
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragging) return;
    const n = nearest(event.clientX, event.clientY);
    if (n < 0 || n === at) return;
    at = n;
    own.open = true;
    getSelection().removeAllRanges();
    show(false);
  });
  document.addEventListener("pointerup", () => {
    if (dragging && from !== at) show(true);
    dragging = false;
  });

  for (const list of [first, last]) {
    list.addEventListener("change", () => {
      from = words.findIndex((word) => word.dataset.start === first.value);
      at = words.findIndex((word) => word.dataset.end === last.value);
      if (from >= 0 && at >= from) show(true);
    });
  }
}
