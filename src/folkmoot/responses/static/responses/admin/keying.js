// The keying screen: Enter goes on, every field is saved as it is left, what is odd is marked.
"use strict";

(() => {
  const form = document.querySelector("[data-keying]");
  if (!form) return;
  const said = document.getElementById("keying-saved");
  const fields = [...form.querySelectorAll("input[type=text], textarea")];
  let waiting = null;
  let isSaving = false;
  let isAgain = false;

  const first = fields.find((field) => !field.value) || fields[0];
  if (first) first.focus();

  const go = (field, by) => {
    const next = fields[fields.indexOf(field) + by];
    (next || form.querySelector("button[type=submit]")).focus();
    if (next && next.select) next.select();
  };

  // Whoever wants it goes on without Enter where one mark is a whole answer; kept in this browser.
  const goesOn = document.querySelector("[data-goes-on]");
  const wish = goesOn.querySelector("input");
  wish.checked = localStorage.getItem("folkmoot-keying-goes-on") === "yes";
  goesOn.hidden = false;
  wish.addEventListener("change", () => {
    localStorage.setItem("folkmoot-keying-goes-on", wish.checked ? "yes" : "no");
  });
  form.addEventListener("input", ({ target, inputType }) => {
    const whole = target.dataset.goesOnWith || "";
    const typed = target.value.trim().toLowerCase();
    if (wish.checked && inputType === "insertText" && typed.length === 1 && whole.includes(typed)) {
      go(target, 1);
    }
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.target.matches("input[type=text]")) {
      event.preventDefault();
      go(event.target, event.shiftKey ? -1 : 1);
    }
  });

  const mark = (remarks) => {
    for (const line of form.querySelectorAll("[data-line]")) {
      const remark = remarks[line.dataset.line] || remarks[line.dataset.part] || "";
      line.classList.toggle("keying-odd", Boolean(remark));
      line.querySelector(".keying-remark").textContent = remark;
    }
  };

  // One save at a time, so that an older one never comes last.
  const save = async () => {
    if (isSaving) {
      isAgain = true;
      return;
    }
    isSaving = true;
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "XMLHttpRequest" },
        redirect: "manual",
      });
      const isJson = (answer.headers.get("content-type") || "").includes("json");
      if (answer.ok && isJson) {
        const told = await answer.json();
        mark(told.remarks);
        said.textContent = `Saved as form ${told.number}.`;
      } else if (isJson) {
        said.textContent = (await answer.json()).fault;
      } else {
        said.textContent =
          "Not saved: you are signed out. Sign in in another tab, then change any field here; what you typed stays on this page.";
      }
    } catch {
      said.textContent = "Not saved: the site cannot be reached. What you typed stays on this page, and is tried again.";
      waiting = setTimeout(save, 5000);
    } finally {
      isSaving = false;
      if (isAgain) {
        isAgain = false;
        save();
      }
    }
  };

  form.addEventListener("change", () => {
    clearTimeout(waiting);
    save();
  });
  // Long answers are saved while they are typed.
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 2000);
  });
})();
