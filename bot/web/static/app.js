// What makes the pages smoother; every form works without it. It never builds a page of its own: it sends
// the same forms, gets the same pages, and takes over the parts that changed.
"use strict";

(() => {
  const POLL_MS = 4000;
  const side = document.getElementById("side");
  if (!side) return;

  const byId = (id) => document.getElementById(id);
  const log = byId("log");
  const box = byId("tekst");
  const files = byId("filer");
  const say = document.body.dataset;
  let busy = false;

  for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;

  // What is new on the server.
  const changed = async () => {
    const answer = await fetch(side.dataset.news, { headers: { accept: "application/json" } });
    return answer.ok && (await answer.json()).state !== side.dataset.state;
  };
  const poll = async () => {
    try {
      if (!busy && !document.hidden && (await changed()) && !busy) await showNews();
    } catch {
      // No connection: the next round tries again.
    }
    setTimeout(poll, POLL_MS);
  };
  const replacePart = (part, fresh) => {
    const open = new Set([...part.querySelectorAll("details[open]")].map((one) => one.id));
    const typed = new Map([...part.querySelectorAll("textarea")].map((one) => [one.id, one.value]));
    const scrolled = [...part.querySelectorAll(".paper")].map((one) => one.scrollTop);
    part.replaceChildren(...document.adoptNode(fresh).childNodes);
    for (const one of part.querySelectorAll("details")) one.open = open.has(one.id);
    for (const one of part.querySelectorAll("textarea")) one.value = typed.get(one.id) ?? "";
    [...part.querySelectorAll(".paper")].forEach((one, at) => (one.scrollTop = scrolled[at] ?? 0));
  };

  // Where there is no conversation only the letter follows along; the table of answers waits to be asked.
  const showLetter = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.getElementById("side");
    if (!fresh) return;
    for (const part of document.querySelectorAll("[data-fresh]")) {
      const now = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
      if (now && !part.contains(document.activeElement.closest("a, button"))) replacePart(part, now);
    }
    side.dataset.state = fresh.dataset.state;
    const told = byId("brev-opdateret");
    if (told) told.textContent = say.letterNew;
  };
  const showNews = async () => {
    if (!log) {
      byId("aendret").hidden = false;
      await showLetter();
      return;
    }
    const answer = await fetch("/");
    if (answer.ok && !busy) takeOver(await answer.text(), false);
  };
  setTimeout(poll, POLL_MS);
  if (!log) return;

  // The last message stands above the answer box; where the new ones are taller than that, the first does.
  const scrollToNewest = (first, behavior) => {
    const last = log.lastElementChild;
    if (!first || !last) return;
    const gap = 16;
    const top = document.querySelector(".top");
    const header = getComputedStyle(top).position === "sticky" ? top.offsetHeight : 0;
    const free = innerHeight - byId("svarfelt").offsetHeight - gap;
    const bottom = last.getBoundingClientRect().bottom - free;
    const start = first.getBoundingClientRect().top - header - gap;
    scrollBy({ top: Math.min(bottom, start), behavior });
  };

  // The letter beside the chat shows the place of the question at hand.
  const showInLetter = () => {
    const paper = document.querySelector(".with-letter .paper");
    const now = paper?.querySelector(".said-part.current");
    if (!now) return;
    const above = paper.clientHeight / 4;
    paper.scrollTop += now.getBoundingClientRect().top - paper.getBoundingClientRect().top - above;
  };

  const takeOver = (html, sent) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const newLog = page.getElementById("log");
    if (!newLog) return page.querySelector("main h1")?.textContent.trim() || say.refused;
    const freshSide = page.getElementById("side");
    if (freshSide.dataset.name !== side.dataset.name) log.replaceChildren();
    const first = mergeLog(newLog);
    for (const part of document.querySelectorAll("[data-fresh]")) {
      const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
      const inUse = !sent && part.contains(document.activeElement);
      if (fresh && !inUse) replacePart(part, fresh);
    }
    for (const id of ["svar", "knapper"]) {
      for (const field of ["noegle", "sted"]) {
        const now = byId(id).elements[field];
        const next = page.getElementById(id).elements[field];
        if (now && next) now.value = next.value;
      }
    }
    side.dataset.state = freshSide.dataset.state;
    side.dataset.name = freshSide.dataset.name;
    scrollToNewest(first, "auto");
    if (sent) showInLetter();
    return freshSide.dataset.failed === undefined ? "" : "failed";
  };

  // Messages are only added, so that a screen reader reads the new ones and nothing else.
  const mergeLog = (newLog) => {
    let first = null;
    let before = null;
    for (const message of [...newLog.children]) {
      const known = byId(message.id);
      if (known && log.contains(known)) {
        if (!message.querySelector(".inline-choices")) known.querySelector(".inline-choices")?.remove();
        before = known;
        continue;
      }
      const added = document.adoptNode(message);
      if (before) before.after(added);
      else log.prepend(added);
      first ??= added;
      before = added;
    }
    return first;
  };

  // Sending.
  const post = (form, data) =>
    new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      const upload = byId("upload");
      const withFiles = files.files.length > 0 && form.id === "svar";
      request.upload.onprogress = (event) => {
        upload.hidden = !withFiles;
        if (event.lengthComputable) byId("sendt").value = (100 * event.loaded) / event.total;
      };
      request.onloadend = () => (upload.hidden = true);
      request.onload = () => done(request);
      request.onerror = failed;
      request.open("POST", form.action);
      request.send(data);
    });

  const setBusy = (now) => {
    busy = now;
    byId("status").textContent = now ? say.sending : "";
    for (const button of document.querySelectorAll("button")) {
      if (now) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  };

  const send = async (form, button) => {
    const data = new FormData(form, button);
    setBusy(true);
    byId("problem").textContent = "";
    let answer;
    try {
      answer = (await post(form, data)).responseText;
    } catch {
      answer = null;
    }
    setBusy(false);
    const problem = answer === null ? say.offline : takeOver(answer, true);
    if (problem && problem !== "failed") {
      byId("problem").textContent = problem;
      return;
    }
    if (form.id === "svar" && !problem) {
      // What was typed on while the answer was under way stays.
      if (box.value === data.get("tekst")) box.value = "";
      files.value = "";
      nameFiles();
    }
    const next = byId(form.dataset.send) || box;
    next.focus({ preventScroll: true });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("send" in form.dataset)) return;
    event.preventDefault();
    if (!busy) send(form, event.submitter);
  });

  // A press on the letter's words is a press on the button after them, unless words are being marked.
  document.addEventListener("click", (event) => {
    const said = event.target.closest?.(".said-part");
    if (!said || event.target.closest("a, button") || getSelection().toString()) return;
    said.querySelector(".to-question")?.click();
  });

  const nameFiles = () => {
    const names = [...files.files].map((file) => file.name).join(", ");
    byId("valgt").textContent = names && `${say.chosen} ${names}`;
  };
  files.addEventListener("change", nameFiles);

  // Enter sends, but not on a touch keyboard, which has no Shift+Enter, nor while a character is composed.
  const touch = matchMedia("(pointer: coarse)");
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
    event.preventDefault();
    byId("svar").requestSubmit(byId("send"));
  });

  // The script places the window itself; the address's fragment is for browsers without it.
  history.scrollRestoration = "manual";
  history.replaceState(null, "", "/");
  scrollToNewest(byId("nyeste")?.closest("li"), "instant");
  showInLetter();
})();
