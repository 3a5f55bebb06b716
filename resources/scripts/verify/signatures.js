// SHA-256 and Ed25519, as text/seals.py and signing.py have them.
const bytesOf = (text) => new TextEncoder().encode(text);

// The bytes of base64 as the desk writes it; raises an error for anything else.
function unpacked(base64) {
  const found = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (btoa(String.fromCharCode(...found)) !== base64) {
    throw new Error("no base64");
  }
  return found;
}

async function sha256(data) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Whether a public key has the id that it goes by.
async function isPublished(id, keys) {
  return Object.hasOwn(keys, id) && `ovn-${(await sha256(unpacked(keys[id]))).slice(0, 16)}` === id;
}

async function isSigned(publicKey, signature, message) {
  let written;
  try {
    written = unpacked(signature);
  } catch {
    return false;
  }
  const key = await crypto.subtle.importKey("raw", unpacked(publicKey), { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, key, written, message);
}
