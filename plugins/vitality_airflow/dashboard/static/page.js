// Small comforts: times in the reader's own zone, addresses that can be copied, a question before a change.
"use strict";
(() => {
  const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
  const comfort = (part) => {
    for (const time of part.querySelectorAll("time[datetime]")) {
      const own = `${clock.format(new Date(time.dateTime))} your time`;
      time.title = time.title ? `${time.title} = ${own}` : own;
    }
    for (const button of part.querySelectorAll("button[data-copy]")) button.hidden = false;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.firstChild.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
      button.firstChild.textContent = "Selected";
    }
  });
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && event.target.dataset.asked !== "yes") {
      event.preventDefault();
      ask(event.target, question);
    }
  });
  // The frame may open no dialog of the browser's own (window.confirm): the question stands where the button stood.
  const ask = (form, question) => {
    const button = form.querySelector("button[type=submit]");
    if (form.dataset.asking === "yes") { form.dataset.asked = "yes"; form.requestSubmit(button); return; }
    form.dataset.asking = "yes";
    button.textContent = question;
  };
  document.addEventListener("live:replaced", (event) => comfort(event.target));
  comfort(document);
})();
