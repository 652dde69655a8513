// Files may be dropped anywhere on the page; they go into the field that chooses them without a script too.
const form = document.getElementById("dropping");
const field = document.getElementById("files");
if (form && field) {
  for (const name of ["dragenter", "dragover"])
    document.addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("over");
    field.files = event.dataTransfer.files;
    form.querySelector("button").focus();
  });
}
