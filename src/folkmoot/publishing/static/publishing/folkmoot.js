// Leaving quickly: the page goes from the tab's history as well, and pressing Escape three times
// does the same. Without this script the control is an ordinary link.
const leave = document.querySelector("[data-leave]");

if (leave) {
  const go = () => {
    document.title = "";
    document.body.hidden = true;
    window.location.replace(leave.href);
  };
  let presses = 0;
  let last = 0;
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = 0;
      return;
    }
    presses = event.timeStamp - last < 1500 ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses === 3) go();
  });
}

// A page that came back with errors is read from its summary; the page of components shows one too.
document.querySelector(".error-summary:not(.specimens *)")?.focus();
