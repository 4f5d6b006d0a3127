// The web chat's page. What the player writes stays in the outbox until the server says it is durable; replies are
// numbered, and a page that was away says which one it saw last. The server's side is handlers/web_socket.py.
"use strict";
(() => {
  const ACK_WAIT_MS = 12000; // longer than the server takes to accept; then the connection counts as dead
  const LONGEST_PAUSE_MS = 30000;
  const NO_COOKIE = 4401;
  const TOO_BIG = 1009;

  const $ = (id) => document.getElementById(id);
  const log = $("log");
  const box = $("text");
  const { bot, language } = document.body.dataset; // the language that the visitor wants and the bot speaks; "": none
  const texts = JSON.parse(document.body.dataset.texts);
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${document.body.dataset.socket}`;

  // ---- what survives a reload ----
  const memory = {};
  const store = {
    get(key) {
      try { return localStorage.getItem(key) ?? memory[key] ?? null; } catch { return memory[key] ?? null; }
    },
    set(key, value) {
      memory[key] = value;
      try { localStorage.setItem(key, value); } catch { /* storage is blocked or full: this page's memory has it */ }
    },
  };
  const OUTBOX = `parlor.outbox.${bot}`;
  const NAME = "parlor.name";
  const outbox = () => {
    try { return JSON.parse(store.get(OUTBOX) || "[]"); } catch { return []; }
  };
  const keep = (items) => store.set(OUTBOX, JSON.stringify(items));

  // ---- the connection ----
  let socket = null;
  let ready = false; // the hello is answered
  let last = null; // number of the last reply shown; null before the history came
  let asked = false; // a hello is under way
  let sending = null; // id of the message whose acknowledgement is awaited
  let watchdog = 0;
  let pause = 0; // timer of a "retry"
  let failures = 0;
  let refusals = 0; // closes for want of a cookie, in a row
  let reconnect = 0;

  function connect() {
    clearTimeout(reconnect);
    if (socket) return;
    const mine = new WebSocket(address);
    socket = mine;
    mine.onopen = () => hello();
    mine.onmessage = (event) => { if (socket === mine) hear(JSON.parse(event.data)); };
    mine.onclose = (event) => { if (socket === mine) lost(event.code); };
    watch();
  }

  function say(frame) {
    socket.send(JSON.stringify(frame));
    watch();
  }

  function hello() {
    if (asked) return;
    asked = true;
    say({ type: "hello", after: last });
  }

  function watch() {
    clearTimeout(watchdog);
    const watched = socket;
    watchdog = setTimeout(() => { if (socket === watched) lost(0); }, ACK_WAIT_MS);
  }

  const settled = () => { if (!asked && !sending) clearTimeout(watchdog); };

  async function lost(code) {
    const old = socket;
    socket = null;
    ready = asked = false;
    clearTimeout(watchdog);
    clearTimeout(pause);
    pause = 0;
    if (old) {
      old.onclose = old.onmessage = old.onopen = null;
      try { old.close(); } catch { /* closed already */ }
    }
    if (code === TOO_BIG && sending) settle(sending, texts.long);
    sending = null;
    failures += 1;
    if (code === NO_COOKIE) {
      refusals += 1;
      last = null;
      await fetch(location.href, { cache: "no-store", credentials: "same-origin" }).catch(() => null);
    }
    if (refusals > 1) status("off", texts.cookie);
    else if (!navigator.onLine) status("off", texts.offline);
    else if (failures > 1 || code !== NO_COOKIE) status("off", texts.lost);
    // Between half and all of the pause, so that pages do not come back all at once.
    const span = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** Math.min(failures - 1, 10));
    reconnect = setTimeout(connect, span * (0.5 + Math.random() / 2));
  }

  function status(state, words) {
    const line = $("status");
    line.dataset.state = state;
    if (line.textContent !== words) line.textContent = words;
  }

  function notice(words) {
    $("notice").textContent = words;
    $("notice").hidden = !words;
  }

  // ---- what the server says ----
  function hear(frame) {
    switch (frame.type) {
      case "history": return past(frame);
      case "resumed":
        asked = false;
        if (frame.last > last) return hello();
        return settle(), greet();
      case "reply": return reply(frame);
      case "ack":
        notice("");
        return settle(frame.id, "");
      case "retry":
        if (frame.id === sending) sending = null;
        clearTimeout(pause);
        pause = setTimeout(() => { pause = 0; flush(); }, frame.after_s * 1000);
        return settled();
      case "error":
        notice(frame.message);
        if (frame.refused) settle(frame.id || sending, texts.unsent);
    }
  }

  function past(frame) {
    asked = false;
    last = frame.last;
    const waiting = outbox();
    const arrived = new Set(frame.entries.map((entry) => entry.id).filter(Boolean));
    keep(waiting.filter((item) => !arrived.has(item.id)));
    log.setAttribute("aria-busy", "true");
    log.replaceChildren();
    for (const entry of frame.entries) show(entry);
    for (const item of outbox()) show(own(item));
    log.scrollTop = log.scrollHeight;
    log.removeAttribute("aria-busy");
    settle();
    greet();
  }

  function reply(frame) {
    if (last === null || frame.number <= last) return;
    if (frame.number > last + 1) return hello(); // a hole: ask again from the last one seen
    last = frame.number;
    show(frame);
  }

  function greet() {
    ready = true;
    failures = refusals = 0;
    status("on", texts.connected);
    $("greeting").hidden = log.childElementCount > 0;
    flush();
  }

  // ---- what the player says ----
  function settle(id, words) {
    if (id) {
      keep(outbox().filter((item) => item.id !== id));
      mark(id, words);
      if (sending === id) sending = null;
      flush();
    }
    settled();
  }

  // One at a time: a message that has to be sent again is not overtaken by the next one.
  function flush() {
    if (!ready || sending || pause) return;
    const [item] = outbox();
    if (!item) return;
    sending = item.id;
    say(item);
  }

  function send(item) {
    item.id = uuid();
    item.language = language;
    const name = (store.get(NAME) || "").trim();
    if (name) item.name = name;
    keep([...outbox(), item]);
    show(own(item));
    log.scrollTop = log.scrollHeight;
    flush();
  }

  const write = (words) => {
    const text = words.toWellFormed ? words.toWellFormed() : words;
    if (text.trim()) send({ type: "message", text });
  };

  const own = (item) => ({ mine: true, id: item.id, text: item.text ?? item.label, unsent: true });

  function uuid() {
    // randomUUID exists on secure pages only; a server at home may be reached by plain http.
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const hex = Array.from(b, (n) => n.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // ---- the log ----
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function show(entry) {
    const busy = log.hasAttribute("aria-busy");
    const low = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const item = make("div", `entry${entry.mine ? " mine" : ""}${busy ? "" : " fresh"}`);
    const bubble = make("div", "bubble");
    bubble.append(make("span", "unseen", `${entry.mine ? texts.you : entry.name || bot}: `));
    const words = make("span");
    words.dir = "auto";
    if (entry.mine) linked(words, entry.text || "");
    else spelt(words, entry.text || "");
    bubble.append(words);
    if (entry.text) item.append(bubble);
    if (entry.mine) {
      item.dataset.id = entry.id || "";
      if (entry.unsent) {
        item.dataset.sent = "no";
        item.append(make("p", "state", texts.sending));
      }
    }
    if (entry.buttons && entry.buttons.length && !entry.mine) item.append(choices(entry.buttons));
    if (item.childElementCount) log.append(item);
    if (entry.board) replace(entry.board, item);
    $("greeting").hidden = true;
    if (low || busy) log.scrollTop = log.scrollHeight;
    else if (!entry.mine) $("jump").hidden = false;
  }

  // A board stands once: its newest line, at the end. Whoever was on one of its buttons stays on it.
  function replace(board, item) {
    const older = [...log.children].find((child) => child.dataset.board === board);
    item.dataset.board = board;
    if (!older) return;
    const pressed = older.contains(document.activeElement) ? document.activeElement.value : null;
    older.remove();
    if (pressed === null) return;
    const same = [...item.querySelectorAll("button")].find((button) => button.value === pressed);
    (same || item.querySelector("button") || (typist ? box : log)).focus({ preventScroll: true });
  }

  function choices(buttons) {
    const group = make("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", texts.choices);
    for (const { label, value } of buttons) {
      const button = make("button", "", label);
      button.type = "button";
      button.value = value;
      button.onclick = (event) => {
        send({ type: "press", value, label });
        // Whoever points with a mouse writes next; whoever presses with the keyboard stays among the buttons.
        if (typist && event.detail) box.focus({ preventScroll: true });
      };
      group.append(button);
    }
    return group;
  }

  function mark(id, words) {
    const item = [...log.children].find((child) => child.dataset.id === id);
    if (!item) return;
    const state = item.querySelector(".state");
    if (words) {
      item.classList.add("failed");
      if (state) state.textContent = words;
    } else {
      delete item.dataset.sent;
      if (state) state.remove();
    }
  }

  // Lines of blanks are larger and in letters of one width, so that they can be counted.
  function spelt(element, text) {
    const lines = text.split("\n");
    lines.forEach((line, at) => {
      const end = at < lines.length - 1 ? "\n" : "";
      if (!/(^|\s)_(\s|$)/u.test(line)) return linked(element, line + end);
      const head = (/^\d+ [^:_]*: /u.exec(line) || [""])[0];
      element.append(head, make("span", "blanks", line.slice(head.length)), end);
    });
  }

  // Text stays text; only whole https addresses become anchors.
  function linked(element, text) {
    let at = 0;
    for (const found of text.matchAll(/https:\/\/[^\s<>"“”]+/g)) {
      let url = found[0].replace(/[.,;:!?'’…]+$/, "");
      while (url.endsWith(")") && url.split(")").length > url.split("(").length) url = url.slice(0, -1);
      let parsed = null;
      try { parsed = new URL(url); } catch { continue; }
      if (parsed.protocol !== "https:" || parsed.username || parsed.password) continue;
      element.append(text.slice(at, found.index));
      const anchor = make("a", "", url);
      anchor.href = parsed.href;
      anchor.target = "_blank";
      anchor.rel = "noopener noreferrer nofollow";
      element.append(anchor);
      at = found.index + url.length;
    }
    element.append(text.slice(at));
  }

  // ---- the page ----
  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }

  $("composer").onsubmit = (event) => {
    event.preventDefault();
    write(box.value);
    box.value = "";
    grow();
    box.focus();
  };
  box.oninput = grow;
  box.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $("composer").requestSubmit();
  };
  // The start button goes away when it was pressed, so the focus has to move; on a phone not to the box, which would
  // bring up the keyboard over the first clue.
  const typist = matchMedia("(pointer: fine)").matches;
  for (const button of $("greeting").querySelectorAll("button")) {
    button.onclick = () => { send({ type: "press", value: button.value, label: button.textContent }); (typist ? box : log).focus(); };
  }
  $("jump").onclick = () => { log.scrollTop = log.scrollHeight; log.focus({ preventScroll: true }); };
  const isLow = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  let wasLow = true;
  log.onscroll = () => { wasLow = isLow(); if (wasLow) $("jump").hidden = true; };
  // A phone's keyboard takes half of the window: who was at the end stays there.
  new ResizeObserver(() => { if (wasLow) log.scrollTop = log.scrollHeight; }).observe(log);
  $("name").value = store.get(NAME) || "";
  $("name").oninput = () => store.set(NAME, $("name").value);
  $("who").onkeydown = (event) => {
    if (event.key !== "Escape" && !(event.key === "Enter" && event.target === $("name"))) return;
    $("who").open = false;
    $("who").querySelector("summary").focus();
  };
  addEventListener("click", (event) => { if (!$("who").contains(event.target)) $("who").open = false; });
  addEventListener("online", () => { failures = 0; connect(); });
  // A page that slept does not know that its connection died: asking tells.
  addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (socket && ready) hello();
    else connect();
  });
  // What another tab of this conversation writes is shown here too.
  addEventListener("storage", (event) => {
    if (event.key === NAME) $("name").value = event.newValue || "";
    if (event.key !== OUTBOX || last === null) return;
    const ids = new Set(outbox().map((item) => item.id));
    const shown = new Set([...log.children].map((child) => child.dataset.id));
    for (const item of outbox()) if (!shown.has(item.id)) show(own(item));
    for (const child of [...log.children]) if (child.dataset.sent && !ids.has(child.dataset.id)) mark(child.dataset.id, "");
  });

  connect();
  if (typist) box.focus();
})();
