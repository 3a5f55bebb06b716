"""A page as somebody may alter it after it was exported: each alteration, and what it touches.

`exported` makes the page, `in_node` asks the script of `verify.html` what it says of such pages.
"""

import base64
import json
import re
import subprocess
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType

from make import DAWN, Desk, newsroom
from ovn_desk import signing
from ovn_desk.domain.evidence import Correction
from ovn_desk.domain.source import SourceKind
from ovn_desk.formats.site import verify
from ovn_desk.text import seals
from ovn_desk.usecases import pictures, publishing, suggesting
from ovn_desk.usecases.publishing import checks, verifying
from photos import photo

# What an alteration touches: the approved text, the article beside it, what is around it, its seal, a picture file.
TEXT, INSIDE, AROUND, SEAL, PICTURE = "approved text", "beside it", "around it", "seal", "picture"

BODY = """The groups meet in July [@dawn-rail]. About 1,200 people came, and “we will sign”, he said [@dawn-rail].

A second line leads to باکو and is **never** closed; see [the plan](https://x.example/plan) and \
`RB-1`. It has [a part](https://x.example/its-part), which `&copy;` is not.

## What comes next

| Train | Seats |
|---|---|
| Green [@dawn-rail] | 40 |

Table: Seats by train

![](image:train)
"""
EXCERPTS = ("The groups meet in July.", "About 1,200 people came, and “we will sign”, he said. Seats in Green: 40.")


@dataclass(frozen=True)
class Forgery:
    """An altered page, or altered `files` beside it by their names; `touches` is what was altered."""

    name: str
    page: str | bytes
    touches: str = TEXT
    files: dict = field(default_factory=dict)

    @property
    def data(self):
        return self.page.encode() if isinstance(self.page, str) else self.page

    @property
    def kind(self):
        return self.name.partition(":")[0]


@dataclass(frozen=True)
class Export:
    """An exported page with everything on it that can be altered, and its picture files; `reporter` has no such key."""

    data: bytes
    keys: dict
    files: dict
    reporter: signing.Key

    @property
    def page(self):
        return self.data.decode()

    def verdicts(self, data, files=MappingProxyType({})):
        """What the desk says of a page with the picture files beside it, these in their places."""
        given = self.files | files
        return checks.check(checks.Page(data, self.keys, lambda address: given.get(address.rpartition("/")[2])))


def exported(folder, renderer):
    store = newsroom(folder / "newsroom.ovn")
    desk = Desk(store, renderer)
    (picture,) = pictures.import_images(store, [photo((1600, 800))]).images
    image = replace(picture, key="train", alt="A train", caption="The line at night", credit="Ali Raza")
    source = replace(DAWN, kind=SourceKind.ORGANISATION, medium="print", publish_excerpts=True, excerpts=EXCERPTS)
    article = desk.in_review(
        body=BODY,
        sources=(source,),
        images=(image,),
        corrections=(Correction("one", at="2025-07-21", said="In July.", in_fact="In August."),),
    )
    desk.edit(article, by=desk.chief, unverified="The count of seats")
    suggesting.keep_as_edited(store, article, by=desk.editor, reason="Agreed.")
    desk.approve(article)
    publishing.export(store, publishing.ExportRequest((article,), folder / "site"), by=desk.editor, renderer=renderer)
    store.close()
    page = next((folder / "site").glob("2*/*/*.html"))
    keys = verifying.read_keys((folder / "site/.well-known/ovn-keys.json").read_text())
    files = {path.name: path.read_bytes() for path in (folder / "site/assets/images").iterdir()}
    return Export(page.read_bytes(), keys, files, desk.reporter.key)


