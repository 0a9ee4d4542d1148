// Reviewing by keyboard: decide on an answer, and mark what is taken out by selecting it.
(() => {
  "use strict";
  const form = document.querySelector("[data-review]");
  if (!form) return;
  document.querySelector("[data-keys]").hidden = false;
  const answers = [...form.querySelectorAll("[data-answer]")];

  // Python counts characters; a browser counts halves of some.
  const characters = (text) => Array.from(text).length;

  const read = (answer) => {
    const field = answer.querySelector("[data-spans]");
    try {
      return field && field.value ? JSON.parse(field.value) : [];
    } catch {
      return [];
    }
  };

  const textOf = (answer, field) =>
    [...answer.querySelectorAll("[data-text]")].find((each) => each.dataset.text === field);

  const suggestions = (answer) =>
    [...answer.querySelectorAll("[data-suggestion]:checked")].map((box) => {
      const [field, start, end] = box.value.split(":");
      return [field, Number(start), Number(end), box.dataset.suggestion];
    });

  const show = (answer) => {
    const marked = read(answer);
    for (const text of answer.querySelectorAll("[data-text]")) {
      const letters = Array.from(text.textContent);
      const spans = [...marked, ...suggestions(answer)]
        .filter(([field]) => field === text.dataset.text)
        .sort((one, other) => one[1] - other[1]);
      text.replaceChildren();
      let at = 0;
      for (const [, start, end] of spans) {
        if (end <= at) continue;
        text.append(letters.slice(at, Math.max(start, at)).join(""));
        const mark = document.createElement("mark");
        mark.textContent = letters.slice(Math.max(start, at), end).join("");
        text.append(mark);
        at = end;
      }
      text.append(letters.slice(at).join(""));
    }
    const list = answer.querySelector("[data-marked]");
    if (!list) return;
    list.replaceChildren();
    marked.forEach(([field, start, end, reason], place) => {
      const text = textOf(answer, field);
      if (!text) return;
      const line = document.createElement("li");
      const words = Array.from(text.textContent).slice(start, end).join("");
      line.append(`“${words}” (${reason}) `);
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "button button-small button-secondary";
      undo.textContent = `Leave “${words.slice(0, 30)}” in`;
      undo.addEventListener("click", () => {
        write(answer, read(answer).filter((_, other) => other !== place));
      });
      line.append(undo);
      list.append(line);
    });
  };

  const write = (answer, spans) => {
    answer.querySelector("[data-spans]").value = JSON.stringify(spans);
    show(answer);
  };

  const decide = (answer, decision) => {
    const radio = answer.querySelector(`input[type="radio"][value="${decision}"]`);
    if (radio) radio.checked = true;
  };

  // What is selected in a text of an answer: its field, and its first and last place.
  const selected = (answer) => {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const text = [...answer.querySelectorAll("[data-text]")].find(
      (each) => each.contains(range.startContainer) && each.contains(range.endContainer),
    );
    if (!text) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = characters(before.toString());
    return [text.dataset.text, start, start + characters(range.toString())];
  };

  const takeOut = (answer) => {
    const part = selected(answer);
    if (part && part[2] > part[1]) {
      write(answer, [...read(answer), [...part, answer.querySelector("[data-why]").value]]);
      window.getSelection().removeAllRanges();
    }
    decide(answer, "redacted");
  };

  const current = () => {
    const selection = window.getSelection();
    const at = selection.rangeCount && !selection.isCollapsed ? selection.anchorNode : null;
    const within = (node) => answers.find((answer) => answer.contains(node));
    return (at && within(at)) || within(document.activeElement);
  };

  const go = (step) => {
    const place = answers.indexOf(current());
    const next = answers[Math.min(Math.max(place + step, 0), answers.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  for (const answer of answers) {
    show(answer);
    answer.addEventListener("change", (event) => {
      if (event.target.matches("[data-suggestion]")) show(answer);
    });
    if (answer.querySelector("[data-text]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = "Take out what is selected";
      // A press would take the selection away before the click.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => takeOut(answer));
      answer.querySelector("[data-marked]").after(button);
    }
  }
  if (answers.length) answers[0].focus({ preventScroll: true });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const typing = event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const answer = current();
    const acts = {
      j: () => go(1),
      k: () => go(-1),
      a: () => answer && decide(answer, "approved"),
      r: () => answer && answer.querySelector("[data-text]") && takeOut(answer),
      x: () => {
        if (!answer) return;
        decide(answer, "refused");
        answer.querySelector("[data-reason]").focus();
      },
    };
    const act = acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
