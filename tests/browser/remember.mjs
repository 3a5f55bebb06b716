// Opens verify.html in Chromium again and again, as a reader who comes back with the same browser, gives it the files of
// a step, and prints what it says of them. Usage: node remember.mjs CHROMIUM PROFILE ADDRESS FILE,FILE... ...
// An empty step gives nothing: what the page says by itself is printed.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [executablePath, profile, address, ...steps] = process.argv.slice(2);
const found = [];
const asked = [];
const said = [];
for (const step of steps) {
  const browser = await chromium.launchPersistentContext(profile, { executablePath, args: ["--no-sandbox"] });
  const tab = await browser.newPage();
  tab.on("request", (request) => asked.push(request.url()));
  tab.on("pageerror", (error) => said.push(String(error)));
  tab.on("console", (message) => said.push(message.text()));
  if (process.env.OVN_DESK_FORGETFUL) {  // as where a browser keeps nothing for a page from a file
    await tab.addInitScript(() => Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    }));
  }
  await tab.goto(address);
  const place = step === "" ? "#ovn-log-verdict" : "#ovn-verdict";
  if (step !== "") {
    await tab.setInputFiles("#ovn-page", step.split(","));
  }
  await tab.waitForFunction(
    (name) => !["", "…"].includes(document.querySelector(name).textContent), place);
  found.push(await tab.locator(`${place} .verdict`).evaluateAll((all) =>
    all.map((one) => ({ said: one.textContent, kind: one.className.replace("verdict ", "") }))));
  if (process.env.OVN_DESK_PICTURES) {
    const path = `${process.env.OVN_DESK_PICTURES}/log-${found.length}.png`;
    await tab.screenshot({ path, fullPage: true });
  }
  await browser.close();
}
console.log(JSON.stringify({ found, asked, said }));
