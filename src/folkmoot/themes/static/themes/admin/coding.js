// The coding screen: keys tick themes, a selection becomes a quotation, Enter saves and goes on.
"use strict";

(() => {
  const form = document.querySelector("[data-coding]");
  if (!form) return;
  const answers = [...form.querySelectorAll("[data-answer]")];
  const search = document.getElementById("find-theme");
  const undo = document.querySelector("[data-undo]");
  let isSent = false;

  for (const part of form.querySelectorAll("[data-needs-script]")) part.hidden = false;
  form.addEventListener("submit", (event) => {
    // Enter pressed twice saves once.
    if (isSent) event.preventDefault();
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });

  const go = (answer) => {
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: "nearest" });
  };
  const isTyping = (field) => field.matches("textarea, input[type=text], input[type=search]");

  // Themes, "none of these" and "cannot tell" shut each other out.
  const settle = (answer, box) => {
    if (!box.checked || box.name.endsWith("-flag")) return;
    const isTheme = box.name.endsWith("-theme");
    for (const other of answer.querySelectorAll("input[type=checkbox]")) {
      const goes = isTheme
        ? other.name.endsWith("-status")
        : other !== box && !other.name.endsWith("-flag");
      if (goes) other.checked = false;
    }
  };
  form.addEventListener("change", (event) => {
    const answer = event.target.closest("[data-answer]");
    if (answer && event.target.matches("input[type=checkbox]")) settle(answer, event.target);
  });

  // How many characters of the answer stand before the selection, as the server counts them.
  const placeOf = (said, range) => {
    const before = range.cloneRange();
    before.selectNodeContents(said);
    before.setEnd(range.startContainer, range.startOffset);
    return [...before.toString()].length;
  };
  const quote = (answer) => {
    const said = answer.querySelector("[data-text]");
    const chosen = window.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!said.contains(range.commonAncestorContainer)) return;
    const more = answer.querySelector("[data-more]");
    more.open = true;
    answer.querySelector("[data-quotation]").value = chosen.toString().trim();
    answer.querySelector("[data-near]").value = placeOf(said, range);
  };

  const onward = (answer) => {
    const next = answers[answers.indexOf(answer) + 1];
    if (next) go(next);
    else form.requestSubmit();
  };

  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const field = event.target;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const answer = field.closest("[data-answer]");
    if (field === search && event.key === "Enter") {
      event.preventDefault();
      const first = answers[0].querySelector("li[data-label]:not([hidden]) input");
      if (first) first.focus();
      return;
    }
    if (event.key === "Escape" && isTyping(field)) {
      go(answer || answers[0]);
      return;
    }
    if (isTyping(field) || !answer) return;
    if (event.key === "Enter" && !field.matches("summary, a, button")) {
      event.preventDefault();
      onward(answer);
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "/") {
      event.preventDefault();
      search.focus();
    } else if (key === "q") {
      event.preventDefault();
      quote(answer);
    } else if (key === "u" && undo) {
      event.preventDefault();
      undo.requestSubmit();
    } else {
      const box = answer.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!box) return;
      event.preventDefault();
      box.checked = !box.checked;
      settle(answer, box);
      if (key === "f") answer.querySelector("[data-more]").open = true;
    }
  });

  search.addEventListener("input", () => {
    const sought = search.value.trim().toLowerCase();
    for (const line of form.querySelectorAll("li[data-label]")) {
      // What is ticked stays in sight.
      line.hidden = !line.dataset.label.includes(sought) && !line.querySelector("input").checked;
    }
  });

  const wrong = answers.find((answer) => answer.querySelector(".error-message"));
  if (answers.length) go(wrong || answers[0]);
})();
