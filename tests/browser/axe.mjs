// Opens each page in Chromium and prints what axe-core finds, what overflows, which pictures can not be seen
// and what was asked of the network.
// Usage: node axe.mjs CHROMIUM PAGE...
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");
const [executablePath, ...pages] = process.argv.slice(2);
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const found = [];
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const page of pages) {
  // Under the page's own security policy, which keeps axe out below.
  const strict = await browser.newPage();
  await strict.goto(pathToFileURL(page).href);
  const unseen = await strict.evaluate(async () => {
    const images = [...document.images];
    images.forEach((image) => { image.loading = "eager"; });
    await Promise.all(images.map((image) => image.decode().catch(() => {})));
    return images.filter((image) => !image.naturalWidth).map((image) => image.currentSrc || image.outerHTML);
  });
  await strict.close();
  const context = await browser.newContext({ bypassCSP: true });
  const tab = await context.newPage();
  const asked = [];
  tab.on("request", (request) => asked.push(request.url()));
  await tab.goto(pathToFileURL(page).href);
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      await tab.emulateMedia({ colorScheme });
      await tab.setViewportSize({ width, height: 900 });
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      await tab.addScriptTag({ path: axe });
      const result = await tab.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), tags);
      const violations = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ").slice(0, 300)}`);
      const requests = asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"));
      found.push({ page, colorScheme, width, overflow, requests, unseen, violations });
    }
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));
