// Checks a page against its signature, without asking anything of the network. What is signed is described in
// text/canonical.py, of which the first half of this file is a translation.
"use strict";

const BLOCKS = new Set(
  ("h1 h2 h3 h4 h5 h6 p li blockquote pre td th figcaption dt dd caption").split(" "));
const VOID = new Set(["img", "br", "hr", "meta", "link", "input"]);
const FOLDED = new Map([
  ["“", '"'], ["”", '"'], ["„", '"'], ["«", '"'], ["»", '"'], ["‘", "'"], ["’", "'"], ["–", "-"], ["—", "-"],
]);
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

function folded(text) {
  const spaced = text.normalize("NFC").replace(SPACE, " ");
  return [...spaced].map((letter) => FOLDED.get(letter) ?? letter).join("").trim();
}

// Every block inside elements marked `data-ovn-signed` as `tag TAB text LF`, without the numbers of citations.
function publicText(page) {
  const blocks = [];
  const names = [];
  const texts = [];
  const flush = () => {
    if (texts.length && texts.at(-1)) {
      blocks.push([names.at(-1), texts.at(-1)]);
      texts[texts.length - 1] = "";
    }
  };
  const visit = (node, wasSigned, wasSkipped) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (texts.length && !wasSkipped) {
        texts[texts.length - 1] += node.data;
      }
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) {
      return;
    }
    const tag = node.localName;
    const isSigned = wasSigned || node.hasAttribute("data-ovn-signed");
    if (tag === "img" && isSigned) {
      flush();
      const shown = ["data-ovn-sha256", "data-ovn-crop"].map((name) => node.getAttribute(name) || "-");
      blocks.push(["img", [...shown, node.getAttribute("alt") || ""].join(" ")]);
    }
    if (tag === "br" && texts.length) {
      texts[texts.length - 1] += " ";
    }
    if (VOID.has(tag)) {
      return;
    }
    const isSkipped = wasSkipped || node.classList.contains("ovn-cite");
    const isBlock = BLOCKS.has(tag);
    if (isSigned && isBlock) {
      flush();
      names.push(tag);
      texts.push("");
    }
    node.childNodes.forEach((child) => visit(child, isSigned, isSkipped));
    if (isBlock && names.length) {
      flush();
      names.pop();
      texts.pop();
    }
  };
  visit(new DOMParser().parseFromString(page, "text/html").documentElement, false, false);
  return blocks
    .map(([tag, text]) => [tag, folded(text)])
    .filter(([, text]) => text)
    .map(([tag, text]) => `${tag}\t${text}\n`)
    .join("");
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

// Who approved exactly this page, or why that can not be said: [name, key] or [null, the name of a reason].
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
  if (stated.digest !== (await sha256(bytes(`ovn-desk/public-text/1\n${publicText(page)}`)))) {
    return [null, "changed"];
  }
  const shown = document_.querySelector("section.approved")?.textContent ?? "";
  const isTheSame =
    stated.key === approval.key && stated.revision === approval.revision && stated.name === approval.approved_by;
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
      const [name, found] = await approver(await file.text(), keys, words.unchecked);
      say(name === null ? words[found] : words.good.replace("{name}", name).replace("{key}", found),
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
