// The review page works without this module. With it: texts are kept in the browser until the server has them,
// placeholders go in at the caret, keys, tabs for plural variants, no full page load. No inline code, no dependency.
const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
const desk = () => $("#desk[data-unit]"), form = () => $("#work");
const fields = () => $$("textarea[name=text]", form() || document.createElement("form"));
const area = () => fields().find(t => !t.closest("[hidden]")) || fields()[0];
const key = d => `dpg-l10n:${d.project}:${d.language}:${d.unit}:${d.revision}`;
const segments = Intl.Segmenter ? new Intl.Segmenter() : null;
const length = s => segments ? [...segments.segment(s)].length : [...s].length;
const store = {
  get(k) { try { return JSON.parse(localStorage.getItem(k)) } catch { return null } },
  set(k, v) { try { localStorage.setItem(k, JSON.stringify(v)) } catch { /* full or switched off: the form still holds it */ } },
  drop(k) { try { localStorage.removeItem(k) } catch { /* as above */ } },
};
let last = area(), timer = 0, waiting = null, byKey = false;

function insert(t, s) {
  t.focus();
  // the only way that Ctrl-Z undoes
  if (!document.execCommand("insertText", false, s)) t.setRangeText(s, t.selectionStart, t.selectionEnd, "end");
  changed(t);
}
function replace(t, s) { t.focus(); t.select(); insert(t, s) }
function keep() { const d = desk(); if (d && fields().length) store.set(key(d.dataset), fields().map(t => t.value)) }
function changed() { keep(); look(); clearTimeout(timer); timer = setTimeout(check, 900) }
function look() {
  const d = desk(), t = area();
  if (!d || !t) return;
  const need = JSON.parse(d.dataset.placeholders || "[]"), all = fields().map(x => x.value).join("\n");
  const lost = all.trim() ? need.filter(p => !all.includes(p)) : [];
  const list = $("#lost");
  if (list) list.replaceChildren(...lost.map(p => {
    const li = document.createElement("li"), b = document.createElement("button");
    b.type = "button"; b.className = "chip code"; b.dataset.insert = p; b.dir = "ltr"; b.textContent = "+ " + p;
    li.className = "error"; li.append(d.dataset.msgMissing + " ", b);
    return li;
  }));
  for (const c of $$("[name=insert]", form())) c.toggleAttribute("data-missing", lost.includes(c.value));
  const counter = $("#length");
  if (counter) counter.textContent = length(t.value) + (counter.dataset.most ? ` / ${counter.dataset.most}` : "");
  isolate(t, need);
  for (const tab of $$("[role=tab]")) tab.lastChild.textContent = $("textarea", $("#" + tab.getAttribute("aria-controls"))).value ? " ✓" : "";
}
// a field cannot keep "{count}" whole between words that run from right to left: it is shown below as it is
function isolate(t, need) {
  const out = $("#isolated"), there = need.filter(p => t.value.includes(p)).sort((a, b) => b.length - a.length);
  if (!out) return;
  out.hidden = t.dir !== "rtl" || !there.length;
  if (out.hidden) return;
  const any = new RegExp(`(${there.map(p => p.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);
  out.replaceChildren(...t.value.split(any).map((part, i) => {
    if (i % 2 === 0) return part;
    const chip = document.createElement("bdi");
    chip.className = "ph"; chip.dir = "ltr"; chip.textContent = part;
    return chip;
  }));
}
async function check() {
  const f = form();
  if (!f || !navigator.onLine || !fields().some(t => t.value)) return;
  const body = new FormData(f), unit = desk().dataset.unit, sent = fields().map(t => t.value).join("\0");
  body.set("act", "check");
  try {
    const page = parse(await (await fetch(f.action, { method: "POST", body: new URLSearchParams(body) })).text());
    const found = $("#findings", page);
    if (found && desk()?.dataset.unit === unit && fields().map(t => t.value).join("\0") === sent) { $("#findings").innerHTML = found.innerHTML; look() }
  } catch { /* no line: the server checks when the text is sent */ }
}
const parse = html => new DOMParser().parseFromString(html, "text/html");
async function send(f, button) {
  if (waiting) return;
  const body = new URLSearchParams(new FormData(f)), kept = desk() && key(desk().dataset);
  if (button?.name) body.set(button.name, button.value);
  keep();
  waiting = button || f;
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(f.action, { method: "POST", body });
    const page = parse(await answer.text());
    const rendered = answer.redirected && answer.ok;
    // only now has the server what was written
    if (rendered && kept && ["approve", "save", "withdraw"].includes(body.get("act"))) store.drop(kept);
    show(page, answer.url, answer.redirected);
  } catch {
    const told = $("#kept");
    told.hidden = false; told.textContent = desk().dataset.msgOffline; told.scrollIntoView({ block: "center" });
    addEventListener("online", () => { if (form() === f) send(f, button) }, { once: true });
  } finally {
    waiting = null;
    document.body.removeAttribute("aria-busy");
  }
}
function show(page, address, moved) {
  const now = $("#desk"), next = $("#desk", page), bar = $("#actions", page);
  if (!now || !next) { location.assign(moved ? address : location.href); return }
  document.title = page.title;
  now.replaceWith(document.adoptNode(next));
  if (bar) $("#actions")?.replaceWith(document.adoptNode(bar)); else $("#actions")?.replaceChildren();
  if (moved) history.pushState(null, "", address);
  start(!moved);
  const told = $("#desk [role=alert]");
  if (told) { told.focus(); told.scrollIntoView({ block: "center" }) }
  else if (moved) { $("#main").scrollTop = 0; (byKey && area() ? area() : $("#unit-title")).focus() }
}
function tabs() {
  const box = $("#variants"), parts = $$(".variant[data-title]");
  if (parts.length < 2) return;
  const list = document.createElement("div");
  list.className = "tabs"; list.setAttribute("role", "tablist"); list.setAttribute("aria-label", box.dataset.label);
  parts.forEach((part, i) => {
    const b = document.createElement("button"), n = document.createElement("bdi");
    n.dir = "ltr"; n.textContent = part.dataset.title;
    b.type = "button"; b.id = `tab-${i}`; b.setAttribute("role", "tab"); b.append(n, document.createElement("span"));
    part.id = `part-${i}`; part.setAttribute("role", "tabpanel"); part.setAttribute("aria-labelledby", b.id);
    b.setAttribute("aria-controls", part.id);
    list.append(b);
  });
  box.prepend(list); box.classList.add("tabbed");
  choose(list.firstChild);
}
function choose(tab) {
  for (const each of $$("[role=tab]", tab.parentNode)) {
    each.setAttribute("aria-selected", each === tab); each.tabIndex = each === tab ? 0 : -1;
    $("#" + each.getAttribute("aria-controls")).hidden = each !== tab;
  }
  look();
}
function start(refused) {
  const d = desk();
  const on = $("#keys-on"); if (on) on.checked = store.get("dpg-l10n:keys") !== false;
  if (!d) return;
  $("[data-turn]")?.removeAttribute("hidden");
  tabs();
  const kept = store.get(key(d.dataset)), now = fields();
  if (!refused && Array.isArray(kept) && kept.length === now.length && kept.some((v, i) => v !== now[i].value)) {
    now.forEach((t, i) => { t.value = kept[i] });
    const told = $("#kept"); told.hidden = false; told.textContent = d.dataset.msgKept;
  }
  look();
}
document.addEventListener("input", e => { if (e.target.matches?.("textarea[name=text]")) changed() });
document.addEventListener("focusin", e => { if (e.target.matches?.("textarea[name=text]")) last = e.target });
document.addEventListener("change", e => {
  if (e.target.id === "keys-on") store.set("dpg-l10n:keys", e.target.checked);
  if (e.target.id === "show" && e.target.form) e.target.form.requestSubmit();
});
document.addEventListener("click", e => {
  const b = e.target.closest("button, a");
  if (!b) return;
  if (b.name === "insert" || b.dataset.insert) { e.preventDefault(); insert(last?.isConnected && !last.closest("[hidden]") ? last : area(), b.dataset.insert || b.value) }
  else if (b.name === "use") {
    e.preventDefault();
    JSON.parse(b.value).forEach((text, i) => { const t = fields()[i]; if (t === area()) replace(t, text); else t.value = text });
    changed();
  }
  else if (b.dataset.turn !== undefined) { const t = area(); t.dir = t.dir === "rtl" ? "ltr" : "rtl"; b.setAttribute("aria-pressed", t.dir === "rtl"); look() }
  else if (b.dataset.drop !== undefined) store.drop(key(desk().dataset));
  else if (b.dataset.act === "more") { e.preventDefault(); $("#more").open = true; $("#why").focus() }
  else if (b.getAttribute("role") === "tab") choose(b);
});
document.addEventListener("submit", e => {
  if (e.target.id !== "work") return;
  e.preventDefault();
  send(e.target, e.submitter);
});
const KEYS = { "Enter": "approve", "ArrowDown": "skip", "ArrowUp": "back", "Shift+Enter": "more" };
document.addEventListener("keydown", e => {
  byKey = true;
  if (e.target.getAttribute?.("role") === "tab" && /^Arrow(Left|Right)$/.test(e.key)) {
    const all = $$("[role=tab]"), step = (e.key === "ArrowRight") !== (document.dir === "rtl") ? 1 : -1;
    const next = all[(all.indexOf(e.target) + step + all.length) % all.length];
    choose(next); next.focus(); return;
  }
  if (e.key === "?" && !e.target.matches("textarea, input")) { const k = $("#keys"); if (k) { k.open = !k.open; k.scrollIntoView({ block: "center" }) } return }
  if (!e.altKey || e.ctrlKey || e.metaKey || store.get("dpg-l10n:keys") === false) return;
  const digit = /^Digit([1-9])$/.exec(e.code)?.[1];
  const found = digit ? $$(e.shiftKey ? "[name=insert]:is(.code, .word)" : "[name=use]")[digit - 1]
    : e.code === "KeyC" ? $("[name=act][value=fix]") : $(`[data-act="${KEYS[(e.shiftKey ? "Shift+" : "") + e.key]}"]`);
  if (found) { e.preventDefault(); found.click() }
});
addEventListener("pointerdown", () => { byKey = false });
addEventListener("popstate", () => location.reload());

// A day's work in one page: kept in the browser, sent when there is a line
const day = $("#day");
if (day) {
  const stored = `dpg-l10n:day:${day.dataset.project}:${day.dataset.language}`, all = () => $$("[data-item]", day);
  const values = each => ({ texts: $$("textarea", each).map(t => t.value), act: $("input:checked", each)?.value || "" });
  const known = store.get(stored) || {}, name = each => `${each.dataset.item}:${each.dataset.revision}`;
  for (const each of all()) {
    const was = known[name(each)];
    if (!was) continue;
    $$("textarea", each).forEach((t, i) => { if (was.texts[i] !== undefined) t.value = was.texts[i] });
    const choice = $$("input[type=radio]", each).find(r => r.value === was.act); if (choice) choice.checked = true;
  }
  const tell = text => { const told = $("#told"); told.hidden = false; told.textContent = text };
  day.addEventListener("input", e => {
    const each = e.target.closest("[data-item]");
    if (!each) return;
    if (e.target.matches("textarea") && !$("input:checked", each)?.value) { const r = $("input[value=translated]", each); if (r) r.checked = true }
    store.set(stored, { ...store.get(stored), [name(each)]: values(each) });
  });
  async function sendDay() {
    const items = all().filter(each => values(each).act);
    if (!items.length) return;
    const body = items.map(each => {
      const { texts, act } = values(each), labels = JSON.parse(each.dataset.labels), same = $$("textarea", each).every(t => t.value === t.defaultValue);
      const said = same && act !== "translated" ? {} : labels.length ? { plural: Object.fromEntries(labels.map((l, i) => [l, texts[i]])) } : { text: texts[0] };
      return { unit: +each.dataset.item, language: day.dataset.language, revision: +each.dataset.revision, state: act, ...said };
    });
    try {
      for (let at = 0; at < body.length; at += 100) {
        const answer = await fetch(day.dataset.batch, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ items: body.slice(at, at + 100) }) });
        if (!answer.ok) { tell(day.dataset.msgRefused); return }
        const { items: results } = await answer.json(), left = store.get(stored) || {};
        results.forEach((result, i) => {
          const each = items[at + i], said = $("[data-said]", each);
          if (result.problem) { said.textContent = result.problem.detail; said.hidden = false; return }
          delete left[name(each)];
          each.remove();
        });
        store.set(stored, left);
      }
      tell(all().some(each => values(each).act) ? day.dataset.msgSome : day.dataset.msgSent);
    } catch { tell(day.dataset.msgOffline) }
  }
  day.addEventListener("submit", e => { e.preventDefault(); sendDay() });
  addEventListener("online", sendDay);
}
start(false);
