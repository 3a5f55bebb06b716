// Finds articles in the list that the page holds, without asking anything of the network. What each is found by was
// folded by text/words.py; the same is done here with what a reader types.
"use strict";

const WORD = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
const LETTERS = new Map([
  ["\u0643", "\u06a9"], ["\u064a", "\u06cc"], ["\u0649", "\u06cc"], ["\u0629", "\u06c3"], ["\u200c", ""], ["\u0640", ""],
]);
const AT_ONCE = 50;

function folded(text) {
  const lower = text.normalize("NFKD").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKD");
  const bare = lower.replace(/\p{Mn}/gu, "").normalize("NFKC");
  return bare.replace(/[\u0643\u064a\u0649\u0629\u200c\u0640]/g, (letter) => LETTERS.get(letter)).replaceAll("’", "'");
}

const wordsOf = (text) => folded(text).match(WORD) ?? [];

function asked() {
  try {
    return location.hash.startsWith("#q=") ? decodeURIComponent(location.hash.slice(3)) : "";
  } catch {
    return "";
  }
}

function start() {
  const part = (id) => document.getElementById(id);
  const { index, spoken } = JSON.parse(part("ovn-index").textContent);
  const query = part("ovn-query");
  const items = [...part("ovn-found").children];
  const elsewhere = [...document.querySelectorAll("nav.pages a")];
  let most = AT_ONCE;
  const say = (number) => {
    const written = String(number).replace(/\d/g, (digit) => spoken.digits[digit]);
    return number ? (number === 1 ? spoken.one : spoken.many).replace("{number}", written) : spoken.none;
  };
  const show = () => {
    const wanted = wordsOf(query.value);
    const found = items.filter((_, place) => wanted.every((word) => index[place].includes(` ${word}`)));
    const shown = new Set(found.slice(0, most));
    items.forEach((item) => { item.hidden = !shown.has(item); });
    part("ovn-count").textContent = wanted.length ? say(found.length) : "";
    part("ovn-more").hidden = found.length <= most;
    elsewhere.forEach((link) => { link.hash = wanted.length ? `q=${encodeURIComponent(query.value)}` : ""; });
  };
  query.value = asked();
  query.addEventListener("input", () => { most = AT_ONCE; show(); });
  part("ovn-more").addEventListener("click", () => { most += AT_ONCE; show(); });
  addEventListener("pageshow", show); // a browser that comes back to the page puts in again what was typed
  addEventListener("hashchange", () => { query.value = asked(); show(); });
  part("ovn-find").hidden = false;
  show();
}

start();
