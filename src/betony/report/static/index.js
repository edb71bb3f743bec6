// Search and filters of the index, over the columns in records.js. Words of documents only ever become text.
"use strict";
(() => {
  const STEP = 100; // rows that are drawn at once
  const SIGNS = { active: "●", retired: "✕", draft: "◌", unknown: "?" };
  const data = globalThis.betonyRecords;
  const total = data.id.length;
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const searched = data.id.map((id, i) => fold(`${data.title[i]} ${data.reference[i]} ${id}`));
  const at = (name) => document.getElementById(name);
  const fields = ["query", "publisher", "type", "status", "section"];
  const [query, publisher, type, status, section] = fields.map(at);
  const list = at("records");
  const count = at("count");
  const more = at("more");
  let found = [];
  let drawn = 0;

  function element(name, className, words) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (words !== undefined) made.textContent = words;
    return made;
  }

  const plain = (name) => name.replaceAll("_", " ");

  function row(i) {
    const item = element("li");
    const link = element("a", "", data.title[i] || "(no title)");
    link.href = data.address[i];
    const about = element("span", "about");
    for (const words of [data.reference[i] || data.id[i], data.publisher[i] || "publisher unknown", plain(data.type[i]), data.latest[i]])
      if (words) about.append(element("span", "", words));
    const standing = element("span", "standing");
    const code = data.code[i];
    const state = element("span", `status status-${code}`);
    const sign = element("span", "", SIGNS[code]);
    sign.setAttribute("aria-hidden", "true");
    const currency = data.currency[i];
    state.append(sign, ` ${code}${currency !== code && currency !== "current" ? `: ${plain(currency)}` : ""}`);
    standing.append(state);
    if (data.gone[i]) standing.append(" ", element("span", "gone", "gone from its site"));
    item.append(link, about, standing);
    return item;
  }

  function draw(upto) {
    const rows = document.createDocumentFragment();
    for (; drawn < Math.min(upto, found.length); drawn++) rows.append(row(found[drawn]));
    list.append(rows);
    more.hidden = drawn >= found.length;
  }

  function matches() {
    const terms = fold(query.value).split(/\s+/).filter(Boolean);
    const [code, currency] = status.value.split("/");
    const bit = section.value === "*" ? 0 : 1 << data.sectionTypes.indexOf(section.value);
    const kept = [];
    for (let i = 0; i < total; i++) {
      if (publisher.value !== "*" && data.publisher[i] !== publisher.value) continue;
      if (type.value !== "*" && data.type[i] !== type.value) continue;
      if (code !== "*" && (data.code[i] !== code || (currency && data.currency[i] !== currency))) continue;
      if (bit && !(data.sections[i] & bit)) continue;
      if (terms.every((term) => searched[i].includes(term))) kept.push(i);
    }
    return kept;
  }

  function filter() {
    found = matches();
    drawn = 0;
    list.replaceChildren();
    draw(STEP);
    const number = found.length.toLocaleString("en-GB");
    count.textContent = found.length === total ? `${number} document${total === 1 ? "" : "s"}` : `${number} of ${total.toLocaleString("en-GB")} documents`;
  }

  function remember() {
    const state = new URLSearchParams();
    for (const field of [query, publisher, type, status, section])
      if (field.value && field.value !== "*") state.set(field.id, field.value);
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search);
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of [query, publisher, type, status, section]) {
      const value = state.get(field.id) ?? (field === query ? "" : "*");
      if (field === query || [...field.options].some((option) => option.value === value)) field.value = value;
    }
    filter();
  }

  for (const field of [query, publisher, type, status, section])
    field.addEventListener("input", () => {
      filter();
      remember();
    });
  at("clear").addEventListener("click", () => {
    query.value = "";
    for (const field of [publisher, type, status, section]) field.value = "*";
    filter();
    remember();
    query.focus();
  });
  more.addEventListener("click", () => {
    const first = drawn;
    draw(drawn + STEP);
    list.children[first].querySelector("a").focus();
  });
  addEventListener("hashchange", recall);
  recall();
})();
