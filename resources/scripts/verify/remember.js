// What this browser keeps of a public log until the reader comes back: its newest signed head, and the beginning of
// each line's hash, so that the first line that was rewritten can be named.
const logName = (origin) => `ovn-log ${origin}`;

// What is remembered of a log: its head and its hints; null where nothing is. Raises an error where the browser keeps
// nothing for a page opened from a file.
function rememberedLog(origin) {
  const kept = localStorage.getItem(logName(origin));
  const data = kept === null ? null : attempt(() => JSON.parse(kept));
  return data !== null && typeof data.note === "string" && Array.isArray(data.hints) ? data : null;
}

function rememberLog(origin, note, hints) {
  localStorage.setItem(logName(origin), JSON.stringify({ note, hints }));
}

// How a log that is whole stands to the one that was seen before; what only grew is remembered instead of that.
async function lookBack(log, whole, keys) {
  const note = attempt(() => readHeads(log.heads).at(-1));
  const head = attempt(() => readHead(note));
  if (head === null) {
    return [];
  }
  const isWhole = whole.code === "intact";
  try {
    const before = rememberedLog(head.origin);
    const found = before ? await sinceHead(log, before.note, keys, before.hints) : verdict("since", "first");
    if (isWhole && ["first", "same", "grown", "joined"].includes(found.code)) {
      rememberLog(head.origin, note, hintsOf(log));
    }
    return before || isWhole ? [found] : [];
  } catch (error) {
    if (error instanceof DOMException) {
      return [verdict("since", "forgotten")];
    }
    throw error;
  }
}
