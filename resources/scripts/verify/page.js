// The page on which a reader gives files, and is told what was found. Nothing is asked of the network.
const isPicture = (file) => file.type.startsWith("image/");

function start() {
  const part = (id) => document.getElementById(id);
  const words = JSON.parse(part("ovn-words").textContent);
  let keys = JSON.parse(part("ovn-keys").textContent).keys;
  let given = [];

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
  const check = async () => {
    const page = given.find((file) => !isPicture(file));
    if (!page) {
      show(...(given.length ? [line("", [words.no_page], "bad")] : []));
      return;
    }
    show(line("", ["…"], ""));
    const files = new Map();
    try {
      for (const file of given.filter(isPicture)) {
        files.set(file.name, new Uint8Array(await file.arrayBuffer()));
      }
      const found = await verdicts(new Uint8Array(await page.arrayBuffer()), keys, files, words.unchecked);
      show(...found.map((one) =>
        line(words.labels[one.check], sentence(one), words.states[`${one.check} ${one.code}`] ?? "bad")));
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
}

start();
