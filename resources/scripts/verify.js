// Checks a page against its signature, without asking anything of the network. What is signed is described in
// text/canonical.py, of which the first half of this file is a translation.
"use strict";

const words_of = (text) => new Set(text.split(" "));
const OWN = words_of("category dates translations approval");
const BLOCKS = words_of(
  "h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd blockquote pre table caption thead tbody tr th td figure figcaption hr");
const ARRANGING = words_of("article main header footer section div span b i bdi time small");
const VOID = words_of("img br hr meta link input wbr source");
const LOOKS = words_of("class rel loading decoding srcset sizes datetime aria-labelledby data-ovn-signed");
const SWALLOWING = words_of(
  "textarea xmp iframe noembed noframes plaintext template noscript select math frameset object");
const ANCHOR = /^ovn-(?:source|cite)-[0-9-]+$/;
const ATTRIBUTE = new RegExp(
  "[\\t\\n\\f\\r /]+([^\\t\\n\\f\\r \"'<>/=]+)" +
  "(?:[\\t\\n\\f\\r ]*=[\\t\\n\\f\\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\\t\\n\\f\\r \"'=<>`]+)))?", "g");
const TOKEN = new RegExp(
  "<!--.*?-->" +
  "|<!doctype[^>]*>" +
  "|<(?<raw>script|style)(?<rawAttributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>.*?</\\k<raw>[\\t\\n\\f\\r ]*>" +
  "|<(?<end>/?)(?<tag>[a-z][a-z0-9-]*)(?<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>" +
  "|(?<text>[^<]+)" +
  "|(?<odd><)", "gis");
const REFERENCE = /&(?:(amp|lt|gt|quot|apos|nbsp)|#(?:x([0-9a-f]{1,6})|([0-9]{1,7})));/gi;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const FOLDED = new Map([
  ["“", '"'], ["”", '"'], ["„", '"'], ["«", '"'], ["»", '"'], ["‘", "'"], ["’", "'"], ["–", "-"], ["—", "-"],
]);
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const LINE_HASH = 12;

const lower = (name) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function folded(text) {
  const spaced = text.normalize("NFC").replace(SPACE, " ");
  return [...spaced].map((letter) => FOLDED.get(letter) ?? letter).join("").replace(/^ +| +$/g, "");
}

function plain(text) {
  return text.replace(REFERENCE, (whole, name, hex, decimal) => {
    if (name) {
      return NAMED[name.toLowerCase()];
    }
    const number = hex ? parseInt(hex, 16) : parseInt(decimal, 10);
    const isLetter = number > 0 && number <= 0x10ffff && !(number >= 0xd800 && number <= 0xdfff);
    return isLetter ? String.fromCodePoint(number) : whole;
  });
}

function isCounted(tag, name, value) {
  if (name === "id") {
    return ANCHOR.test(value);
  }
  return !LOOKS.has(name) && !(tag === "img" && name === "src");
}

function shownTag(tag, given) {
  const counted = given
    .filter(([name, value]) => isCounted(tag, name, value))
    .map(([name, value]) => `${name}="${folded(escaped(plain(value)))}"`)
    .sort();
  return ARRANGING.has(tag) && !counted.length ? "" : `<${[tag, ...counted].join(" ")}>`;
}

// What is signed of a page, in lines, and the names that stand where its approver is named.
function publicText(page) {
  const pieces = [];
  const approvers = [];
  const open = [];
  const own = new Set();
  let signedFrom = -1;
  let skippedFrom = -1;
  let namedFrom = -1;
  const counts = () => signedFrom >= 0 && skippedFrom < 0;
  const add = (piece) => {
    if (counts() && namedFrom < 0) {
      pieces.push(piece);
    }
  };
  const start = (tag, written) => {
    const given = [...written.matchAll(ATTRIBUTE)].map((m) => [lower(m[1]), m[2] || m[3] || m[4] || ""]);
    const names = new Map([...given].reverse());
    if (SWALLOWING.has(tag)) {
      pieces.push(`\n!${tag}\n`);
    }
    if (signedFrom < 0 && names.has("data-ovn-signed") && !VOID.has(tag)) {
      signedFrom = open.length;
    }
    const mark = plain(names.get("data-ovn-own") ?? "");
    if (mark && counts() && OWN.has(mark) && !own.has(mark)) {
      own.add(mark);
      skippedFrom = open.length;
    }
    const shown = shownTag(tag, given);
    if (shown) {
      add(BLOCKS.has(tag) ? `\n${shown}` : shown);
    }
    if (counts() && names.has("data-ovn-approver") && namedFrom < 0) {
      namedFrom = open.length;
      approvers.push("");
    }
    if (!VOID.has(tag)) {
      open.push([tag, BLOCKS.has(tag) ? "\n" : shown ? `</${tag}>` : ""]);
    }
  };
  const close = (tag) => {
    if (!open.some(([name]) => name === tag)) {
      add(`\n!/${tag}\n`);
      return;
    }
    while (open.length) {
      const [name, ending] = open.pop();
      if (open.length <= namedFrom) {
        namedFrom = -1;
      }
      add(ending);
      if (open.length <= skippedFrom) {
        skippedFrom = -1;
      }
      if (open.length <= signedFrom) {
        signedFrom = -1;
      }
      if (name === tag) {
        return;
      }
    }
  };
  for (const { groups: token } of page.matchAll(TOKEN)) {
    if (token.text !== undefined) {
      const said = plain(token.text);
      if (counts() && namedFrom >= 0) {
        approvers[approvers.length - 1] += said;
      }
      add(escaped(said.replace(SPACE, " ")));
    } else if (token.raw) {
      if (token.raw !== "script" || token.rawAttributes !== ' type="application/json" id="ovn-approval"') {
        add(`\n!${lower(token.raw)}\n`);
      }
    } else if (token.odd) {
      pieces.push("\n!<\n");
    } else if (token.tag && token.end) {
      close(lower(token.tag));
    } else if (token.tag) {
      start(lower(token.tag), token.attributes);
    }
  }
  const lines = pieces.join("").split("\n").map(folded).filter(Boolean);
  return { lines, approvers: approvers.map(folded) };
}

