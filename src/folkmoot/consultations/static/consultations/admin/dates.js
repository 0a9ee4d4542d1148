// Ask again what an editor should know of a consultation's dates whenever they change.
// Without this script the same cautions stand there when the page is loaded or saved.
(() => {
  const watch = (place) => {
    const fields = [place.dataset.opens, place.dataset.closes].map((id) => document.getElementById(id));
    if (fields.some((field) => !field)) return;
    let asked = 0;
    const ask = async () => {
      asked += 1;
      const mine = asked;
      const address = new URL(place.dataset.folkmootCautions, window.location.href);
      address.search = new URLSearchParams({ opens_at: fields[0].value, closes_at: fields[1].value });
      const answer = await fetch(address, { credentials: 'same-origin' }).catch(() => null);
      // An answer that comes late, after a newer question, says nothing any more.
      if (!answer || !answer.ok || mine !== asked) return;
      const text = await answer.text();
      if (mine === asked) place.innerHTML = text;
    };
    fields.forEach((field) => field.addEventListener('change', ask));
  };
  const begin = () => document.querySelectorAll('[data-folkmoot-cautions]').forEach(watch);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
})();
