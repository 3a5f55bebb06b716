// The public log: that a page is in it, that all of it is as it was signed, and that it only grew. A translation of
// usecases/publishing/log_checks.py, with the same codes, and of the trees and notes that it rests on.
const LOG_CARRIED = /<script type="application\/json" id="ovn-log">([^<]*)<\/script>/g;
const LOG_LINE = /^\{("[a-z]+": ("[ !#-[\]-~]*"|[0-9]{1,15})(, (?!\}))?)+\}$/;
const LOG_PREVIOUS = /"previous": "[0-9a-f]*"/;
const LOG_FACT = wordsOf("at what article digest key");
const LOG_TIME = "signed ";
const LOG_HINT = 12;
const NOTE_CONTROL = /[\x00-\x09\x0b-\x1f]/;
const NOTE_DASH = "\u2014 ";
const NOTE_MOST = 64;
const HASH_SIZE = 32;

const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
const isSame = (one, other) => one !== null && hexOf(one) === hexOf(other);

// What a reading attempt gives, or null where the text is not what it should be.
function attempt(read) {
  try {
    return read();
  } catch {
    return null;
  }
}

async function hashOf(...parts) {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
}

// RFC 6962, section 2.1. Hashes are bytes, places count from 0.
const leafHash = (line) => hashOf([0], bytesOf(line));
const nodeHash = (left, right) => hashOf([1], left, right);

// The largest power of two below a size of two or more.
function splitOf(size) {
  let middle = 1;
  while (middle * 2 < size) {
    middle *= 2;
  }
  return middle;
}

async function treeOf(lines) {
  return { leaves: await Promise.all(lines.map(leafHash)), full: new Map() };
}

async function rootOf(tree, size) {
  return size ? subtreeOf(tree, 0, size) : hashOf();
}

async function subtreeOf(tree, start, end) {
  if (end - start === 1) {
    return tree.leaves[start];
  }
  const name = `${start} ${end}`;
  if (!tree.full.has(name)) {
    const middle = start + splitOf(end - start);
    const made = await nodeHash(await subtreeOf(tree, start, middle), await subtreeOf(tree, middle, end));
    if (middle - start !== end - middle) {
      return made;
    }
    tree.full.set(name, made);
  }
  return tree.full.get(name);
}

async function isIncluded(line, index, size, root, hashes) {
  if (index >= size) {
    return false;
  }
  const rest = [...hashes];
  const climb = async (place, many) => {
    if (many === 1) {
      return leafHash(line);
    }
    if (!rest.length) {
      return null;
    }
    const beside = rest.pop();
    const middle = splitOf(many);
    const isLeft = place < middle;
    const below = isLeft ? await climb(place, middle) : await climb(place - middle, many - middle);
    return below && (isLeft ? nodeHash(below, beside) : nodeHash(beside, below));
  };
  const found = await climb(index, size);
  return !rest.length && isSame(found, root);
}

// What a signed head says; its signature is not looked at. Raises an error where it is none.
function readHead(note) {
  const lines = note.split("\n\n")[0].split("\n");
  const [origin, size, root, ...extension] = lines;
  const decoded = unpacked(root);
  if (lines.includes("") || !/^(0|[1-9][0-9]{0,18})$/.test(size) || decoded.length !== HASH_SIZE) {
    throw new Error("no head");
  }
  const time = extension.find((line) => line.startsWith(LOG_TIME)) ?? "";
  return { origin, size: Number(size), written: size, root: decoded, at: time.slice(LOG_TIME.length), note };
}

const NOTE_KEYS = new WeakMap();

// The keys by what a signature line under this name begins with (hex); made once for a name and its keys.
async function noteKeys(name, keys) {
  const made = NOTE_KEYS.get(keys);
  if (made?.name === name) {
    return made.known;
  }
  const known = new Map();
  for (const coded of Object.values(keys)) {
    const key = attempt(() => unpacked(coded));
    if (key !== null) {
      known.set(hexOf((await hashOf(bytesOf(name), [10, 1], key)).slice(0, 4)), coded);
    }
  }
  NOTE_KEYS.set(keys, { name, known });
  return known;
}

// Whether one of these keys signed a head, and no known one is there whose signature is wrong.
async function isHeadSigned(note, keys) {
  const gap = note.lastIndexOf("\n\n");
  const text = note.slice(0, gap + 1);
  const lines = note.slice(gap + 2).split("\n");
  if (gap < 0 || NOTE_CONTROL.test(note) || lines.pop() !== "" || !lines.length || lines.length > NOTE_MOST) {
    return false;
  }
  const head = attempt(() => readHead(note));
  if (head === null || text.slice(0, -1).split("\n").includes("")) {
    return false;
  }
  const known = await noteKeys(head.origin, keys);
  let isSignedByOne = false;
  for (const line of lines) {
    const [name, coded] = [line.slice(NOTE_DASH.length).split(" ")[0], line.slice(NOTE_DASH.length).split(" ").slice(1)];
    const signature = attempt(() => unpacked(coded.join(" ")));
    if (!line.startsWith(NOTE_DASH) || !name || /[+\s]/.test(name) || signature === null || signature.length < 5) {
      return false;
    }
    const key = known.get(hexOf(signature.slice(0, 4)));
    if (name === head.origin && key !== undefined) {
      if (!(await isSigned(key, base64Of(signature.slice(4)), bytesOf(text)))) {
        return false;
      }
      isSignedByOne = true;
    }
  }
  return isSignedByOne;
}

