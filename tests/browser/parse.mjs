// What Chromium's own parser makes of pages, without their scripts and styles: for each the text, the link targets and
// the words for what is not text of the signed article, without what the export adds of its own.
// Usage: node parse.mjs CHROMIUM PAGES.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [executablePath, file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const tab = await browser.newPage();
const found = await tab.evaluate((pages) => pages.map((page) => {
  const read = new DOMParser().parseFromString(page, "text/html");
  const hides = "hidden style inert popover aria-hidden".split(" ").map((name) => `[${name}]`).join(", ");
  const marked = [...read.querySelectorAll("[data-ovn-signed]")]
    .filter((one) => !one.parentElement.closest("[data-ovn-signed]"));
  marked.forEach((one) =>
    one.querySelectorAll("[data-ovn-own], script, style").forEach((other) => other.remove()));
  const articles = marked.filter((one) => one.textContent.trim() || one.querySelector("img"));
  const all = (name) =>
    articles.flatMap((one) => [...one.querySelectorAll(`[${name}]`)].map((each) => each.getAttribute(name)));
  // What the check folds: white space, and quotation marks and dashes of one kind.
  const folded = (words) => words.replace(/\s+/g, " ").trim()
    .replace(/[“”„«»]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, "-");
  const text = articles.map((one) => folded(one.textContent).replaceAll(" ", ""));
  const words = (name) => all(name).map(folded);
  return [text, all("href"), words("alt"), words("aria-label"), words("title"), all("lang"), all("dir"), articles.map((one) => one.closest(hides) !== null),
    articles.flatMap((one) => [...one.querySelectorAll(`${hides}, del, s`)]).length];
}), JSON.parse(readFileSync(file, "utf8")));
await browser.close();
console.log(JSON.stringify(found));