def in_node(export, forged, folder):
    """What the script of `verify.html` says of each of these, and the public text it reads of it."""
    names = {data: f"{number}.bin" for number, data in enumerate({*export.files.values(), *_replaced(forged)})}
    for data, name in names.items():
        (folder / name).write_bytes(data)
    asked = [
        {
            "data": base64.b64encode(one.data).decode(),
            "files": {name: names[data] for name, data in (export.files | one.files).items()},
        }
        for one in forged
    ]
    unchecked = verify._words("en")["unchecked"]
    (folder / "asked.json").write_text(json.dumps({"asked": asked, "keys": export.keys, "unchecked": unchecked}))
    script = folder / "read.js"
    script.write_text(
        f"{verify.script(*verify.CHECKING)}\n"
        "const fs = require('fs');\n"
        "const { asked, keys, unchecked } = JSON.parse(fs.readFileSync(`${__dirname}/asked.json`, 'utf8'));\n"
        "const read = (name) => new Uint8Array(fs.readFileSync(`${__dirname}/${name}`));\n"
        "(async () => {\n"
        "  const said = [];\n"
        "  for (const { data, files } of asked) {\n"
        "    const bytes = new Uint8Array(Buffer.from(data, 'base64'));\n"
        "    const beside = new Map(Object.entries(files).map(([name, file]) => [name, read(file)]));\n"
        "    said.push({ verdicts: await verdicts(bytes, keys, beside, unchecked),\n"
        "      text: publicText(new TextDecoder('utf-8').decode(bytes)) });\n"
        "  }\n"
        "  console.log(JSON.stringify(said));\n"
        "})();\n",
        encoding="utf-8",
    )
    done = subprocess.run(["node", script], capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def _replaced(forged):
    return {data for one in forged for data in one.files.values()}


def forgeries(export):
    """Every alteration of an exported page, by kind; each is another page than the one it was made from."""
    page = export.page
    made = [
        *_words(page),
        *_structure(page),
        *_attributes(page),
        *_hidden(page),
        *_parsing(page),
        *_statement(page),
        *_beside(page),
        *_around(page),
        *_seals(export),
        *_pictures(export),
    ]
    names = [one.name for one in made]
    assert len(set(names)) == len(names), [name for name in names if names.count(name) > 1]
    for one in made:
        assert one.files or one.data != export.data, one.name
    return made


def _swap(page, old, new, *, count=1):
    assert old in page, old
    return page.replace(old, new, count)


def _in_body(page, what):
    return _swap(page, '<div id="ovn-body" class="e-content">', f'<div id="ovn-body" class="e-content">{what}')


def _words(page):
    for name, old, new in [
        ("the time of a correction", 'datetime="2025-07-21"', 'datetime="2024-07-21"'),
        ("the day of a correction", "21 July 2025", "21 July 2024"),
        ("what AI was used for", "AI used: not declared", "AI used: none"),
        ("a comma of how we know", "Names withheld: 0", "Names withheld: 0,"),
        ("headline", "Rail groups to meet in Baku</h1>", "Rail groups will not meet in Baku</h1>"),
        ("standfirst", "Working groups follow talks.", "Working groups follow threats."),
        ("byline", ">Rana Malik</b>", ">Eve Malik</b>"),
        ("dateline", ">Islamabad</span>", ">Lahore</span>"),
        ("label", "News", "Opinion"),
        ("a figure", "1,200", "12,000"),
        ("a quotation", "we will sign", "we will not sign"),
        ("a full stop", "follow talks.", "follow talks"),
        ("a space", "second line", "secondline"),
        ("emphasis taken away", "<strong>never</strong>", "never"),
        ("a heading", "What comes next", "What came before"),
        ("a cell", "<td>40</td>", "<td>4</td>"),
        ("a caption of a table", "Seats by train", "Seats by bus"),
        ("code", "<code>RB-1</code>", "<code>RB-2</code>"),
        ("an Urdu word", "باکو", "لاہور"),
        ("a citation's number", 'aria-label="Source 1">1</a>', 'aria-label="Source 1">2</a>'),
        ("text inside a citation", '">1</a></sup>', '">1 and they lied</a></sup>'),
        ("a citation's label", 'aria-label="Source 1"', 'aria-label="Source 1, who denied it"'),
        ("how we know", "Names withheld: 0", "Names withheld: 3"),
        ("who corrected", "Corrected by Bilal Ahmed.", "Corrected by Eve."),
        ("who edited instead of corrected", "Corrected by Bilal", "Edited by Bilal"),
        ("who corrected, left out", "Corrected by Bilal Ahmed. ", ""),
        ("one more who corrected", "Corrected by Bilal Ahmed.", "Corrected by Bilal Ahmed and Eve."),
        ("who edited, added", "Corrected by", "Edited by Eve. Corrected by"),
        ("that the approver edited", "Approved by <span", "Edited and approved by <span"),
        ("who reported", "Reported by Rana Malik", "Reported by Eve Malik"),
        ("what could not be verified", "The count of seats", "Nothing"),
        ("a source's name", ">Dawn</a>", ">The Daily Dawn</a>"),
        ("a source's medium", "print", "telephone"),
        ("an excerpt", "The groups meet in July.", "The groups meet in June."),
        ("a correction", "In August.", "In September."),
        ("the title of a correction", "Correction", "Clarification"),
        ("a caption", "The line at night", "The line at day"),
        ("a credit", "Ali Raza", "Eve"),
        ("a zero-width word joiner", "second line", "second\u2060 line"),
        ("a letter that looks the same", "second", "s\u0435cond"),
    ]:
        head, article, rest = page.partition("<article")
        yield Forgery(f"words: {name}", head + article + _swap(rest, old, new))


def _structure(page):
    paragraphs = re.findall(r"<p>[^<]*(?:<(?!/p>)[^<]*)*</p>", page.partition('id="ovn-body"')[2])
    first, second = paragraphs[:2]
    yield Forgery("structure: a paragraph added", _in_body(page, "<p>They lied.</p>"))
    yield Forgery("structure: a paragraph taken away", _swap(page, first, ""))
    yield Forgery("structure: a paragraph twice", _swap(page, first, first + first))
    turned = _swap(_swap(_swap(page, first, "\0"), second, first), "\0", second)
    yield Forgery("structure: two paragraphs turned round", turned)
    yield Forgery("structure: text outside paragraphs", _in_body(page, "They lied."))
    yield Forgery("structure: a division", _in_body(page, "<div>They lied.</div>"))
    yield Forgery("structure: a span", _in_body(page, "<span>They lied.</span>"))
    yield Forgery(
        "structure: between head and body", _swap(page, '<div id="ovn-body"', '<p>Lies.</p><div id="ovn-body"')
    )
    yield Forgery("structure: below the body", _swap(page, '<div id="ovn-after">', '<p>Lies.</p><div id="ovn-after">'))
    yield Forgery("structure: at the article's end", _swap(page, "</article>", "<p>They lied.</p></article>"))
    yield Forgery("structure: as a citation", _in_body(page, '<p class="ovn-cite">They lied.</p>'))
    yield Forgery("structure: in a citation's class", _in_body(page, '<span class="ovn-cite">They lied.</span>'))
    yield Forgery("structure: a second category", _in_body(page, '<p data-ovn-own="category">They lied.</p>'))
    yield Forgery("structure: a second approval", _in_body(page, '<p data-ovn-own="approval">They lied.</p>'))
    yield Forgery("structure: an own part of no name", _in_body(page, '<p data-ovn-own="x">They lied.</p>'))
    yield Forgery("structure: a heading of another level", _swap(page, "<h2>What comes", "<h3>What comes"))
    yield Forgery("structure: a list out of one paragraph", _swap(page, first, f"<ul><li>{first}</li></ul>"))
    yield Forgery("structure: a quotation", _swap(page, first, f"<blockquote>{first}</blockquote>"))
    yield Forgery("structure: the signed part ends early", _swap(page, second, f"</article>{second}"))
    yield Forgery("structure: a second signed part", _swap(page, "</main>", "<p data-ovn-signed>Lies.</p></main>"))
    yield Forgery("structure: a source added", _swap(page, "<ol>", "<ol><li>Somebody</li>"))
    yield Forgery("structure: a source's anchor", _swap(page, 'id="ovn-source-1"', 'id="ovn-source-9"'))
    yield Forgery("structure: a back link", _swap(page, 'href="#ovn-cite-1-1"', 'href="#ovn-main"'))
    yield Forgery("structure: another name than the approver's", _named(page, "Eve Khan"))
    yield Forgery("structure: the approver named twice", _named(page, "Ayesha Khan Ayesha Khan"))
    yield Forgery("structure: no name where the approver stands", _named(page, ""))
    unmarked = _swap(page, "<span data-ovn-approver>Ayesha Khan</span>", "Ayesha Khan")
    yield Forgery("structure: the approver's mark taken away", unmarked)


def _named(page, name):
    return _swap(page, "<span data-ovn-approver>Ayesha Khan</span>", f"<span data-ovn-approver>{name}</span>")


def _attributes(page):
    link = 'href="https://dawn.example/rail"'
    yield Forgery("attribute: where a source leads", _swap(page, link, 'href="https://evil.example/rail"'))
    yield Forgery("attribute: where a link leads", _swap(page, "https://x.example/plan", "https://evil.example/plan"))
    yield Forgery("attribute: a link that runs", _swap(page, "https://x.example/plan", "javascript:alert(1)"))
    yield Forgery("attribute: where a citation leads", _swap(page, 'href="#ovn-source-1"', 'href="#ovn-source-2"'))
    yield Forgery("attribute: a picture's words", _swap(page, 'alt="A train"', 'alt="A burnt train"'))
    yield Forgery("attribute: a picture's digest", re.sub(r'data-ovn-sha256="[0-9a-f]', 'data-ovn-sha256="x', page))
    yield Forgery("attribute: a picture's crop", re.sub(r'data-ovn-crop="\d+', 'data-ovn-crop="7', page))
    yield Forgery("attribute: a picture's width", re.sub(r' width="\d+" height', ' width="7" height', page))
    yield Forgery("attribute: a language", _swap(page, '<span lang="ur"', '<span lang="fa"'))
    yield Forgery("attribute: a direction", _swap(page, 'lang="ur" dir="rtl"', 'lang="ur" dir="ltr"'))
    yield Forgery("attribute: a title", _swap(page, "<strong>", '<strong title="They lied">'))
    yield Forgery("attribute: an id twice", _swap(page, "<strong>", '<strong id="ovn-source-1">'))
    yield Forgery("attribute: an event", _swap(page, "<strong>", '<strong onclick="x()">'))
    yield Forgery("attribute: editable", _swap(page, "<strong>", "<strong contenteditable>"))
    yield Forgery("attribute: read as something else", _swap(page, "<strong>", '<strong aria-label="always">'))
    yield Forgery("attribute: the first of two counts", _swap(page, link, f'href="https://evil.example/" {link}'))
    yield Forgery("attribute: without quotes", _swap(page, link, "href=https://evil.example/rail"))
    yield Forgery("attribute: another dash in a link", _swap(page, "/its-part", "/its–part"))
    yield Forgery("attribute: white space in a link", _swap(page, "/its-part", "/its-part\u00a0"))
    yield Forgery("attribute: a direction that is none", _swap(page, 'lang="ur" dir="rtl"', 'lang="ur" dir="rtl "'))
    yield Forgery("attribute: white space in what is read", _swap(page, '"Source 1"', '"Source  1"'), INSIDE)
    yield Forgery("attribute: in capitals", _swap(page, link, 'HREF="https://evil.example/rail"'))
    yield Forgery("attribute: behind a slash", _swap(page, link, 'x/href="https://evil.example/rail"'))
    yield Forgery("attribute: the scope of a header cell", _swap(page, 'scope="col"', 'scope="row"'))
    yield Forgery("attribute: where a list begins", _swap(page, "<ol>", '<ol start="5">'))
    yield Forgery("attribute: a list that counts down", _swap(page, "<ol>", "<ol reversed>"))
    # The look, and which copy of a picture is loaded, are the export's.
    yield Forgery("attribute: a class", _swap(page, "<strong>", '<strong class="x">'), INSIDE)
    yield Forgery("attribute: the file of a picture", re.sub(r' src="[^"]+"', ' src="x.jpg"', page), INSIDE)
    yield Forgery("attribute: the copies of a picture", re.sub(r' srcset="[^"]+', ' srcset="x.jpg 9w', page), INSIDE)
    yield Forgery("attribute: what is read of a source", _swap(page, 'aria-label="Back to', 'aria-label="Denied by'))
    yield Forgery("attribute: the relation of a link", _swap(page, 'rel="noopener"', 'rel="sponsored"'), INSIDE)


def _hidden(page):
    first = re.search(r"<p>[^<]*<sup", page.partition('id="ovn-body"')[2])[0].removesuffix("<sup")
    for name, new in [
        ("hidden", first.replace("<p>", "<p hidden>")),
        ("a style", first.replace("<p>", '<p style="display:none">')),
        ("struck through", first.replace("<p>", "<p><del>")),
        ("struck through otherwise", first.replace("<p>", "<p><s>")),
        ("for no machine", first.replace("<p>", '<p aria-hidden="true">')),
        ("a script", f"<script>1</script>{first}"),
        ("a style sheet", f"<style>p {{ display: none }}</style>{first}"),
        ("a frame", f'<iframe src="https://evil.example/"></iframe>{first}'),
        ("a picture of text", f'<img src="x.png" alt="">{first}'),
        ("a drawing", f"<svg><text>They lied.</text></svg>{first}"),
        ("a form", f'<form action="https://evil.example/"><button>Go</button></form>{first}'),
        ("inert", first.replace("<p>", "<p inert>")),
        ("a popover", first.replace("<p>", "<p popover>")),
        ("folded away", f"<details>{first}</details>"),
        ("a dialogue", f"<dialog open>They lied.</dialog>{first}"),
        ("a video", f'<video src="https://evil.example/v"></video>{first}'),
        ("an unknown element", f"<x-lie>They lied.</x-lie>{first}"),
        ("a slot", f"<slot name='x'>{first}"),
        ("a comment", f"<!-- They lied. -->{first}"),
    ]:
        yield Forgery(f"hidden: {name}", _swap(page, first, new), INSIDE if name == "a comment" else TEXT)


def _parsing(page):
    start = '<article class="h-entry" data-ovn-signed>'
    for name, before in [
        ("textarea", "<textarea>"),
        ("plain text", "<plaintext>"),
        ("a template", "<template>"),
        ("no script", "<noscript>"),
        ("a frame", "<iframe>"),
        ("old plain text", "<xmp>"),
        ("a choice", "<select>"),
        ("an open comment", "<!-- "),
        ("a declaration", "<!x "),
        ("an instruction", "<?x "),
        ("an open tag", "<"),
        ("mathematics", "<math>"),
    ]:
        yield Forgery(f"parsing: {name} before the text", _swap(page, start, before + start))
    yield Forgery("parsing: a lone bracket in the text", _in_body(page, "a < b"))
    yield Forgery("parsing: an end tag of nothing", _in_body(page, "</strong>"))
    yield Forgery("parsing: an open quotation mark", _swap(page, "<strong>", '<strong x=">'))
    yield Forgery("parsing: a null", _in_body(page, "\0"))
    yield Forgery("parsing: a byte order mark", _in_body(page, "\ufeff"))
    yield Forgery("parsing: another character set", _swap(page, 'charset="utf-8"', 'charset="windows-1252"'))
    yield Forgery("parsing: a byte that is no letter", page.encode().replace(b"Rail groups", b"Rail\xff groups"))
    yield Forgery("parsing: where all links lead", _swap(page, "<title>", '<base href="https://evil.example/"><title>'))
    for name, before in [
        ("an end of a comment that is none", "<!--><p>They lied.</p><!-- -->"),
        ("an end of a comment with a mark", "<!-- --!><p>They lied.</p><!-- -->"),
        ("a comment in a comment", "<!-- <!-- --!><p>They lied.</p> -->"),
        ("an end of a style with more in it", "<style></style x><p>They lied.</p><style></style>"),
        ("a quotation mark in a name", '<br a"b>They lied.<i c"d>'),
        ("a paragraph in one", "<p>One <p>two</p></p>"),
    ]:
        yield Forgery(f"parsing: {name}", _in_body(page, before))
    for name, old, new in [
        ("a title that ends behind the text", "</title>", ""),
        ("a title over the text", "<article", "<title><article"),
        ("a style that never ends", "</style>", ""),
        ("a script that never ends", "<article", "<script><!--<script></script><article"),
        ("an element folded away around it", "<article", "<details><summary>More</summary><article"),
        ("a drawing around it", "<article", "<svg><article"),
        ("a button around it", "<article", "<button><article"),
        ("hidden around it", '<main id="ovn-main"', '<main hidden id="ovn-main"'),
        ("a style around it", "<body>", '<body style="display: none">'),
        ("a table that goes on into the text", "The Testing Post</a>", "The Testing<table> Post</a>"),
        ("a second body below it", "</body>", "<body hidden></body>"),
        ("for no machine around it", "<html ", '<html aria-hidden="true" '),
        ("a link that goes on into the text", "The Testing Post</a>", "The Testing Post"),
    ]:
        yield Forgery(f"parsing: {name}", _swap(page, old, new))
    yield Forgery("parsing: a reference that browsers do not know", _swap(page, "second line", "second&NBSP;line"))
    yield Forgery("parsing: a reference to another letter", _swap(page, "second line", "second&#x85;line"))
    yield Forgery("parsing: a reference to a control letter", _swap(page, "second line", "second&#31;line"))
    yield Forgery("parsing: a control letter for a space", _swap(page, "second line", "second\x1cline"))
    yield Forgery("parsing: a reference that is shown as it is written", _swap(page, "&amp;copy;", "&copy;"))
    yield Forgery("parsing: the same without its end", _swap(page, "&amp;copy;", "&copy;".replace(";", "")))
    yield Forgery("parsing: by another name", _swap(page, "never", "&#x6e;ever&NotEqual;"))


def _statement(page):
    yield Forgery("statement: a name", _swap(page, '"approved_by":"Ayesha Khan"', '"approved_by":"Eve"'))
    yield Forgery("statement: the signature", re.sub(r'"signature":"..', '"signature":"AA', page))
    yield Forgery("statement: the digest", re.sub(r'\\"digest\\":\\"..', '\\\\"digest\\\\":\\\\"zz', page))
    yield Forgery("statement: taken away", _swap(page, 'id="ovn-approval"', 'id="ovn-nothing"'))
    yield Forgery("statement: who corrected", _swap(page, '\\"name\\":\\"Bilal Ahmed\\"', '\\"name\\":\\"Eve\\"'))
    both = _swap(page, '\\"name\\":\\"Bilal Ahmed\\"', '\\"name\\":\\"Eve\\"')
    yield Forgery("statement: who corrected, on the page as well", _swap(both, "by Bilal Ahmed.", "by Eve."))
    yield Forgery("statement: who corrected, left out", re.sub(r',\\"credits\\":\[[^\]]*\]', "", page))
    yield Forgery("statement: a key", re.sub(r'"key":"ovn-..', '"key":"ovn-zz', page))
    shown = page.partition('<section class="approved"')[2].partition("</section>")[0]
    yield Forgery("statement: the name that is shown", _swap(page, shown, shown.replace("Ayesha Khan", "Eve")))


def _beside(page):
    """What the export itself adds to the article: the approver knew none of it."""
    for name, old, new in [
        ("the category", "Politics &amp; Government</span>", "Sport</span>"),
        ("the day of publication", '">20 July 2025</time>', '">20 July 2024</time>'),
        ("the time of publication", 'class="dt-published" datetime="2', 'class="dt-published" datetime="1'),
        ("words beside the dates", 'data-ovn-own="dates">', 'data-ovn-own="dates">Not true. '),
        ("words in the box of the approval", "<details>", "<p>In part.</p><details>"),
        ("another digest in that box", '<dd><code dir="ltr">', '<dd><code dir="ltr">0'),
        ("white space in the article", "<table>", "\n\n<table>"),
    ]:
        yield Forgery(f"beside: {name}", _swap(page, old, new), INSIDE)


def _around(page):
    """What a host may do: it changes the file, and nothing of the article."""
    for name, old, new in [
        ("a script of a host", "</body>", '<script src="https://host.example/count.js"></script></body>'),
        ("a comment at the end", "</html>", "</html>\n<!-- cached -->"),
        ("a style sheet", "</head>", '<link rel="stylesheet" href="https://host.example/x.css"></head>'),
        ("the style", "<style>", "<style>p { color: red }"),
        ("the address", '<link rel="canonical" href="', '<link rel="canonical" href="https://copy.example/'),
        ("the title", "<title>", "<title>They lied: "),
        ("the policy", "default-src &#39;none&#39;", "default-src *"),
        ("data for search engines", '"NewsArticle"', '"OpinionNewsArticle"'),
        ("the day in that data", '"datePublished":"2', '"datePublished":"1'),
        ("what is shared", '<meta property="og:title" content="', '<meta property="og:title" content="No: '),
        ("a description", '<meta name="description" content="', '<meta name="description" content="No: '),
        ("the picture that is shared", '<meta property="og:image" content="', '<meta property="og:image" content="x'),
        ("the language of the page", '<html lang="en"', '<html lang="fr"'),
        ("a refresh", "</title>", '</title><meta http-equiv="refresh" content="0;url=https://evil.example/">'),
        ("the outlet's name", "The Testing Post</a>", "The Other Post</a>"),
        ("a banner above", '<main id="ovn-main">', '<p>They lied.</p><main id="ovn-main">'),
        (
            "a banner with a style",
            '<main id="ovn-main">',
            '<div style="color: red" hidden>Hi.</div><main id="ovn-main">',
        ),
        ("a drawing below", "</main>", '</main><svg viewBox="0 0 9 9"><path d="M0 0" /><g><rect/></g></svg>'),
        ("a list of another hand below", "</main>", "</main><ul><li>One<li>Two</ul><table><tr><td>x</table>"),
        ("a banner below", "</main>", "<p>They lied.</p></main>"),
        ("white space", "<main", "\n\n<main"),
        ("a frame below", "</main>", "</main><embed src='https://evil.example/'>"),
        ("where the foot leads", '<footer class="foot">', '<footer class="foot"><a href="https://evil.example/">x</a>'),
    ]:
        yield Forgery(f"around: {name}", _swap(page, old, new), AROUND)
    yield Forgery("around: after the seal", f"{page}<!-- cached -->", AROUND)
    yield Forgery("around: one more line", f"{page}\n", AROUND)
    yield Forgery("around: words after the seal", f"{page}<p>They lied.</p>", AROUND)
    yield Forgery("around: a mark of byte order", b"\xef\xbb\xbf" + page.encode(), AROUND)


def _seals(export):
    """The same page with another seal, or none."""
    page, _, seal = export.page.partition("<!-- ovn-seal ")
    seal = f"<!-- ovn-seal {seal}"
    for name, new in [
        ("taken away", ""),
        ("its signature", re.sub(r"} ..", "} AA", seal)),
        ("its time", re.sub(r'"at":"....', '"at":"1999', seal)),
        ("its key", re.sub(r'"key":"ovn-..', '"key":"ovn-zz', seal)),
        ("its digest", re.sub(r'"file":"..', '"file":"zz', seal)),
        ("its pictures", re.sub(r'"pictures":\["..', '"pictures":["zz', seal)),
        ("its parts", seal.replace('"head"', '"heat"')),
        ("a newer one", seal.replace('"v":1', '"v":2')),
        ("no JSON", seal.replace("{", "{,")),
        ("a second one that says nothing", f"{seal}<!-- ovn-seal -->\n"),
        ("without its last line end", seal.rstrip("\n")),
        ("as a Windows file", seal.replace("\n", "\r\n")),
    ]:
        yield Forgery(f"seal: {name}", page + new, SEAL)
    for name, key in (("of a stranger", signing.generate()), ("of a reporter", export.reporter)):
        made = seals.add(page.encode(), key=key.id, at=datetime.now(UTC), sign=partial(signing.sign, key))
        yield Forgery(f"seal: {name}", made, SEAL)


def _pictures(export):
    """The same page with another file in the place of a picture's copy."""
    for number, name in enumerate(sorted(export.files)):
        yield Forgery(f"picture: another in its place, {number}", export.data, PICTURE, {name: photo((1600, 80))})
        yield Forgery(f"picture: cut off, {number}", export.data, PICTURE, {name: export.files[name][:-1]})
        yield Forgery(f"picture: empty, {number}", export.data, PICTURE, {name: b""})


_PIECES = (
    *"<p> </p> <b> </b> <!-- --> <script> </script> <style> </style> <br> & &lt; \" ' < > / = \0 \n \u2060 ن".split(
        " "
    ),
    "<p hidden>They lied.</p>",
    *"<!--> --!> <!--- </title> <title> </style> </script> <textarea> <svg> </svg> ]]> <![CDATA[ <?x =x".split(" "),
    *"<table> </table> <tr> <select> </select> <a> </a> <br/> x=' x=\" </p <p".split(" "),
    " hidden",
    *"<svg> <details> <b> <td> <caption> <option> <button> <li> <ruby><rt> </html> <head> <form> <dl><dt> <q>".split(
        " "
    ),
    *("<body hidden>", "<html style='x'>", "<main hidden>", "<div inert>", "<p style='x'>", "<del>", "<a href='x'>"),
    "<article data-ovn-signed>",
    "</article>",
    ' data-ovn-own="dates"',
    " data-ovn-approver",
    "<!-- ovn-seal {} -->",
    '<script type="application/json" id="ovn-approval">{}</script>',
    '<img src="x.jpg" srcset="y.jpg 1w">',
    "<body>",
    "</body>",
    "<main>",
    "<time>x</time>",
)


def _altered(chance, page):
    """One alteration at a random place: something put in, taken out, said twice or moved."""
    start = chance.randrange(len(page))
    end = min(len(page), start + chance.choice([1, 3, 20, 300]))
    later = chance.randrange(start, len(page))
    return chance.choice(
        [
            page[:start] + chance.choice(_PIECES) + page[start:],
            page[:start] + page[end:],
            page[:end] + page[start:],
            page[:start] + page[start:end][::-1] + page[end:],
            page[:start] + chance.choice(_PIECES) + page[end:],
            page[:start] + chance.choice(_PIECES) + page[start:later] + chance.choice(_PIECES) + page[later:],
        ]
    )


def random_ones(export, chance, number):
    """So many altered pages, or a few less where two are the same."""
    pages = {_altered(chance, export.page) for _ in range(number)} - {export.page}
    return [Forgery(f"random: {place}", page) for place, page in enumerate(sorted(pages))]