// A line's data; raises an error where it is no line of a log.
function readLine(line) {
  const data = LOG_LINE.test(line) ? JSON.parse(line) : {};
  if (!["at", "previous", "what"].every((name) => typeof data[name] === "string")) {
    throw new Error("no line");
  }
  return data;
}

async function previousOf(line) {
  return line ? sha256(bytesOf(line)) : "";
}

// The number, from 1, of the first line that is none or does not follow the one above it; 0 where all do.
async function wrongLine(lines) {
  let above = "";
  for (const [place, line] of lines.entries()) {
    const data = attempt(() => readLine(line));
    if (data === null || data.previous !== (await previousOf(above))) {
      return place + 1;
    }
    above = line;
  }
  return 0;
}

// What a line says of a log that was joined; null where it is no such line.
function joinedOf(line) {
  const data = attempt(() => readLine(line));
  const isOne = data !== null && data.what === "joined" && Object.keys(data).length === 6 &&
    Number.isInteger(data.since) && Number.isInteger(data.size) && typeof data.root === "string";
  return isOne ? data : null;
}

// The log that a line (its number is from 1) joins; empty where what follows is not that log.
async function otherLog(joined, lines, number) {
  const count = joined.size - joined.since;
  if (joined.since >= number || count < 1 || number + count > lines.length) {
    return [];
  }
  const other = lines.slice(0, joined.since);
  for (const line of lines.slice(number, number + count)) {
    const previous = await previousOf(other.at(-1) ?? "");
    other.push(line.replace(LOG_PREVIOUS, `"previous": "${previous}"`));
  }
  return base64Of(await rootOf(await treeOf(other), other.length)) === joined.root ? other : [];
}

// Every log that was joined to this one, or to one that was: the number of its line here, and its lines; none for one
// that is not what the line says.
async function joinedLogs(lines, start = 0) {
  const found = [];
  let at = start;
  while (at < lines.length) {
    at += 1;
    const joined = joinedOf(lines[at - 1]);
    if (joined !== null) {
      const number = at;
      const other = await otherLog(joined, lines, number);
      found.push([number, other]);
      found.push(...(await joinedLogs(other, joined.since)).map(([, nested]) => [number, nested]));
      at += other.length ? joined.size - joined.since : 0;
    }
  }
  return found;
}

async function wrongJoint(lines) {
  const wrong = (await joinedLogs(lines)).find(([, other]) => !other.length);
  return wrong ? wrong[0] : 0;
}

// A log as its files came (text; null where one was not given).
async function readLog(text, heads = null, newest = null) {
  const lines = text.split("\n");
  if (lines.at(-1) === "") {
    lines.pop();
  }
  return { lines, heads, newest, tree: await treeOf(lines) };
}

// Whether a log begins with everything below a head.
const hasHead = ({ tree }, head) => beginsWith(tree, head);

async function beginsWith(tree, head) {
  return head.size <= tree.leaves.length && isSame(await rootOf(tree, head.size), head.root);
}

// The number of the line that joins a log which begins with everything below a head; 0 where none does.
async function jointOf({ lines }, head) {
  for (const [number, other] of await joinedLogs(lines)) {
    if (await beginsWith(await treeOf(other), head)) {
      return number;
    }
  }
  return 0;
}

function readHeads(text) {
  const lines = text.split("\n");
  if (lines.at(-1) === "") {
    lines.pop();
  }
  return lines.map((line) => {
    const { checkpoint } = JSON.parse(line);
    if (typeof checkpoint !== "string") {
      throw new Error("no head");
    }
    return checkpoint;
  });
}

function readProof(text) {
  const gap = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, gap).split("\n");
  if (lines[0]?.startsWith("extra ")) {
    lines.shift();
  }
  const index = /^index (0|[1-9][0-9]{0,18})$/.exec(lines[0] ?? "");
  const hashes = lines.slice(1).map(unpacked);
  const isWhole = first === "c2sp.org/tlog-proof@v1" && gap >= 0 && hashes.length <= 63 && index !== null;
  if (!isWhole || hashes.some((one) => one.length !== HASH_SIZE)) {
    throw new Error("no proof");
  }
  return { index: index[1], hashes, head: readHead(text.slice(gap + 2)) };
}

// Whether a line says that exactly this approved text was published, or without one that a text was withdrawn.
function isAbout(line, statement) {
  const data = attempt(() => readLine(line));
  const isText = (name) => data[name] === undefined || typeof data[name] === "string";
  const others = data === null ? [] : Object.keys(data).filter((name) => !LOG_FACT.has(name) && name !== "previous");
  if (data === null || ["joined", "begun anew"].includes(data.what) || data.article === undefined || others.length) {
    return false;
  }
  if (![...LOG_FACT].every(isText) || (data.what === "withdrawn") !== (statement === null)) {
    return false;
  }
  if (statement === null) {
    return true;
  }
  const isRight = data.article === `urn:uuid:${statement.article}` && data.digest === statement.digest;
  return isRight && data.key === statement.key;
}

