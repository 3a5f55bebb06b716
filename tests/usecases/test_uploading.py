"""Uploading to WordPress: against a site on this computer that behaves like one, well and badly."""

import json
from dataclasses import replace

import pytest

import wordpress_site
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State, Step
from ovn_desk.rendering import gutenberg
from ovn_desk.usecases import pictures, uploading
from photos import photo
from wordpress_site import PASSWORD, USER, failing


@pytest.fixture
def there():
    with wordpress_site.running() as (site, address):
        site.address = address
        yield site


@pytest.fixture
def upload(desk, there):
    """Uploads as the editor; answers what was done."""

    def act(ids=None, *, password=PASSWORD, publish=False, overwrite=False, dry_run=False, silence=5.0, **options):
        access = uploading.Access(there.address, USER, password)
        with uploading.Site(access, silence=silence, pause=0.001) as site:
            how = uploading.How(publish, overwrite, dry_run)
            return uploading.upload(desk.store, ids, site, by=desk.editor, renderer=desk.renderer, how=how, **options)

    return act


def correct(desk, article):
    """A correction, approved."""
    desk.correct(article)
    desk.edit(article, by=desk.reporter, body="They meet in August [@dawn-rail].")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)


@pytest.fixture
def pictured(desk):
    (image,) = pictures.import_images(desk.store, [photo((2000, 1000))]).images
    image = replace(image, key="train", alt="A goods train", caption="It left at dawn.", credit="Ali Raza")
    body = "The groups meet [@dawn-rail].\n\n![](image:train)\n\nMore."
    return desk.approved(body=body, images=(image,), tags=("Rail", "باکو"))


def test_an_article_becomes_a_draft_with_its_pictures_section_and_tags(upload, there, pictured):
    done = upload()
    assert [sent.headline for sent in done.new] == ["Rail groups to meet in Baku"]
    post, (media,) = there.only(), there.media.values()
    assert (post["status"], post["slug"]) == ("draft", "rail-groups-to-meet-in-baku")
    assert post["excerpt"]["raw"] == "Working groups follow talks."
    assert (media["alt_text"], media["caption"]["raw"]) == ("A goods train", "It left at dawn. Ali Raza")
    assert media["mime_type"] == "image/jpeg"
    assert post["featured_media"] == media["id"]
    text = post["content"]["raw"]
    assert f'<!-- wp:image {{"id":{media["id"]},' in text
    assert f'src="{media["source_url"]}" alt="A goods train" class="wp-image-{media["id"]}"' in text
    assert "post.example/assets" not in text
    assert [there.terms["categories"][number]["slug"] for number in post["categories"]] == ["politics"]
    assert [there.terms["tags"][number]["name"] for number in post["tags"]] == ["Rail", "باکو"]


def test_uploading_again_changes_nothing(upload, there, pictured):
    upload()
    before = there.written()
    done = upload()
    assert (len(done.unchanged), done.new, done.changed, done.added) == (1, (), (), ())
    assert there.written() == before


def test_another_desk_finds_the_post_by_its_mark_even_where_its_address_was_changed(upload, desk, there, pictured):
    upload()
    there.only()["slug"] = "another-address"
    with desk.store.begin() as tx:
        tx.set_setting(f"wordpress post {there.address} {pictured}", "")
    assert len(upload().unchanged) == 1
    assert len(there.posts) == 1


def test_a_new_approved_text_changes_the_same_post_and_leaves_it_live(upload, desk, there):
    article = desk.approved()
    upload(publish=True)
    assert there.only()["status"] == "publish"
    assert desk.article(article).state is State.PUBLISHED
    correct(desk, article)
    done = upload()
    assert (len(done.changed), len(there.posts)) == (1, 1)
    assert there.only()["status"] == "publish"
    assert "August" in there.only()["content"]["raw"]


def test_a_draft_does_not_mark_the_article_published_until_the_site_has_it_live(upload, desk, there):
    article = desk.approved()
    upload()
    assert desk.article(article).state is State.APPROVED
    there.only()["status"] = "publish"
    upload()
    assert desk.article(article).state is State.PUBLISHED


def test_a_rehearsal_says_what_would_be_done_and_does_nothing(upload, there, desk, pictured):
    done = upload(dry_run=True)
    assert len(done.new) == 1
    assert len(done.added) == 4
    assert there.written() == []
    assert desk.article(pictured).state is State.APPROVED
    upload()
    assert len(upload(dry_run=True).unchanged) == 1


def test_only_what_is_approved_goes(upload, desk, there):
    draft = desk.in_review()
    done = upload([draft])
    assert [refused.id for refused in done.refused] == [draft]
    assert there.asked == []


def test_a_reporter_may_not_upload(desk, there):
    with (
        uploading.Site(uploading.Access(there.address, USER, PASSWORD)) as site,
        pytest.raises(DeskError, match="Only an editor"),
    ):
        uploading.upload(desk.store, None, site, by=desk.reporter, renderer=desk.renderer, how=uploading.How())


