// The public log: that a page is in it, that all of it is as it was signed, and that it only grew. A translation of
// usecases/publishing/log_checks.py, with the same codes.
const LOG_CARRIED = /<script type="application\/json" id="ovn-log">([^<]*)<\/script>/g;
const LOG_LINE = /^\{("[a-z]+": ("[ !#-[\]-~]*"|[0-9]{1,15})(, (?!\}))?)+\}$/;
const LOG_PREVIOUS = /"previous": "[0-9a-f]*"/;
const LOG_FACT = wordsOf("at what article digest key");
const LOG_TIME = "signed ";
const LOG_HINT = 12;

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

// What a line says of an article; null where it says nothing of one.
function factOf(line) {
  const data = attempt(() => readLine(line));
  const isText = (name) => data[name] === undefined || typeof data[name] === "string";
  const others = data === null ? [] : Object.keys(data).filter((name) => !LOG_FACT.has(name) && name !== "previous");
  if (data === null || ["joined", "begun anew"].includes(data.what) || data.article === undefined || others.length) {
    return null;
  }
  return [...LOG_FACT].every(isText) ? { digest: "", key: "", ...data } : null;
}

// What makes it the same fact, whether it is called published or changed.
const aboutOf = ({ at, article, digest, key, what }) => JSON.stringify([at, article, digest, key, what === "withdrawn"]);

// What became of a text since, by this log: the withdrawal of its article, or the newest text; null where it is that.
function sinceFact({ lines }, fact) {
  const said = new Map();
  for (const one of lines.map(factOf)) {
    if (one !== null && one.article === fact.article && !said.has(aboutOf(one))) {
      said.set(aboutOf(one), one);
    }
  }
  const facts = [...said.values()];
  const gone = facts.filter((one) => one.what === "withdrawn");
  const place = [...said.keys()].indexOf(aboutOf(fact));
  const later = gone.length ? gone : facts.filter((one, at) => place >= 0 && at > place && one.at >= fact.at);
  return fact.what === "withdrawn" ? null : (later.at(-1) ?? null);
}

// What an approval states; empty where that can not be read.
function statementOf(approval) {
  const stated = approval && attempt(() => JSON.parse(approval.statement));
  return typeof stated === "object" && stated !== null && !Array.isArray(stated) ? stated : {};
}

// Whether exactly this approved text was published, a line says, or without one that a text was withdrawn.
function isAbout(data, statement) {
  if (data === null || (data.what === "withdrawn") !== (statement === null)) {
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
  const approval = text.carried.length === 1 ? readApproval(text.carried[0]) : null;
  const isGone = text.isWithdrawn && !text.carried.length;
  const statement = isGone ? null : statementOf(approval);
  const carried = [...letters.matchAll(LOG_CARRIED)].map((match) => match[1]);
  if (!carried.length) {
    return verdict("log", log === null || (!isGone && !Object.keys(statement).length) ? "none" : "unlogged");
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
  const fact = factOf(line);
  if (!isAbout(fact, statement)) {
    return verdict("log", "other_line", values);
  }
  if (log === null) {
    return verdict("log", isGone ? "withdrawn" : "intact", values);
  }
  const code = await within(log, head, line, Number(index));
  const later = ["found", "joined"].includes(code) ? sinceFact(log, fact) : null;
  if (later === null) {
    return verdict("log", code, values);
  }
  return verdict("log", later.what === "withdrawn" ? "gone" : "outdated", { ...values, later: later.at.slice(0, 10) });
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
