// The public text of a page, read as it was written: a translation of text/canonical.py, which says what counts.
"use strict";

const wordsOf = (text) => new Set(text.split(" "));
const OWN = wordsOf("category dates translations approval");
const BLOCKS = wordsOf(
  "h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd blockquote pre table caption thead tbody tr th td figure figcaption hr");
const ARRANGING = wordsOf("article main header footer section div span b i bdi time small");
const PARTING = wordsOf("article main header footer section div");
const ENDS_PARAGRAPH = new Set([...PARTING, ...wordsOf(
  "address aside blockquote center details dialog dir dl fieldset figcaption figure form h1 h2 h3 h4 h5 h6 hgroup hr " +
  "li menu nav ol p pre search summary table ul dd dt")]);
const ENDS_BY_ITSELF = wordsOf("li p dd dt option tr td th tbody thead tfoot colgroup");
const GOES_ON = wordsOf("a b big code em font i nobr s small strike strong tt u");
const AROUND = new Set([...PARTING, "html", "body"]);
const HIDING = wordsOf("hidden style inert popover aria-hidden");
const VOID = wordsOf("img br hr meta link input wbr source area base col embed track");
const LOOKS = wordsOf("class rel loading decoding srcset sizes aria-labelledby data-ovn-signed");
const WORDS = wordsOf("alt title aria-label");
const SWALLOWING = wordsOf(
  "textarea xmp iframe noembed noframes plaintext template noscript select math frameset object base script style title");
const ANCHOR = /^ovn-(?:source|cite)-[0-9-]+$/;
const ATTRIBUTE_PATTERN =
  "[\\t\\n\\f\\r /]+([^\\t\\n\\f\\r \"'<>/=]+)" +
  "(?:[\\t\\n\\f\\r ]*=[\\t\\n\\f\\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\\t\\n\\f\\r \"'=<>`]+)))?";
const ATTRIBUTE = new RegExp(ATTRIBUTE_PATTERN, "g");
const ATTRIBUTES = `(?:${ATTRIBUTE_PATTERN.replace(/[(](?![?])/g, "(?:")})*`;
// What is written otherwise is read otherwise by browsers: it matches nothing here, and its bracket counts as odd.
const TOKEN = new RegExp(
  "<!--(?!-?>)(?:(?!--!?>|<!--).)*-->" +
  "|<!doctype[^>]*>" +
  `|<(?<raw>script|style|title)(?<rawAttributes>${ATTRIBUTES})[\\t\\n\\f\\r ]*>` +
  "(?<content>[^<]*(?:<(?!/?\\k<raw>[\\t\\n\\f\\r />]|!--)[^<]*)*)</\\k<raw>[\\t\\n\\f\\r ]*>" +
  `|<(?<end>/?)(?<tag>[a-z][a-z0-9-]*)(?<attributes>${ATTRIBUTES})(?<slash>[\\t\\n\\f\\r /]*)>` +
  "|(?<text>[^<]+)" +
  "|(?<odd><)", "gis");
const REFERENCE = /&(?:(?:(amp|lt|gt|quot|apos|nbsp|AMP|LT|GT|QUOT)|#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7})));)?/g;
const UNREAD = "\u0000";
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const FOLDED = new Map([
  ["“", '"'], ["”", '"'], ["„", '"'], ["«", '"'], ["»", '"'], ["‘", "'"], ["’", "'"], ["–", "-"], ["—", "-"],
]);
const SPACE = /[\t\n\r\x20\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const CITATION = /<sup><a [^<>]*>[0-9۰-۹]+<\/a><\/sup>/g;
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
    const number = hex ? parseInt(hex, 16) : parseInt(decimal ?? "0", 10);
    const isLetter = number === 9 || number === 10 || (number >= 0x20 && number < 0x7f) ||
      (number >= 0xa0 && number < 0xd800) || (number >= 0xe000 && number <= 0x10ffff);
    return isLetter ? String.fromCodePoint(number) : UNREAD + whole;
  });
}

function isCounted(tag, name, value) {
  if (name === "id") {
    return ANCHOR.test(value);
  }
  return !LOOKS.has(name) && !(tag === "img" && name === "src");
}

function signedValue(name, value) {
  const kept = WORDS.has(name) || folded(value) === value;
  return folded(escaped(kept ? value : value.replace(/[^!-~]+/g, encodeURIComponent)));
}

function shownTag(tag, given) {
  const counted = given
    .filter(([name, value]) => isCounted(tag, name, value))
    .map(([name, value]) => `${name}="${signedValue(name, plain(value))}"`)
    .sort();
  return ARRANGING.has(tag) && !counted.length ? "" : `<${[tag, ...counted].join(" ")}>`;
}