@pytest.mark.parametrize("path", ["posts", "media", "categories", "tags"])
@pytest.mark.parametrize("status", [500, "cut", 503])
def test_what_fails_in_the_middle_is_tried_again_without_doubles(upload, there, pictured, path, status):
    there.wrong = [failing(status, then_done=True, path=path)]
    assert len(upload().new) == 1
    assert (len(there.posts), len(there.media), len(there.terms["tags"])) == (1, 1, 2)
    assert there.wrong == []


def test_too_many_requests_are_waited_for(upload, there, desk):
    desk.approved()
    there.wrong = [failing(429, path="posts", Retry_After="0"), failing(429, path="posts", Retry_After="0")]
    assert len(upload().new) == 1


def test_a_cut_upload_goes_on_where_it_was(upload, there, desk):
    first, second = desk.approved(), desk.approved(headline="Another")
    there.wrong = [failing("cut", then_done=True, path="posts")]
    there.wrong += [failing("cut", method="GET", path="posts", once_posted=True) for _ in range(30)]
    with pytest.raises(uploading.Unreachable, match="cannot be reached"):
        upload([first, second])
    there.wrong = []
    done = upload([first, second])
    assert (len(done.unchanged), len(done.new), len(there.posts)) == (1, 1, 2)


def test_a_change_that_was_cut_before_it_was_noted_is_known_to_be_ours(upload, there, desk):
    article = desk.approved()
    upload(publish=True)
    correct(desk, article)
    there.wrong = [failing("cut", then_done=True, path="posts/") for _ in range(4)]
    with pytest.raises(uploading.Unreachable):
        upload()
    done = upload()
    assert (len(done.unchanged), done.refused) == (1, ())


def test_stopped_between_two_articles_it_goes_on_later(upload, there, desk):
    desk.approved()
    desk.approved(headline="Another")
    with pytest.raises(uploading.Stopped):
        upload(progress=lambda done, _all: done < 1)
    assert len(there.posts) == 1
    assert len(upload().new) == 1


def test_a_post_that_was_edited_on_the_site_is_not_overwritten_unasked(upload, there, desk):
    article = desk.approved()
    upload(publish=True)
    number = there.only()["id"]
    there.edit(number, content={"raw": there.only()["content"]["raw"] + "<p>Ours.</p>"})
    correct(desk, article)
    done = upload()
    assert "was changed on the site since the last upload" in done.refused[0].reason
    assert f"post={number}&" in done.refused[0].reason
    assert "Ours." in there.only()["content"]["raw"]
    assert len(upload(overwrite=True).changed) == 1
    assert "Ours." not in there.only()["content"]["raw"]


def test_a_post_in_the_trash_stays_there_unless_asked(upload, there, desk):
    desk.approved()
    upload()
    there.edit(there.only()["id"], status="trash")
    assert "trash" in upload().refused[0].reason
    assert len(upload(overwrite=True).changed) == 1
    assert there.only()["status"] == "draft"


def test_a_foreign_post_with_the_same_address_is_left_alone(upload, there, desk):
    desk.approved()
    upload()
    post = there.only()
    post["content"] = {"raw": "<p>Somebody's own.</p>"}
    post["id"], there.posts = 90, {90: post}
    done = upload()
    assert "did not upload" in done.refused[0].reason
    assert there.only()["content"]["raw"] == "<p>Somebody's own.</p>"


def test_a_picture_is_uploaded_once_for_all_articles(upload, there, desk, pictured):
    upload()
    with desk.store.read() as reading:
        images = reading.article(pictured) and reading.revision(desk.article(pictured).head).content.images
    desk.approved(headline="Another", body="It runs [@dawn-rail].\n\n![](image:train)", images=images)
    upload()
    assert (len(there.posts), len(there.media)) == (2, 1)


def test_a_user_who_may_not_make_sections_uploads_without_them_and_is_told(upload, there, desk):
    there.rights -= {"manage_categories"}
    desk.approved()
    done = upload()
    assert there.only()["categories"] == [1]
    assert "Politics & Government" in done.notes[0]


def test_a_section_of_the_same_name_with_another_slug_is_taken(upload, there, desk):
    there.terms["categories"][7] = {"id": 7, "name": "Politics & Government", "slug": "government"}
    desk.approved()
    upload()
    assert there.only()["categories"] == [7]


def test_who_may_not_publish_is_told_before_anything_goes(upload, there, desk):
    there.rights -= {"publish_posts"}
    desk.approved()
    with pytest.raises(DeskError, match="may not publish"):
        upload(publish=True)
    assert there.written() == []


