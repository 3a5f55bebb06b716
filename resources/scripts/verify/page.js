// The page on which a reader gives files, and is told what was found. Nothing is asked of the network but, where the page
// was opened on the site itself, the public log that lies beside it.
const isPicture = (file) => file.type.startsWith("image/");
const LOG_FILE = /^log\b.*\.jsonl$/i;
const HEADS_FILE = /^checkpoints\b.*\.jsonl$/i;
const HEAD_FILE = /^checkpoint\b/i;
const isOfLog = (file) => [LOG_FILE, HEADS_FILE, HEAD_FILE].some((name) => name.test(file.name));
const textOf = async (file) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());

function start() {
  const part = (id) => document.getElementById(id);
  const words = JSON.parse(part("ovn-words").textContent);
  let keys = JSON.parse(part("ovn-keys").textContent).keys;
  let given = [];
  let own = null;

  // The text with these values in their places, each set in its own direction.
  const filled = (text, values) =>
    text.split(/\{(\w+)\}/).map((piece, index) => {
      if (index % 2 === 0) {
        return piece;
      }
      const value = document.createElement("bdi");
      value.textContent = values[piece] ?? "";
      return value;
    });
  const sentence = ({ check, code, values }) => {
    const where = (values.where || "head").split(" ").map((name) => words.parts[name] ?? name).join(words.between);
    const at = (values.at ?? "").replace(/Z$/, "").replace("T", " ");
    const said = code === "changed" && values.words ? "differs" : code;
    return filled(words.sentences[`${check} ${said}`], { ...values, where, at });
  };
  const line = (label, said, state) => {
    const made = document.createElement("p");
    made.className = `verdict ${state}`;
    if (label) {
      const name = document.createElement("strong");
      name.textContent = label;
      made.append(name, " ");
    }
    made.append(...said);
    return made;
  };
  const show = (...lines) => part("ovn-verdict").replaceChildren(...lines);
  const told = (found) => found.map((one) =>
    line(words.labels[one.check], sentence(one), words.states[`${one.check} ${one.code}`] ?? "bad"));
  const givenLog = async () => {
    const [lines, heads] = [LOG_FILE, HEADS_FILE].map((name) => given.find((file) => name.test(file.name)));
    return lines ? readLog(await textOf(lines), heads ? await textOf(heads) : null) : null;
  };
  const checkLog = async (log) => {
    const whole = await wholeLog(log, keys);
    const older = given.find((file) => HEAD_FILE.test(file.name));
    const since = older ? [await sinceHead(log, await textOf(older), keys)] : await lookBack(log, whole, keys);
    return [whole, ...since];
  };
  // On the site itself the log is read at once, so that whoever comes back sees whether it only grew.
  const checkOwnLog = async () => {
    if (!location.protocol.startsWith("http")) {
      return;
    }
    const read = async (name) => {
      const answer = await fetch(words.root + name, { cache: "no-store" });
      return answer.ok ? answer.text() : null;
    };
    try {
      const [lines, heads] = await Promise.all(["log.jsonl", "checkpoints.jsonl"].map(read));
      own = lines === null ? null : await readLog(lines, heads);
      part("ovn-log-verdict")?.replaceChildren(...(own ? told(await checkLog(own)) : []));
    } catch {
      own = null;
    }
  };
  const check = async () => {
    const page = given.find((file) => !isPicture(file) && !isOfLog(file));
    if (!page && !given.some((file) => LOG_FILE.test(file.name))) {
      show(...(given.length ? [line("", [words.no_page], "bad")] : []));
      return;
    }
    show(line("", ["…"], ""));
    const files = new Map();
    try {
      for (const file of given.filter(isPicture)) {
        files.set(file.name, new Uint8Array(await file.arrayBuffer()));
      }
      const log = await givenLog();
      const bytes = page ? new Uint8Array(await page.arrayBuffer()) : null;
      const found = page ? await verdicts(bytes, keys, files, words.unchecked, log ?? own) : [];
      show(...told([...found, ...(log ? await checkLog(log) : [])]));
    } catch (error) {
      show(line("", [error.name === "NotSupportedError" ? words.no_browser : words.unreadable], "bad"));
    }
  };
  const take = (files) => {
    given = [...files];
    check();
  };

  part("ovn-page").addEventListener("change", (event) => take(event.target.files));
  part("ovn-key-file").addEventListener("change", async (event) => {
    try {
      const read = JSON.parse(await event.target.files[0].text());
      keys = read.keys ?? read;
      await checkOwnLog();
      check();
    } catch {
      show(line("", [words.no_keys], "bad"));
    }
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  checkOwnLog();
}

start();
