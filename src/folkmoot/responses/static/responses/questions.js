// What makes questions easier to answer where scripts run. Without them every question works too.

// A field beside an option ("Other, please say") shows with its option, and stays while it has text.
for (const beside of document.querySelectorAll("[data-beside]")) {
  const option = document.getElementById(beside.dataset.beside);
  const text = beside.querySelector("input");
  const isChosen = () =>
    option.tagName === "SELECT" ? option.value === beside.dataset.code : option.checked;
  const show = () => {
    beside.hidden = !isChosen() && !text.value.trim();
  };
  option.closest(".field").addEventListener("change", show);
  show();
}

// An option that goes with no other ("None of these") takes the others out, and they take it out.
for (const alone of document.querySelectorAll("[data-exclusive]")) {
  const group = alone.closest(".choices");
  group.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    if (target !== alone) alone.checked = false;
    else {
      for (const other of group.querySelectorAll('input[type="checkbox"]')) {
        if (other !== alone) other.checked = false;
      }
    }
  });
}

// The words so far beside a long text; read out once somebody pauses.
for (const guide of document.querySelectorAll("[data-words-guide]")) {
  const text = document.getElementById(guide.dataset.for);
  const count = document.getElementById(`${guide.dataset.for}-count`);
  let waiting;
  const say = () => {
    const words = text.value.match(/\S+/gu)?.length ?? 0;
    count.textContent = words === 1 ? "1 word so far." : `${words} words so far.`;
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(say, 600);
  });
  if (text.value) say();
}

// Buttons that move an option up and down in a ranking. The numbers are what is sent.
for (const list of document.querySelectorAll("[data-ranking]")) {
  const limit = Number(list.dataset.ranking);
  const said = list.parentElement.querySelector("[data-ranking-said]");
  const rows = [...list.children];
  const rankOf = (row) => Number(row.querySelector("select").value) || Infinity;
  const labelOf = (row) => row.querySelector("label").textContent;
  const ranked = () =>
    rows.filter((row) => rankOf(row) !== Infinity).sort((a, b) => rankOf(a) - rankOf(b));

  const show = () => {
    const first = ranked();
    // The order on the screen is that of the numbers; those without one keep their place below.
    list.append(...first, ...rows.filter((row) => !first.includes(row)));
    for (const row of rows) {
      const place = first.indexOf(row);
      const [up, down] = row.querySelectorAll("button");
      up.setAttribute("aria-disabled", String(place === 0 || (place < 0 && first.length >= limit)));
      down.setAttribute("aria-disabled", String(place < 0));
    }
  };
  const give = (order) => {
    for (const row of rows) {
      const place = order.indexOf(row);
      row.querySelector("select").value = place < 0 ? "" : String(place + 1);
    }
    show();
  };
  const move = (row, by, button) => {
    if (button.getAttribute("aria-disabled") === "true") return;
    const order = ranked();
    const place = order.indexOf(row);
    if (place < 0) order.push(row);
    else {
      order.splice(place, 1);
      // Below the last one an option has no number.
      if (place + by <= order.length) order.splice(place + by, 0, row);
    }
    give(order);
    button.focus();
    const now = ranked().indexOf(row);
    said.textContent =
      now < 0 ? `${labelOf(row)} has no number.` : `${labelOf(row)} is number ${now + 1}.`;
  };

  for (const row of rows) {
    for (const [word, sign, by] of [["up", "↑", -1], ["down", "↓", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", `Move ${labelOf(row)} ${word}`);
      button.addEventListener("click", () => move(row, by, button));
      row.append(button);
    }
  }
  list.addEventListener("change", show);
  list.classList.add("is-live");
  show();
}

// A mark on a map by pointer or by arrow keys, without sending the form.
for (const frame of document.querySelectorAll("[data-map]")) {
  const edge = (name) => Number(frame.dataset[name]);
  const [north, south, east, west] = ["north", "south", "east", "west"].map(edge);
  const picture = frame.querySelector('input[type="image"]');
  const mark = frame.querySelector("[data-mark]");
  const point = frame.querySelector("[data-point]");
  const said = frame.querySelector("[data-said]");
  const { width, height } = mark.ownerSVGElement.viewBox.baseVal;
  const clear = document.createElement("button");
  let at = point.value.includes(",")
    ? (([latitude, longitude]) => [
        (longitude - west) / (east - west),
        (north - latitude) / (north - south),
      ])(point.value.split(",").map(Number))
    : null;

  const show = () => {
    clear.hidden = at === null;
    mark.setAttribute("visibility", at ? "visible" : "hidden");
    if (!at) {
      point.value = "";
      said.textContent = "Nothing is marked.";
      return;
    }
    const latitude = (north - at[1] * (north - south)).toFixed(6);
    const longitude = (west + at[0] * (east - west)).toFixed(6);
    mark.setAttribute("transform", `translate(${at[0] * width} ${at[1] * height})`);
    point.value = `${latitude},${longitude}`;
    said.textContent = `Marked at ${latitude}, ${longitude} (latitude, longitude).`;
  };
  const inside = (share) => Math.min(1, Math.max(0, share));

  picture.addEventListener("click", (event) => {
    event.preventDefault();
    const box = picture.getBoundingClientRect();
    // A press by key has no place: the first one marks the middle.
    if (event.detail === 0) at ??= [0.5, 0.5];
    else {
      at = [
        inside((event.clientX - box.left) / box.width),
        inside((event.clientY - box.top) / box.height),
      ];
    }
    show();
  });
  picture.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ];
    if (!by) return;
    event.preventDefault();
    const share = event.shiftKey ? 0.05 : 0.01;
    at = at ? [inside(at[0] + by[0] * share), inside(at[1] + by[1] * share)] : [0.5, 0.5];
    show();
  });
  clear.type = "button";
  clear.className = "quiet";
  clear.textContent = "Take the mark away";
  clear.addEventListener("click", () => {
    at = null;
    show();
    picture.focus();
  });
  frame.querySelector("[data-clear-choice]")?.remove();
  frame.append(clear);
  frame.querySelector("[data-keys]").hidden = false;
  // Where a press is measured by script the picture may shrink to the screen.
  frame.classList.add("is-live");
  clear.hidden = at === null;
}