def test_who_may_not_upload_pictures_is_refused_with_the_sites_own_words(upload, there, pictured):
    there.rights -= {"upload_files"}
    assert "not allowed to upload media" in upload().refused[0].reason
    assert there.posts == {}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"status": 200}, "a page instead of data"),
        ({"status": 404}, "no REST API"),
        (
            {"status": 301, "headers": {"Location": "https://elsewhere.example/wp-json/"}},
            "sends on to elsewhere.example",
        ),
        ({"status": 302, "headers": {"Location": "/wp-login.php"}}, "sends on to another page"),
        ({"status": 403}, "no right"),
    ],
)
def test_an_answer_that_is_none_of_wordpress_is_one_sentence_and_tried_once(upload, there, desk, wrong, words):
    desk.approved()
    there.wrong = [failing(0, method="GET", path="users") | wrong for _ in range(2)]
    with pytest.raises(DeskError, match=words):
        upload()
    assert len(there.asked) == 1


def test_the_password_is_not_sent_where_a_site_sends_on_to(upload, there, desk):
    desk.approved()
    with wordpress_site.running() as (elsewhere, address):
        there.wrong = [failing(307, method="GET", path="users", Location=f"{address}/wp-json/wp/v2/users/me")]
        with pytest.raises(DeskError, match="The password was not sent there"):
            upload()
        assert elsewhere.asked == []


def test_a_wrong_password_is_tried_once(upload, there, desk):
    desk.approved()
    with pytest.raises(DeskError, match="does not know “ayesha” with this password"):
        upload(password="wrong")
    assert len(there.asked) == 1


def test_a_silent_site_is_given_up(upload, there, desk):
    desk.approved()
    there.wrong = [failing("silent", method="GET", path="users") for _ in range(4)]
    with pytest.raises(DeskError, match="did not answer in time"):
        upload(silence=0.1)
    assert len(there.asked) == 4


def test_a_post_that_would_carry_what_is_withheld_refuses_that_article_only(upload, there, desk, monkeypatch):
    """As a faulty format would write it: every export has this gate, and none of them stops the house for one story."""
    desk.approved(headline="Another")
    leaking = desk.approved(headline="The quiet story", ednote="embargo lifted by telephone")
    write = gutenberg.write

    def faulty(item, *given, **options):
        return write(item, *given, **options) + "embargo lifted by telephone" * (item.id == leaking)

    monkeypatch.setattr(gutenberg, "write", faulty)
    done = upload()
    assert [one.id for one in done.refused] == [leaking]
    assert "would carry the note to editors" in done.refused[0].reason
    assert len(done.new) == 1


def test_a_picture_that_is_too_large_for_the_site_refuses_that_article_only(upload, there, desk, pictured):
    desk.approved(headline="Another")
    there.wrong = [failing(413, path="media")]
    done = upload()
    assert (len(done.new), len(done.refused)) == (1, 1)
    assert "upload limit" in done.refused[0].reason


def test_a_server_that_does_not_speak_tls_gets_nothing(desk, there):
    desk.approved()
    access = uploading.Access(there.address.replace("http:", "https:"), USER, PASSWORD)
    with uploading.Site(access, pause=0.001) as site, pytest.raises(DeskError, match="could not prove"):
        uploading.upload(desk.store, None, site, by=desk.editor, renderer=desk.renderer, how=uploading.How())
    assert there.passwords_seen == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("news.example", "https://news.example"),
        ("https://News.example/blog/", "https://news.example/blog"),
        ("https://news.example/wp-admin/index.php", "https://news.example"),
        ("http://localhost:8080", "http://localhost:8080"),
    ],
)
def test_an_address_is_kept_in_one_form(given, kept):
    assert uploading.address(given) == kept


@pytest.mark.parametrize(
    "given", ["http://news.example", "https://a:b@news.example", "ftp://news.example", "https://", "https://[", ""]
)
def test_an_address_that_no_password_may_go_to_is_refused(given):
    with pytest.raises(DeskError):
        uploading.address(given)


def test_the_password_is_in_no_setting_and_no_repr(upload, desk, there):
    desk.approved()
    upload()
    access = uploading.Access(there.address, USER, PASSWORD)
    assert PASSWORD not in repr(access)
    assert PASSWORD.encode() not in b"".join(
        file.read_bytes() for file in desk.store.path.parent.rglob("*") if file.is_file()
    )
    assert json.dumps(PASSWORD) not in repr(upload())


def test_a_password_is_kept_in_the_keyring_for_its_site_and_user(ring):
    access = uploading.Access("https://news.example", USER, PASSWORD)
    uploading.keep_password(access)
    assert uploading.kept_password("https://news.example", USER) == PASSWORD
    assert uploading.kept_password("https://other.example", USER) == ""
    assert list(ring.kept.values()) == [PASSWORD]


def test_without_a_keyring_a_password_is_kept_nowhere():
    with pytest.raises(DeskError, match="no keyring"):
        uploading.keep_password(uploading.Access("https://news.example", USER, PASSWORD))
