// Merkle trees (RFC 6962) and signed notes (C2SP), as the public log has them: a translation of text/transparency.
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
