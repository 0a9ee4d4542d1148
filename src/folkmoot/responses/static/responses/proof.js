// The work that a browser does before a response is sent, as ALTCHA defines it: find the number
// whose SHA-256 together with the salt is the one asked for. It runs while the answers are read.
// Where it cannot run, the server asks for a pause instead.
const field = document.querySelector("[data-proof]");
const BATCH = 200;
const LONGEST_WAIT = 20000;

const hex = (bytes) => Array.from(new Uint8Array(bytes), (each) => each.toString(16).padStart(2, "0")).join("");

const solve = async ({ algorithm, challenge, salt, signature, most }) => {
  const written = new TextEncoder();
  for (let first = 0; first <= Number(most); first += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, at) => first + at);
    const digests = await Promise.all(
      numbers.map((each) => crypto.subtle.digest(algorithm, written.encode(salt + each))),
    );
    const found = digests.findIndex((each) => hex(each) === challenge);
    if (found !== -1) {
      return btoa(JSON.stringify({ algorithm, challenge, number: numbers[found], salt, signature }));
    }
  }
  return "";
};

if (field && globalThis.crypto?.subtle) {
  const form = field.form;
  const says = document.querySelector("[data-proof-says]");
  let isDone = false;
  let isWaiting = false;
  const done = (solved) => {
    if (isDone) return;
    isDone = true;
    field.value = solved;
    if (isWaiting) form.submit();
  };
  solve(field.dataset).then(done, () => done(""));
  form.addEventListener("submit", (event) => {
    if (isDone) return;
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    says.textContent = "Sending your response. This takes some seconds.";
    setTimeout(() => done(""), LONGEST_WAIT);
  });
}