// Whether a browser may read other letters than stand there: a page of the desk is UTF-8 and says so.
function isAnotherCharset(tag, names) {
  const charset = lower(plain(names.get("charset") ?? "utf-8"));
  const isDeclared = lower(plain(names.get("http-equiv") ?? "")) === "content-type";
  return tag === "meta" && (charset !== "utf-8" || isDeclared);
}

// What is signed of a page, in lines, and the names that stand where its approver is named; the approvals that it
// carries (JSON), what its box about them says, the addresses of its pictures, and whether it was withdrawn.
function publicText(page) {
  const pieces = [];
  const approvers = [];
  const open = [];
  const own = new Set();
  const carried = [];
  const box = [];
  const addresses = [];
  let ownPart = "";
  let isWithdrawn = false;
  let signedFrom = -1;
  let skippedFrom = -1;
  let namedFrom = -1;
  const counts = () => signedFrom >= 0 && skippedFrom < 0;
  const add = (piece) => {
    if (counts() && namedFrom < 0) {
      pieces.push(piece);
    }
  };
  const note = (tag, names) => {
    if (tag === "img") {
      const written = [plain(names.get("src") ?? ""), ...plain(names.get("srcset") ?? "").split(",")];
      const found = written.map((one) => one.replace(SPACE, " ").replace(/^ +| +$/g, "").split(" ")[0]);
      addresses.push(...found.filter(Boolean));
    }
    if (plain(names.get("id") ?? "") === "ovn-withdrawn") {
      isWithdrawn = true;
    }
  };
  const nest = (tag) => {
    const isOpen = (name) => open.some(([one]) => one === name);
    if ((signedFrom >= 0 && ENDS_PARAGRAPH.has(tag) && isOpen("p")) || (tag === "a" && isOpen("a"))) {
      pieces.push(`\n!${tag}\n`);
    }
  };
  const start = (tag, written, isClosed) => {
    const given = [...written.matchAll(ATTRIBUTE)].map((m) => [lower(m[1]), m[2] || m[3] || m[4] || ""]);
    const names = new Map([...given].reverse());
    const hides = [...HIDING].some((name) => names.has(name));
    // Of a second html or body, wherever it stands, browsers take the attributes.
    if (SWALLOWING.has(tag) || isAnotherCharset(tag, names) || (hides && (tag === "html" || tag === "body"))) {
      pieces.push(`\n!${tag}\n`);
    }
    note(tag, names);
    nest(tag);
    if (signedFrom < 0 && names.has("data-ovn-signed") && !VOID.has(tag)) {
      signedFrom = open.length;
      const odd = open.filter(([name, , hides]) => hides || !AROUND.has(name));
      pieces.push(...odd.map(([name]) => `\n!${name}\n`));
    }
    const mark = plain(names.get("data-ovn-own") ?? "");
    if (mark && counts() && OWN.has(mark) && !own.has(mark)) {
      own.add(mark);
      ownPart = mark;
      skippedFrom = open.length;
    }
    const shown = shownTag(tag, given);
    const parts = BLOCKS.has(tag) || PARTING.has(tag);
    add(parts ? `\n${shown}` : shown);
    if (counts() && names.has("data-ovn-approver") && namedFrom < 0) {
      namedFrom = open.length;
      approvers.push("");
    }
    if (!VOID.has(tag) && !(isClosed && [tag, ...open.map(([name]) => name)].includes("svg"))) {
      open.push([tag, parts ? "\n" : shown ? `</${tag}>` : "", hides]);
    }
  };
  const close = (tag) => {
    if (!open.some(([name]) => name === tag)) {
      add(`\n!/${tag}\n`);
      return;
    }
    while (open.length) {
      const [name, ending] = open.pop();
      if (name !== tag && (!ENDS_BY_ITSELF.has(name) || GOES_ON.has(tag))) {
        pieces.push(`\n!${name}\n`);
      }
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
      if (skippedFrom >= 0 && ownPart === "approval") {
        box.push(said);
      }
      add(escaped(said.replace(SPACE, " ")));
    } else if (token.raw) {
      if (token.raw === "script" && token.rawAttributes === ' type="application/json" id="ovn-approval"') {
        carried.push(token.content);
      } else {
        add(`\n!${lower(token.raw)}\n`);
      }
    } else if (token.odd) {
      pieces.push("\n!<\n");
    } else if (token.tag && token.end) {
      close(lower(token.tag));
    } else if (token.tag) {
      start(lower(token.tag), token.attributes, token.slash.endsWith("/"));
    }
  }
  const lines = pieces.join("").split("\n").map(folded).filter(Boolean);
  return { lines, approvers: approvers.map(folded), carried, approval: folded(box.join("")), addresses, isWithdrawn };
}
