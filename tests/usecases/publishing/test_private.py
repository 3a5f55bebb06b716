"""No private word leaves in any export, however it is packed."""

from dataclasses import fields, replace

import pytest

from make import DAWN
from ovn_desk.domain import public
from ovn_desk.domain.article import Content
from ovn_desk.domain.evidence import Correction, Reply, Waiver
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import pictures, publishing
from packed import unpacked
from photos import photo

NUMBER = 48_151_623


def private_texts(kind, **given):
    """Every text of a value that is not named public, each with a canary of its own."""
    public_ones = public.FIELDS.get(kind, ())
    return {
        part.name: f"canary{kind.__name__}{part.name}".replace("_", "")
        for part in fields(kind)
        if part.type is str and part.name not in public_ones and part.name not in given
    } | given


def whispered(desk):
    """An article with a canary in every private field, in its comments and in the words of staff."""
    (picture,) = pictures.take_in(desk.store, [photo((1600, 800))]).images
    image = replace(picture, key="train", alt="A train", credit="Ali Raza", **private_texts(Image))
    file = Attachment(sha256="canaryfile", name="canaryfilename", media="canaryfilemedia")
    named = replace(DAWN, **private_texts(Source), excerpts=("canaryexcerpt",), files=(file,))
    everything = {part.name: f"canaryquiet{part.name}" for part in fields(Source) if part.type is str}
    quiet = Source(
        **{name: text.replace("_", "") for name, text in everything.items()},
        kind=SourceKind.PERSON,
        terms=Terms.BACKGROUND,
        excerpts=("canaryquietexcerpt",),
        publish_excerpts=True,
    )
    unused = Source("canaryunusedkey", SourceKind.PERSON, name="canaryunusedname")
    body = f"They meet [@dawn-rail].<!-- canarycomment -->\n\n![](image:train)\n\nMore [@{quiet.key} p. 3].\n"
    texts = private_texts(Content)
    assert texts.keys() == {"ednote"}
    article = desk.draft(
        **texts,
        body=body,
        target_words=NUMBER,
        sources=(named, quiet, unused),
        images=(image, replace(image, key="canaryunshown", caption="canaryunshowncaption")),
        waivers=(Waiver(**private_texts(Waiver)),),
        replies=(Reply(**private_texts(Reply, name="The ministry", asked_at="2025-07-19")),),
        corrections=(Correction("one", at="2025-07-21", said="They met.", in_fact="They meet."),),
    )
    desk.step(article, Step.FILE, desk.reporter, note="canarystaffnote")
    desk.step(article, Step.SEND_BACK, desk.editor, reason="canaryreason")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    return article


@pytest.mark.parametrize("form", publishing.FORMATS)
@pytest.mark.parametrize("as_zip", [False, True])
def test_private_things_are_in_no_file_of_any_export(desk, tmp_path, form, as_zip):
    article, target = whispered(desk), tmp_path / "out"
    options = {"to": target / "x.zip" if as_zip else target, "format": form, "as_zip": as_zip}
    done = publishing.export(desk.store, [article], by=desk.editor, renderer=desk.renderer, **options)
    assert done.refused == ()
    assert done.written
    files = [file for file in target.rglob("*") if file.is_file()]
    parts = [part for file in files for part in unpacked(file.name, file.read_bytes())]
    assert any(b"They meet" in data for _, data in parts)
    assert [
        (name, data[data.lower().find(b"canary") :][:40]) for name, data in parts if b"canary" in data.lower()
    ] == []
    assert [name for name, data in parts if str(NUMBER).encode() in data] == []
