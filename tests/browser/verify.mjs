// Opens verify.html from a file in Chromium, gives it pages, and prints what it says of each, a line a check, and each
// page's public text as the page's own script reads it. Files after a comma are given together with the page.
// Usage: node verify.mjs CHROMIUM VERIFY_PAGE KEYS|- PAGE[,PICTURE...]...
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
const found = [];
for (const [page, ...beside] of pages.map((names) => names.split(","))) {
  await tab.evaluate(() => document.querySelector("#ovn-verdict").replaceChildren());
  await tab.setInputFiles("#ovn-page", [page, ...beside]);
  await tab.waitForFunction(() => !["", "…"].includes(document.querySelector("#ovn-verdict").textContent));
  const lines = await tab.locator("#ovn-verdict .verdict").evaluateAll((all) =>
    all.map((one) => ({ said: one.textContent, kind: one.className.replace("verdict ", "") })));
  const text = await tab.evaluate((html) => publicText(html), readFileSync(page, "utf8"));
  found.push({ page, lines, text });
  if (process.env.OVN_DESK_PICTURES) {
    const path = `${process.env.OVN_DESK_PICTURES}/verify-${found.length}.png`;
    await tab.screenshot({ path, fullPage: true });
  }
}
await browser.close();
const requests = asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"));
console.log(JSON.stringify({ found, requests, said }));
