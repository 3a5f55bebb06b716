// What is checked of a page, each by itself: a translation of usecases/publishing/checks.py, with the same codes.
const MOST_WORDS = 200;
const APPROVAL_FIELDS = wordsOf("revision digest approved_by key statement signature");

const verdict = (check, code, values = {}) => ({ check, code, values });

// Everything the checks ask of a page: its bytes, the public keys by their ids, picture files by their names, and the
// words by which pages say that they came before full check, and the public log where that came, too.
async function readPage(bytes, keys, files, unchecked, log) {
  const sealed = readSeal(bytes);
  let text = null;
  let letters = "";
  try {
    letters = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    text = publicText(letters);
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
  }
  return { sealed, text, letters, log, keys, files, unchecked, problem: await sealProblem(sealed, keys) };
}

// Why a seal proves nothing, as a code; empty where it is that of a published key.
async function sealProblem({ seal, isMarked }, keys) {
  if (!isMarked) {
    return "no_seal";
  }
  if (seal === null) {
    return "bad_seal";
  }
  if (seal.v !== SEAL_VERSION) {
    return "newer_seal";
  }
  if (!(await isPublished(seal.key, keys))) {
    return "unknown_key";
  }
  const message = bytesOf(`${SEAL_TAG}${seal.statement}`);
  return (await isSigned(keys[seal.key], seal.signature, message)) ? "" : "bad_seal";
}

async function approvedText({ sealed, problem, text, keys, unchecked }) {
  if (text === null) {
    return verdict("text", "unreadable");
  }
  if (text.carried.length !== 1) {
    const hadArticle = problem || Object.hasOwn(sealed.seal.parts, "article");
    if (text.isWithdrawn) {
      return verdict("text", hadArticle ? "only_said" : "withdrawn");
    }
    return verdict("text", hadArticle || text.carried.length ? "no_approval" : "no_text");
  }
  const approval = readApproval(text.carried[0]);
  if (approval === null) {
    return verdict("text", "unreadable");
  }
  if (!(await isPublished(approval.key, keys))) {
    return verdict("text", "unknown_key");
  }
  const message = bytesOf(`ovn-desk/approval/1\n${approval.statement}`);
  if (!(await isSigned(keys[approval.key], approval.signature, message))) {
    return verdict("text", "bad_signature");
  }
  const stated = JSON.parse(approval.statement);
  const lines = text.lines.map((line) => `${line}\n`).join("");
  if (stated.digest !== (await sha256(bytesOf(`ovn-desk/public-text/3\n${lines}`)))) {
    const words = approval.lines ? await firstUnlike(text.lines, new Set(approval.lines.split(" "))) : "";
    return verdict("text", "changed", words ? { words: [...words].slice(0, MOST_WORDS).join("") } : {});
  }
  const isTheSame =
    stated.key === approval.key && stated.revision === approval.revision && stated.name === approval.approved_by;
  if (!isTheSame || !isShown(text, stated, unchecked)) {
    return verdict("text", "other_approval");
  }
  return verdict("text", "intact", { name: stated.name, key: stated.key });
}

function readApproval(carried) {
  let approval;
  try {
    approval = JSON.parse(carried);
  } catch {
    return null;
  }
  const isText = (name) => typeof approval[name] === "string";
  const isOne = typeof approval === "object" && approval !== null && !Array.isArray(approval);
  return isOne && [...APPROVAL_FIELDS].every(isText) && (approval.lines === undefined || isText("lines"))
    ? approval : null;
}

// Whether what a reader sees of the approval names who signed it, and says so if it came before full check.
function isShown(text, stated, unchecked) {
  const name = folded(stated.name);
  const isNamed = text.approvers.length > 0 && text.approvers.every((one) => one === name);
  const saysUnchecked = unchecked.some((words) => text.approval.includes(folded(words)));
  return isNamed && text.approval.includes(name) && saysUnchecked === Boolean(stated.override);
}

// The first words that stand in no line of what was approved; empty where something was only taken out.
async function firstUnlike(lines, known) {
  for (const line of lines) {
    const words = plain(line.replace(CITATION, "").replace(/<[^>]*>/g, "")).replace(SPACE, " ").replace(/^ +| +$/g, "");
    if (words && !known.has((await sha256(bytesOf(line))).slice(0, LINE_HASH))) {
      return words;
    }
  }
  return "";
}

async function wholeFile(page) {
  const { sealed, problem } = page;
  const seal = sealed.seal;
  if (problem) {
    return verdict("file", problem, seal ? { key: seal.key } : {});
  }
  if (await isWhole(sealed)) {
    return verdict("file", "intact", { at: seal.at, key: seal.key });
  }
  const where = await changedParts(sealed);
  if (!["intact", "no_text", "withdrawn"].includes((await approvedText(page)).code)) {
    return verdict("file", "changed", { where: where.join(" ") });
  }
  const isInside = ["article", "main", "dates"].some((part) => where.includes(part));
  const beside = where.map((part) => (part === "article" ? "beside" : part));
  return verdict("file", isInside ? "changed_inside" : "changed_around", { where: beside.join(" ") });
}

async function pictureFiles({ sealed, text, files, problem }) {
  const addresses = text === null ? [] : text.addresses;
  if (problem) {
    return verdict("pictures", addresses.length ? "unknown" : "none");
  }
  const sealedAs = (address) => sealed.seal.pictures.find((one) => address.includes(one));
  const other = addresses.find((address) => !sealedAs(address));
  if (other) {
    return verdict("pictures", "other", { name: [...other].slice(0, MOST_WORDS).join("") });
  }
  const given = new Set();
  for (const address of addresses) {
    const name = address.split("?")[0].split("/").at(-1);
    const data = files.get(name);
    if (data !== undefined && (await sha256(data)) !== sealedAs(address)) {
      return verdict("pictures", "changed", { name: [...name].slice(0, MOST_WORDS).join("") });
    }
    if (data !== undefined) {
      given.add(sealedAs(address));
    }
  }
  const count = sealed.seal.pictures.length;
  const values = { given: String(given.size), count: String(count) };
  if (!count) {
    return verdict("pictures", "none");
  }
  return verdict("pictures", given.size === count ? "intact" : given.size ? "some" : "not_given", values);
}

const CHECKS = [approvedText, wholeFile, pictureFiles, inLog];

async function verdicts(bytes, keys, files, unchecked, log = null) {
  const page = await readPage(bytes, keys, files, unchecked, log);
  return Promise.all(CHECKS.map((check) => check(page)));
}