const bytes = (text) => new TextEncoder().encode(text);
const unpacked = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

async function sha256(data) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function isSigned(publicKey, signature, message) {
  const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
}

// The first words that stand in no line of what was approved; empty where something was only taken out.
async function firstUnlike(lines, known) {
  for (const line of lines) {
    const words = plain(line.replace(/<[^>]*>/g, "")).replace(SPACE, " ").trim();
    if (words && known.size && !known.has((await sha256(bytes(line))).slice(0, LINE_HASH))) {
      return words;
    }
  }
  return "";
}

// Who approved exactly this page, or why that can not be said: [name, key] or [null, the name of a reason,
// the first words that differ].
async function approver(page, keys, unchecked) {
  const document_ = new DOMParser().parseFromString(page, "text/html");
  const carried = document_.querySelectorAll("script#ovn-approval");
  if (carried.length !== 1) {
    return [null, document_.getElementById("ovn-withdrawn") ? "withdrawn" : "no_approval"];
  }
  const approval = JSON.parse(carried[0].textContent);
  if (!Object.hasOwn(keys, approval.key)) {
    return [null, "unknown_key"];
  }
  const key = unpacked(keys[approval.key]);
  if (`ovn-${(await sha256(key)).slice(0, 16)}` !== approval.key) {
    return [null, "unknown_key"];
  }
  const message = bytes(`ovn-desk/approval/1\n${approval.statement}`);
  if (!(await isSigned(key, unpacked(approval.signature), message))) {
    return [null, "bad_signature"];
  }
  const stated = JSON.parse(approval.statement);
  const { lines, approvers } = publicText(page);
  if (stated.digest !== (await sha256(bytes(`ovn-desk/public-text/2\n${lines.map((line) => `${line}\n`).join("")}`)))) {
    return [null, "changed", await firstUnlike(lines, new Set((approval.lines ?? "").split(" ")))];
  }
  const shown = document_.querySelector("section.approved")?.textContent ?? "";
  const isTheSame =
    approvers.length > 0 && approvers.every((name) => name === stated.name) && stated.key === approval.key && stated.revision === approval.revision && stated.name === approval.approved_by;
  const saysUnchecked = unchecked.some((words) => shown.includes(words));
  const isShown = shown.includes(stated.name) && saysUnchecked === Boolean(stated.override);
  return isTheSame && isShown ? [stated.name, stated.key] : [null, "other_approval"];
}

function start() {
  const part = (id) => document.getElementById(id);
  const words = JSON.parse(part("ovn-words").textContent);
  let keys = JSON.parse(part("ovn-keys").textContent).keys;
  const say = (text, verdict) => {
    part("ovn-verdict").textContent = text;
    part("ovn-verdict").className = `verdict ${verdict}`;
  };
  const check = async (file) => {
    if (!file) {
      return;
    }
    say("…", "");
    try {
      const [name, found, differs] = await approver(await file.text(), keys, words.unchecked);
      const refused = differs ? `${words[found]} ${words.differs.replace("{words}", differs.slice(0, 200))}` : words[found];
      say(name === null ? refused : words.good.replace("{name}", name).replace("{key}", found),
        name === null ? "bad" : "good");
    } catch (error) {
      say(error.name === "NotSupportedError" ? words.no_browser : words.unreadable, "bad");
    }
  };
  part("ovn-page").addEventListener("change", (event) => check(event.target.files[0]));
  part("ovn-key-file").addEventListener("change", async (event) => {
    try {
      const given = JSON.parse(await event.target.files[0].text());
      keys = given.keys ?? given;
      check(part("ovn-page").files[0]);
    } catch {
      say(words.no_keys, "bad");
    }
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    check(event.dataTransfer.files[0]);
  });
}

start();
