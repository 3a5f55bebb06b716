"""What the preview asks of its page, in the page's own language: change a part, say where it stands, go there."""

# Replaces only what changed, so that the page neither flashes nor loses its place; a picture that stays is not loaded
# again.
# Answers whether the page is as it should be.
APPLY = """
((change) => {
  const made = (html) => { const t = document.createElement('template'); t.innerHTML = html; return t.content; };
  const body = document.getElementById('ovn-body');
  if (!body) return false;
  if (change.head !== null) document.getElementById('ovn-head').replaceChildren(made(change.head));
  if (change.after !== null) document.getElementById('ovn-after').replaceChildren(made(change.after));
  if (change.whole !== null) { body.replaceChildren(made(change.whole)); return true; }
  const old = [...body.children].slice(change.start, change.start + change.removed);
  const next = body.children[change.start + change.removed] || null;
  if (old.length !== change.removed) return false;
  const fresh = made(change.added.join('\\n'));
  const first = fresh.firstElementChild;
  const shown = new Map(old.flatMap((element) => [...element.querySelectorAll('img')]).map((img) => [img.src, img]));
  for (const img of fresh.querySelectorAll('img')) {
    const kept = shown.get(img.src);
    if (!kept) continue;
    shown.delete(img.src);
    for (const {name, value} of img.attributes) if (kept.getAttribute(name) !== value) kept.setAttribute(name, value);
    img.replaceWith(kept);
  }
  old.forEach((element) => element.remove());
  body.insertBefore(fresh, next);
  if (first) {
    const box = first.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) first.scrollIntoView({block: 'center', behavior: 'instant'});
  }
  return body.children.length === change.count;
})(%s)
"""


# Where the page stands, as an element of the text and how far into it; and the way to such a place.
WHERE = """
(() => {
  const body = document.getElementById('ovn-body');
  if (!body) return '';
  if (scrollY <= 0) return '[-1, 0]';
  const all = [...body.children];
  const index = all.findIndex((element) => element.getBoundingClientRect().bottom > 0);
  if (index < 0) return '';
  const box = all[index].getBoundingClientRect();
  return JSON.stringify([index, Math.min(1, Math.max(0, -box.top / Math.max(1, box.height)))]);
})()
"""
GO = """
((index, part) => {
  const body = document.getElementById('ovn-body');
  const element = body && body.children[index];
  if (!element) { scrollTo({top: index < 0 ? 0 : document.body.scrollHeight, behavior: 'instant'}); return; }
  const box = element.getBoundingClientRect();
  scrollTo({top: scrollY + box.top + part * box.height, behavior: 'instant'});
})(%d, %f)
"""
AT = """
((x, y) => {
  const body = document.getElementById('ovn-body');
  const hit = document.elementFromPoint(x, y);
  if (!body || !hit || hit.closest('a')) return -1;
  return [...body.children].findIndex((element) => element.contains(hit));
})(%f, %f)
"""
