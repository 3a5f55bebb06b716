// Opens verify.html from a file in Chromium, gives it pages, and prints what it says of each, and each page's public
// text as the page's own script reads it.
// Usage: node verify.mjs CHROMIUM VERIFY_PAGE KEYS|- PAGE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [executablePath, verify, keys, ...pages] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const tab = await browser.newPage();
const asked = [];
const said = [];
tab.on("request", (request) => asked.push(request.url()));
tab.on("pageerror", (error) => said.push(String(error)));
tab.on("console", (message) => said.push(message.text()));
await tab.goto(pathToFileURL(verify).href);
if (keys !== "-") {
  await tab.setInputFiles("#ovn-key-file", keys);
}
const verdict = tab.locator("#ovn-verdict");
const found = [];
for (const page of pages) {
  await tab.setInputFiles("#ovn-page", page);
  await tab.waitForFunction(() => !["", "…"].includes(document.querySelector("#ovn-verdict").textContent));
  const text = await tab.evaluate((html) => publicText(html), readFileSync(page, "utf8"));
  found.push({ page, verdict: await verdict.textContent(), kind: await verdict.getAttribute("class"), text });
  await tab.evaluate(() => { document.querySelector("#ovn-verdict").textContent = ""; });
}
await browser.close();
const requests = asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"));
console.log(JSON.stringify({ found, requests, said }));
