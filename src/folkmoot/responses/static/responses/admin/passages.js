// Beside a letter: takes the passage that is selected in it over to a question, by a button at
// each text. Without it the passage is copied by hand.
(() => {
  const form = document.querySelector("form[data-passages]");
  const letter = form && form.querySelector("[data-letter]");
  if (!letter) return;

  let selected = "";
  document.addEventListener("selectionchange", () => {
    const found = document.getSelection();
    if (!found || found.isCollapsed || !found.rangeCount) return;
    const range = found.getRangeAt(0);
    if (letter.contains(range.commonAncestorContainer)) selected = found.toString().trim();
  });

  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.className = "w-help-text";
  letter.before(told);

  for (const area of form.querySelectorAll("textarea")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = "Add the selected passage";
    const label = form.querySelector(`label[for="${area.id}"]`);
    if (label) button.setAttribute("aria-label", `Add the selected passage to: ${label.textContent}`);
    button.addEventListener("click", () => {
      if (!selected) {
        told.textContent = "Select a passage of the letter first.";
        return;
      }
      area.value = area.value.trim() ? `${area.value.trim()}\n\n${selected}` : selected;
      told.textContent = "The passage was added.";
      area.focus();
    });
    area.after(button);
  }
})();
