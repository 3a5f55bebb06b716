// Reads posts with WordPress's own parser and prints each block with its name, whether it is valid, and what is in it.
// Usage: node blocks.cjs parser|library FILE...
// `parser` knows the grammar of blocks, `library` also what each of WordPress's blocks may hold.
const fs = require("node:fs");

const [how, ...files] = process.argv.slice(2);
const parse = how === "library" ? library() : require("@wordpress/block-serialization-default-parser").parse;
const shown = (block) => ({
  name: block.name ?? block.blockName,
  valid: block.isValid ?? null,
  issues: (block.validationIssues ?? []).map((issue) => String(issue.args?.slice(0, 4))),
  text: block.innerHTML ?? block.originalContent ?? "",
  inner: block.innerBlocks.map(shown),
});
process.stdout.write(JSON.stringify(files.map((file) => parse(fs.readFileSync(file, "utf8")).map(shown))));
process.exit(0); // the library leaves timers behind

function library() {
  const { JSDOM, VirtualConsole } = require("jsdom");
  const options = { url: "http://localhost/", pretendToBeVisual: true, virtualConsole: new VirtualConsole() };
  const { window } = new JSDOM("<!doctype html><html><body></body></html>", options);
  globalThis.window = window;
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!(name in globalThis)) {
      Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
    }
  }
  const quiet = { matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} };
  window.matchMedia = globalThis.matchMedia = () => quiet;
  for (const name of ["ResizeObserver", "IntersectionObserver"]) {
    globalThis[name] = window[name] = class { observe() {} unobserve() {} disconnect() {} };
  }
  for (const name of ["log", "info", "warn", "error", "groupCollapsed"]) {
    console[name] = () => {};
  }
  const blocks = require("@wordpress/blocks");
  require("@wordpress/block-library").registerCoreBlocks();
  return blocks.parse;
}
