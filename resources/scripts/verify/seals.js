// The seal of a page: a translation of text/seals.py, which says what it holds.
const SEAL_TAG = "ovn-desk/page-seal/1\n";
const SEAL_VERSION = 1;
const SEAL_START = "<!-- ovn-seal ";
const SEAL = /<!-- ovn-seal (\{[\x20-\x3b\x3d\x3f-\x7e]*\}) ([A-Za-z0-9+/]{86}==) -->\n/y;
const SEAL_HINT = 16;
const SHOWN_DATE = /<time\b[^>]*>[^<]*<\/time>/g;

// One letter a byte, so that places in the text are places in the file.
function lettersOf(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return pieces.join("");
}

const bytesOfLetters = (letters) => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));

// The bytes before the seal, what stands behind it, and the seal where it can be read.
function readSeal(bytes) {
  const letters = lettersOf(bytes);
  const start = letters.lastIndexOf(SEAL_START);
  if (start < 0) {
    return { page: letters, after: "", seal: null, isMarked: false };
  }
  SEAL.lastIndex = start;
  const match = SEAL.exec(letters);
  const page = letters.slice(0, start);
  if (!match) {
    return { page, after: "", seal: null, isMarked: true };
  }
  return { page, after: letters.slice(SEAL.lastIndex), seal: statedSeal(match[1], match[2]), isMarked: true };
}

function statedSeal(statement, signature) {
  let said;
  try {
    said = JSON.parse(statement);
  } catch {
    return null;
  }
  const isObject = typeof said.parts === "object" && said.parts !== null && !Array.isArray(said.parts);
  const areTexts = ["at", "file", "key"].every((name) => typeof said[name] === "string");
  if (!areTexts || !isObject || !Array.isArray(said.pictures) || !Number.isInteger(said.v)) {
    return null;
  }
  const texts = [...Object.values(said.parts), ...said.pictures];
  return texts.every((text) => typeof text === "string") ? { ...said, statement, signature } : null;
}

async function isWhole({ page, after, seal }) {
  return seal !== null && after === "" && seal.file === (await sha256(bytesOfLetters(page)));
}

// The names of the parts that are not what the seal names.
async function changedParts({ page, after, seal }) {
  const parts = partsOf(page);
  const found = [];
  for (const name of new Set([...Object.keys(parts), ...Object.keys(seal.parts)])) {
    const isThere = Object.hasOwn(parts, name) && Object.hasOwn(seal.parts, name);
    const hint = isThere ? (await sha256(bytesOfLetters(parts[name]))).slice(0, SEAL_HINT) : "";
    if (!isThere || hint !== seal.parts[name]) {
      found.push(name);
    }
  }
  return after === "" ? found : [...new Set([...found, "end"])];
}

function partsOf(page) {
  const orElse = (place, otherwise) => (place >= 0 ? place : otherwise);
  const within = (words, from, to) => {
    const place = page.indexOf(words, from);
    return place >= 0 && place + words.length <= to ? place : -1;
  };
  const body = orElse(page.indexOf("<body"), page.length);
  const style = orElse(within("<style", 0, body), body);
  const styled = orElse(within("</style>", style, body), style);
  const parts = { head: page.slice(0, style) + page.slice(styled, body), style: page.slice(style, styled) };
  for (const name of ["article", "main"]) {
    const start = page.indexOf(`<${name}`, body);
    const end = page.lastIndexOf(`</${name}>`);
    if (start >= 0 && start < end) {
      const inside = page.slice(start, end);
      return {
        ...parts,
        above: page.slice(body, start),
        [name]: inside.replace(SHOWN_DATE, ""),
        dates: (inside.match(SHOWN_DATE) ?? []).join("\n"),
        below: page.slice(end),
      };
    }
  }
  return { ...parts, main: page.slice(body) };
}
