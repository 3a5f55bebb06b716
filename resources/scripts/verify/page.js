// The page on which a reader gives files, and is told what was found. Nothing is asked of the network.
const isPicture = (file) => file.type.startsWith("image/");

function start() {
  const part = (id) => document.getElementById(id);
  const words = JSON.parse(part("ovn-words").textContent);
  let keys = JSON.parse(part("ovn-keys").textContent).keys;
  let given = [];

  const filled = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
  const sentence = ({ check, code, values }) => {
    const where = (values.where ?? "head").split(" ").map((name) => words.parts[name] ?? name).join(words.between);
    const said = code === "changed" && values.words ? "differs" : code;
    return filled(words.sentences[`${check} ${said}`], { ...values, where });
  };
  const line = (label, text, state) => {
    const made = document.createElement("p");
    made.className = `verdict ${state}`;
    if (label) {
      const name = document.createElement("strong");
      name.textContent = label;
      made.append(name, " ");
    }
    made.append(text);
    return made;
  };
  const show = (...lines) => part("ovn-verdict").replaceChildren(...lines);
  const check = async () => {
    const page = given.find((file) => !isPicture(file));
    if (!page) {
      show(...(given.length ? [line("", words.no_page, "bad")] : []));
      return;
    }
    show(line("", "…", ""));
    const files = new Map();
    try {
      for (const file of given.filter(isPicture)) {
        files.set(file.name, new Uint8Array(await file.arrayBuffer()));
      }
      const found = await verdicts(new Uint8Array(await page.arrayBuffer()), keys, files, words.unchecked);
      show(...found.map((one) =>
        line(words.labels[one.check], sentence(one), words.states[`${one.check} ${one.code}`] ?? "bad")));
    } catch (error) {
      show(line("", error.name === "NotSupportedError" ? words.no_browser : words.unreadable, "bad"));
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
      show(line("", words.no_keys, "bad"));
    }
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

start();
