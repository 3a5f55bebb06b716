// Opens a search page from a file in Chromium, types each query, and prints which headlines are seen, what is said, and
// what was asked of the network; also how the page's own script folds texts, and what is seen without any script.
// Usage: node search.mjs CHROMIUM PAGE QUERIES(JSON) TEXTS(JSON)
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [executablePath, page, queries, texts] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const asked = [];
const said = [];
const tab = await browser.newPage();
tab.on("request", (request) => asked.push(request.url()));
tab.on("pageerror", (error) => said.push(String(error)));
tab.on("console", (message) => said.push(message.text()));
tab.on("dialog", async (dialog) => { said.push(`dialog ${dialog.message()}`); await dialog.dismiss(); });
await tab.goto(pathToFileURL(page).href);
const seen = (where) => where.locator("#ovn-found > li:visible > a").allTextContents();
const found = [];
for (const query of JSON.parse(queries)) {
  await tab.fill("#ovn-query", query);
  found.push({
    query,
    seen: await seen(tab),
    said: await tab.textContent("#ovn-count"),
    hashes: await tab.locator("nav.pages a").evaluateAll((links) => links.map((link) => link.hash)),
    more: await tab.isVisible("#ovn-more"),
  });
}
const folded = await tab.evaluate((all) => all.map((text) => wordsOf(text)), JSON.parse(texts));
const [first] = JSON.parse(queries);
const linked = await browser.newPage();
await linked.goto(`${pathToFileURL(page).href}#q=${encodeURIComponent(first)}`);
const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await plain.goto(pathToFileURL(page).href);
const result = {
  found,
  folded,
  said,
  linked: await seen(linked),
  plain: await seen(plain),
  hasField: await plain.isVisible("#ovn-query"),
  injected: await tab.locator("#ovn-found img, #ovn-found script").count(),
  requests: asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")),
  files: asked.length,
};
await browser.close();
console.log(JSON.stringify(result));
