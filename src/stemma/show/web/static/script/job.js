// A job's page follows the job: the part that changes is fetched again until it has ended.
const EVERY = 1000; // milliseconds

async function follow() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
    const place = document.getElementById("job");
    if (fresh && fresh.innerHTML !== place.innerHTML) place.replaceWith(fresh);
  } catch { /* the reader was ended; the job goes on, and the page says how far it was */ }
  if (document.getElementById("job").dataset.open === "yes") setTimeout(follow, EVERY);
  else document.title = document.title.replace(/^/, "✓ ");
}

setTimeout(follow, EVERY);
