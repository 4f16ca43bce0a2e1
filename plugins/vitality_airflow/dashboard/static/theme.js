// Light or dark: as Airflow's own page shows itself when it frames this one, else as the reader's system asks.
"use strict";
(() => {
  const root = document.documentElement;
  const framed = window.parent !== window;
  root.dataset.framed = framed ? "yes" : "no";
  const follow = () => {
    let theirs = "";
    try {
      const airflow = framed ? window.parent.document.documentElement.classList : null;
      theirs = airflow ? ["dark", "light"].find((name) => airflow.contains(name)) : localStorage.getItem("theme");
    } catch { /* another origin frames us, or storage is shut: the system decides */ }
    if (theirs === "dark" || theirs === "light") root.dataset.theme = theirs;
    else delete root.dataset.theme;
  };
  follow();
  try {
    if (framed) {
      const options = { attributes: true, attributeFilter: ["class"] };
      new MutationObserver(follow).observe(window.parent.document.documentElement, options);
    } else window.addEventListener("storage", follow);
  } catch { /* as above */ }
})();
