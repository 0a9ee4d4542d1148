// The editor of a survey: names what has no name yet, and lets conditions be chosen, not typed.
// The form holds keys and codes as before; the server checks them whatever this does.
"use strict";

(() => {
  const CHOSEN_FROM = ["any-of", "none-of", "first-is"];
  const COMPARED = ["at-least", "less-than"];
  const ANSWERED = ["answered", "unanswered"];
  const TESTS = {
    ranking: ["first-is", ...ANSWERED],
    number: [...COMPARED, ...ANSWERED],
    closed: ["any-of", "none-of", ...ANSWERED],
    open: ANSWERED,
  };
  const LONGEST = { key: 40, code: 50 };
  const MADE_OF = { title: "key", label: "code" };

  let form = null;
  let ready = null;

  const field = (name) => form.querySelector(`[name="${CSS.escape(name)}"]`);
  const valueOf = (name) => field(name)?.value.trim() ?? "";
  const isTicked = (name) => Boolean(field(name)?.checked);
  const ending = (end) => [...form.querySelectorAll(`[name^="steps-"][name$="${end}"]`)];

  // Whether a block, or one around it, was taken out of the form.
  const isOut = (name) =>
    [...name.matchAll(/-\d+(?=-value)/g)].some(
      (found) => valueOf(`${name.slice(0, found.index)}${found[0]}-deleted`) === "1",
    );

  // --- Keys and codes -------------------------------------------------------------------------

  const slug = (words, longest) => {
    const plain = words.normalize("NFKD").replace(/[^\x20-\x7e]/g, "").toLowerCase();
    const made = plain
      .replace(/[^\w\s-]/g, "")
      .split(/[\s_-]+/)
      .filter(Boolean)
      .join("-");
    if (made.length <= longest) return made;
    const cut = made.slice(0, longest + 1);
    return cut.slice(0, Math.max(cut.lastIndexOf("-"), 0)) || made.slice(0, longest);
  };

  const distinct = (name, taken) => {
    let found = name;
    for (let number = 2; taken.includes(found); number += 1) found = `${name}-${number}`;
    return found;
  };

  // The fields of all keys of the survey, or of all codes of one list, but for one of them.
  const beside = (named) => {
    const list = named.name.match(/^(.*-)\d+-value-code$/);
    const all = list
      ? ending("-value-code").filter((each) => each.name.startsWith(list[1]))
      : ending("-key");
    return all.filter((each) => each !== named && !isOut(each.name));
  };

  const isBefore = (one, other) =>
    Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

  const nameAfterWords = (words) => {
    const found = words.name.match(/^(steps-.*-)(title|label)$/);
    const named = found && field(`${found[1]}${MADE_OF[found[2]]}`);
    if (!named || !words.value.trim()) return;
    const others = beside(named);
    const isKey = found[2] === "title";
    const now = named.value.trim();
    // A block that was duplicated brings the name of the one before it.
    if (now && !others.some((each) => each.value.trim() === now && isBefore(each, named))) return;
    const taken = others.map((each) => each.value.trim());
    let made = slug(words.value, isKey ? LONGEST.key : LONGEST.code);
    if (!made) return;
    if (isKey && !/^[a-z]/.test(made)) made = `q-${made}`;
    named.value = distinct(made, isKey ? [...taken, ...ready.reserved] : taken);
  };

  // --- What can be asked about ----------------------------------------------------------------

  const listed = (prefix) =>
    [...form.querySelectorAll(`[name^="${CSS.escape(prefix)}-"][name$="-value-code"]`)]
      .filter((each) => !isOut(each.name))
      .map((each) => ({
        code: each.value.trim(),
        label: valueOf(each.name.replace(/code$/, "label")),
      }))
      .filter((each) => each.code);

  const areasOf = (written) =>
    written
      .split("\n")
      .map((line) => line.split("|").map((part) => part.trim()))
      .filter(([label]) => label)
      .map(([label, code]) => ({ code: slug(code || label, 60), label }));

  const pointsOf = (prefix) => [
    ...(ready.scales[valueOf(`${prefix}-scale`)] ?? listed(`${prefix}-points`)),
    ...(isTicked(`${prefix}-do_not_know`) ? [ready.doNotKnow] : []),
  ];

  const declined = (prefix) =>
    isTicked(`${prefix}-may_decline`) ? [ready.preferNotToSay] : [];

  const ofBank = (topic, prefix) =>
    (ready.bank[topic] ?? []).map((each) => ({
      ...each,
      kind: "closed",
      options: each.options.length ? each.options : areasOf(valueOf(`${prefix}-areas`)),
    }));

  const ofQuestion = (kind, prefix) => {
    const title = valueOf(`${prefix}-title`);
    const key = valueOf(`${prefix}-key`);
    if (!key) return [];
    const asked = (options, of = "closed") => [
      { key, title, kind: of, options: [...options, ...declined(prefix)] },
    ];
    switch (kind) {
      case "choice":
      case "monitoring":
        return asked(listed(`${prefix}-options`));
      case "scale":
        return asked(pointsOf(prefix));
      case "grid":
        return listed(`${prefix}-rows`).map((row) => ({
          key: `${key}--${row.code}`,
          title: `${title}: ${row.label}`,
          kind: "closed",
          options: [...pointsOf(prefix), ...declined(prefix)],
        }));
      case "ranking":
        return asked(listed(`${prefix}-options`), "ranking");
      case "area":
        return asked([
          ...areasOf(valueOf(`${prefix}-areas`)),
          ...(isTicked(`${prefix}-elsewhere`) ? [ready.elsewhere] : []),
        ]);
      case "number":
        return asked([], "number");
      default:
        return asked([], "open");
    }
  };

  // Every question of the survey in its order, with the mark of its block.
  const questions = () =>
    ending("-type")
      .filter((each) => !isOut(`${each.name.replace(/-type$/, "-value")}-`))
      .flatMap((each) => {
        const prefix = each.name.replace(/-type$/, "-value");
        const at = { prefix, element: each };
        let found = [];
        if (/^steps-\d+-type$/.test(each.name) && each.value === "monitoring_page") {
          const ticked = form.querySelectorAll(`[name="${CSS.escape(prefix)}-questions"]:checked`);
          found = [...ticked].flatMap((box) => ofBank(box.value, prefix));
        } else if (/-questions-\d+-type$/.test(each.name)) {
          found =
            each.value === "bank"
              ? ofBank(valueOf(`${prefix}-topic`), prefix)
              : ofQuestion(each.value, prefix);
        }
        return found.map((question) => ({ ...question, ...at }));
      });

  // --- Conditions -----------------------------------------------------------------------------

  const shorter = (words) => (words.length > 90 ? `${words.slice(0, 88)}…` : words);

  const tell = (input) => input.dispatchEvent(new Event("change", { bubbles: true }));

  const option = (value, words, isChosen) => {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = words;
    made.selected = isChosen;
    return made;
  };

  class Rule {
    constructor(input) {
      this.key = input;
      this.prefix = input.name.replace(/-question$/, "");
      this.owner = input.name.replace(/-shown_if-.*$/, "");
      this.test = field(`${this.prefix}-test`);
      this.value = field(`${this.prefix}-value`);
      this.select = document.createElement("select");
      this.select.id = `${input.id}-chosen`;
      const described = input.getAttribute("aria-describedby");
      if (described) this.select.setAttribute("aria-describedby", described);
      this.select.setAttribute("aria-label", "Earlier question");
      this.boxes = document.createElement("div");
      this.boxes.className = "rule-answers";
      this.boxes.setAttribute("role", "group");
      this.boxes.setAttribute("aria-label", "These answers");
      input.before(this.select);
      input.type = "hidden";
      const label = input.closest("[data-contentpath]")?.querySelector("label");
      if (label) label.htmlFor = this.select.id;
      this.value.before(this.boxes);
      this.select.addEventListener("focus", () => this.refresh());
      this.select.addEventListener("change", () => {
        this.key.value = this.select.value;
        this.value.value = "";
        this.refresh();
        if (this.test.selectedOptions[0]?.disabled) {
          this.test.value = [...this.test.options].find((each) => !each.disabled).value;
          this.refresh();
        }
        tell(this.key);
      });
      this.test.addEventListener("change", () => this.refresh());
      this.boxes.addEventListener("focusin", () => this.refresh());
      this.boxes.addEventListener("change", () => {
        const ticked = this.boxes.querySelectorAll(":checked");
        this.value.value = [...ticked].map((box) => box.value).join(", ");
        tell(this.value);
      });
      this.refresh();
    }

    // Offer what stands above, and what was chosen before wherever it stands now.
    refresh() {
      const asked = questions();
      const above = asked.filter(
        (each) => each.prefix !== this.owner && isBefore(each.element, this.key),
      );
      const chosen = this.key.value.trim();
      const offered = above.map((each) =>
        option(each.key, shorter(each.title), each.key === chosen),
      );
      if (!chosen) {
        const words = above.length ? "Choose a question" : "No question stands above";
        offered.unshift(option("", words, true));
      } else if (!above.some((each) => each.key === chosen)) {
        const moved = asked.find((each) => each.key === chosen);
        const words = moved
          ? `${shorter(moved.title)} (does not stand above)`
          : `${chosen} (not asked)`;
        offered.unshift(option(chosen, words, true));
      }
      this.select.replaceChildren(...offered);
      this.offerTests(asked.find((each) => each.key === chosen));
    }

    offerTests(about) {
      const may = about ? TESTS[about.kind] : null;
      for (const each of this.test.options) {
        each.disabled = Boolean(may && !may.includes(each.value));
        each.hidden = each.disabled;
      }
      const test = this.test.value;
      const wrapper = this.value.closest("[data-contentpath]");
      if (wrapper) wrapper.hidden = ANSWERED.includes(test);
      const isChosen = CHOSEN_FROM.includes(test) && about && about.options.length > 0;
      this.value.type = isChosen ? "hidden" : "text";
      this.boxes.hidden = !isChosen;
      if (isChosen) this.offerAnswers(about);
    }

    offerAnswers(about) {
      const written = this.value.value.split(",").map((code) => code.trim());
      const chosen = written.filter(Boolean);
      const known = about.options.map((each) => each.code);
      const gone = chosen.filter((code) => !known.includes(code));
      const offered = [
        ...about.options,
        ...gone.map((code) => ({ code, label: `${code} (not offered)` })),
      ];
      const wanted = offered.map((each) => `${each.code}|${each.label}`).join("\n");
      if (this.shown !== wanted) {
        this.shown = wanted;
        this.boxes.replaceChildren(
          ...offered.map((each) => {
            const label = document.createElement("label");
            const box = document.createElement("input");
            box.type = "checkbox";
            box.value = each.code;
            label.append(box, ` ${each.label}`);
            return label;
          }),
        );
      }
      for (const box of this.boxes.querySelectorAll("input")) {
        box.checked = chosen.includes(box.value);
      }
    }
  }

  const rules = new WeakMap();

  const meetRules = () => {
    for (const input of ending("-question")) {
      if (rules.has(input) || !input.name.includes("-shown_if-")) continue;
      if (field(input.name.replace(/question$/, "value"))) rules.set(input, new Rule(input));
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const known = document.getElementById("survey-designing");
    form = document.getElementById("page-edit-form") ?? document.querySelector("[data-edit-form]");
    if (!known || !form || !document.querySelector('#steps, [data-contentpath="steps"]')) return;
    ready = JSON.parse(known.textContent);
    form.addEventListener("change", (event) => {
      if (event.target.name?.startsWith("steps-")) nameAfterWords(event.target);
    });
    // Blocks are drawn after the page, and whenever one is added.
    let isAwaited = false;
    new MutationObserver(() => {
      if (isAwaited) return;
      isAwaited = true;
      requestAnimationFrame(() => {
        isAwaited = false;
        meetRules();
      });
    }).observe(form, { childList: true, subtree: true });
    meetRules();
  });
})();