async function inLog({ letters, text, keys, log }) {
  if (text === null) {
    return verdict("log", "none");
  }
  const carried = [...letters.matchAll(LOG_CARRIED)].map((match) => match[1]);
  if (!carried.length) {
    return verdict("log", "none");
  }
  const read = attempt(() => {
    const { line, proof } = JSON.parse(carried[0]);
    return carried.length === 1 && typeof line === "string" ? { line, ...readProof(proof) } : null;
  });
  if (read === null) {
    return verdict("log", "unreadable");
  }
  const { line, index, hashes, head } = read;
  const values = { number: String(BigInt(index) + 1n), count: head.written, at: head.at };
  if (!(await isHeadSigned(head.note, keys))) {
    return verdict("log", "unsigned", values);
  }
  if (!(await isIncluded(line, Number(index), head.size, head.root, hashes))) {
    return verdict("log", "unproved", values);
  }
  const approval = text.carried.length === 1 ? readApproval(text.carried[0]) : null;
  const isGone = text.isWithdrawn && !text.carried.length;
  const statement = isGone ? null : (approval && attempt(() => JSON.parse(approval.statement))) ?? {};
  if (!isAbout(line, statement)) {
    return verdict("log", "other_line", values);
  }
  const alone = isGone ? "withdrawn" : "intact";
  return verdict("log", log === null ? alone : await within(log, head, line, Number(index)), values);
}

// How a page's line stands in the log that was given with it.
async function within(log, head, line, index) {
  if ((await hasHead(log, head)) && log.lines[index] === line) {
    return "found";
  }
  if (await jointOf(log, head)) {
    return "joined";
  }
  return head.size > log.lines.length ? "shorter" : "rewritten";
}

async function wholeLog(log, keys) {
  const number = await wrongLine(log.lines);
  if (number) {
    return verdict("whole", "line", { number: String(number) });
  }
  const heads = attempt(() => readHeads(log.heads ?? "").map(readHead));
  if (heads === null) {
    return verdict("whole", "heads_unreadable");
  }
  if (!heads.length) {
    return verdict("whole", "no_heads");
  }
  let before = 0;
  for (const [place, head] of heads.entries()) {
    const wrong = await wrongHead(head, before, heads[0].origin, keys);
    if (wrong) {
      return verdict("whole", wrong, { number: String(place + 1) });
    }
    const values = { size: head.written, at: head.at, count: String(log.lines.length) };
    if (head.size > log.lines.length) {
      return verdict("whole", "cut", values);
    }
    if (!(await hasHead(log, head))) {
      return verdict("whole", "differs", { ...values, first: String(before + 1) });
    }
    before = head.size;
  }
  return afterHeads(log, heads);
}

async function wrongHead(head, before, origin, keys) {
  if (!(await isHeadSigned(head.note, keys))) {
    return "head_unsigned";
  }
  if (head.origin !== origin) {
    return "head_origin";
  }
  return head.size <= before ? "head_order" : "";
}

async function afterHeads(log, heads) {
  const newest = heads.at(-1);
  if (newest.size < log.lines.length) {
    return verdict("whole", "unsigned_lines", { number: String(newest.size + 1) });
  }
  if (log.newest !== null && log.newest !== newest.note) {
    return verdict("whole", "newest");
  }
  const joint = await wrongJoint(log.lines);
  if (joint) {
    return verdict("whole", "joint", { number: String(joint) });
  }
  return verdict("whole", "intact", { count: String(newest.size), heads: String(heads.length), at: newest.at });
}

const hintsOf = (log) => log.tree.leaves.map((leaf) => hexOf(leaf).slice(0, LOG_HINT));

// Whether the log still says what it said under an older head, by the beginnings of its lines' hashes where known.
async function sinceHead(log, note, keys, hints = []) {
  const old = attempt(() => readHead(note));
  const newest = attempt(() => readHead(readHeads(log.heads ?? "").at(-1)));
  if (old === null || newest === null || !(await isHeadSigned(note, keys))) {
    return verdict("since", "unsigned");
  }
  const count = log.lines.length;
  const values = { size: old.written, at: old.at, count: String(count) };
  if (old.origin !== newest.origin) {
    return verdict("since", "other", values);
  }
  if (await hasHead(log, old)) {
    return verdict("since", count === old.size ? "same" : "grown", { ...values, more: String(count - old.size) });
  }
  const joint = await jointOf(log, old);
  if (joint) {
    return verdict("since", "joined", { ...values, number: String(joint) });
  }
  const now = hintsOf(log);
  const first = hints.findIndex((hint, place) => hint !== now[place]) + 1;
  if (first > 0 && first <= now.length) {
    return verdict("since", "rewritten_at", { ...values, number: String(first) });
  }
  return verdict("since", old.size > count ? "shorter" : "rewritten", values);
}
