"""A small stand-in for a WordPress site: its REST API as the reference has it, on this computer, and what may go wrong.

https://developer.wordpress.org/rest-api/reference/ — users/me, posts, media, categories, tags; stock, without plugins.
"""

import base64
import json
import re
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, quote, urlsplit

USER, PASSWORD = "ayesha", "abcd efgh ijkl mnop"
RIGHTS = ("edit_posts", "publish_posts", "upload_files", "manage_categories")


class WordPress:
    """What stands on the site. `wrong` are answers to give before the true one; each is asked with method and path."""

    def __init__(self):
        self.posts, self.media, self.terms = {}, {}, {"categories": {}, "tags": {}}
        self.rights = set(RIGHTS)
        self.asked = []
        self.passwords_seen = []
        self.wrong = []
        self.released = Event()
        self.clock = 0
        self.last = 0

    def next_id(self):
        self.last += 1
        return self.last

    def now(self):
        """A clock that goes a second forward at each change, so that a test needs no wait."""
        self.clock += 1
        return f"2025-08-01T{self.clock // 3600:02}:{self.clock // 60 % 60:02}:{self.clock % 60:02}"

    def edit(self, post, **fields):
        """Somebody changes a post in the site's own editor."""
        self.posts[post].update(fields, modified_gmt=self.now())

    def only(self):
        (post,) = self.posts.values()
        return post

    def written(self):
        return [(method, path) for method, path in self.asked if method != "GET"]

    def free_slug(self, slug, among, *, of=None):
        taken = {one["slug"] for one in among.values() if one["id"] != of}
        number, name = 2, slug
        while name in taken:
            name, number = f"{slug}-{number}", number + 1
        return name


def sanitized(title):
    """sanitize_title: lower case, hyphens, other scripts percent-encoded and cut at 200 bytes."""
    words = re.sub(r"[\s.]+", "-", re.sub(r"[^\w\s.-]", "", title.lower())).strip("-")
    return quote(words, safe="").lower()[:200]


def failing(status, *, then_done=False, once_posted=False, method="POST", path="", **headers):
    """An answer that fails once; `then_done`: after the site did what was asked; `once_posted`: not before a post."""
    wrong = {"status": status, "method": method, "path": path, "headers": headers, "body": b"<h1>no</h1>"}
    return wrong | {"done": then_done, "once_posted": once_posted}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body go out apart: each answer would wait 40 ms for the other side
    site: WordPress

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.take("GET")

    def do_POST(self):
        self.take("POST")

    def take(self, method):
        url = urlsplit(self.path)
        self.query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        self.data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = url.path.removeprefix("/wp-json/wp/v2/")
        self.site.asked.append((method, path))
        self.site.passwords_seen.append(self.headers.get("Authorization"))
        for wrong in self.site.wrong:
            if (
                wrong["method"] == method
                and path.startswith(wrong["path"])
                and (self.site.posts or not wrong["once_posted"])
            ):
                self.site.wrong.remove(wrong)
                if wrong["done"]:
                    self.answer(method, path)
                return self.go_wrong(wrong)
        return self.send(*self.answer(method, path))

    def go_wrong(self, wrong):
        if wrong["status"] == "silent":
            self.site.released.wait(20)
            self.close_connection = True
            return
        if wrong["status"] == "cut":
            self.close_connection = True
            self.connection.close()
            return
        self.send(wrong["status"], wrong["body"], wrong["headers"])

    def send(self, status, said, headers=()):
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(said, bytes) else "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in dict(headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer(self, method, path):
        name, _, number = path.partition("/")
        known = self.user()
        if known is False:
            return error(401, "incorrect_password", "<strong>Error:</strong> The provided password is not valid.")
        if name == "users" and number == "me":
            return (
                (200, {"id": 1, "name": USER, "capabilities": dict.fromkeys(self.site.rights, True)})
                if known
                else (error(401, "rest_not_logged_in", "You are not currently logged in."))
            )
        if self.query.get("context") == "edit" and not known:
            return error(401, "rest_forbidden_context", "Sorry, you are not allowed to edit posts in this post type.")
        if name in {"posts", "media"} and number:
            things = getattr(self.site, name)
            if int(number) not in things:
                return error(404, "rest_post_invalid_id", "Invalid post ID.")
            return (200, things[int(number)]) if method == "GET" else getattr(self, f"update_{name}")(int(number))
        act = getattr(self, f"{method.lower()}_{'terms' if name in self.site.terms else name}", None)
        if act is None:
            return error(404, "rest_no_route", "No route was found matching the URL and request method.")
        return act(name)

    def user(self):
        """True for the right password, False for a wrong one, None without any."""
        given = self.headers.get("Authorization")
        if given is None:
            return None
        return base64.b64decode(given.removeprefix("Basic ")).decode() == f"{USER}:{PASSWORD}"

    def get_posts(self, _):
        found = list(self.site.posts.values())
        statuses = self.query.get("status", "publish").split(",")
        if not set(statuses) <= {"publish", "draft", "pending", "private", "future", "trash", "any"}:
            return error(400, "rest_invalid_param", "Invalid parameter(s): status")
        found = [one for one in found if one["status"] in statuses or ("any" in statuses and one["status"] != "trash")]
        if "include" in self.query:
            wanted = [int(number) for number in self.query["include"].split(",")]
            found = [one for one in found if one["id"] in wanted]
        if "slug" in self.query:
            found = [one for one in found if one["slug"] in map(sanitized, self.query["slug"].split(","))]
        if "search" in self.query:
            found = [one for one in found if self.query["search"] in one["content"]["raw"] + one["title"]["raw"]]
        found = found[::-1][: int(self.query.get("per_page", 10))]
        return 200, [self.chosen(one) for one in found]

    def chosen(self, one):
        names = self.query.get("_fields", "").split(",")
        return one if names == [""] else {name: one[name] for name in names if name in one}

    def post_posts(self, _):
        given = json.loads(self.data)
        if "edit_posts" not in self.site.rights:
            return error(403, "rest_cannot_create", "Sorry, you are not allowed to create posts as this user.")
        number = self.site.next_id()
        slug = self.site.free_slug(sanitized(given.get("slug", "")), self.site.posts)
        made = {"id": number, "status": "draft", "slug": slug, "title": {"raw": ""}, "content": {"raw": ""}}
        made |= {"excerpt": {"raw": ""}, "categories": [1], "tags": [], "featured_media": 0}
        made["link"] = f"http://{self.headers['Host']}/?p={number}"
        self.site.posts[number] = made
        status, said = self.update_posts(number)
        if status != 200:
            del self.site.posts[number]
        return (201 if status == 200 else status), said

    def update_posts(self, number):
        given = json.loads(self.data)
        if given.get("status") == "publish" and "publish_posts" not in self.site.rights:
            return error(403, "rest_cannot_publish", "Sorry, you are not allowed to publish posts in this post type.")
        for kind in ("categories", "tags"):
            if not set(given.get(kind, [])) <= set(self.site.terms[kind]):
                return error(400, "rest_invalid_param", f"Invalid parameter(s): {kind}")
        if given.get("featured_media", 0) not in {0, *self.site.media}:
            return error(400, "rest_invalid_featured_media", "Invalid featured media ID.")
        post = self.site.posts[number]
        for name, value in given.items():
            if name == "slug":
                post["slug"] = self.site.free_slug(sanitized(value), self.site.posts, of=number)
            elif name != "meta":  # unregistered meta is passed over in silence
                post[name] = {"raw": value} if name in {"title", "content", "excerpt"} else value
        post["modified_gmt"] = self.site.now()
        return 200, post

    def get_media(self, _):
        found = [one for one in self.site.media.values() if one["slug"] == sanitized(self.query["slug"])]
        return 200, found

    def post_media(self, _):
        if "upload_files" not in self.site.rights:
            return error(403, "rest_cannot_create", "Sorry, you are not allowed to upload media on this site.")
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = message_from_bytes(head + self.data).get_payload()
        form, file = {}, None
        for part in parts:
            if part.get_filename():
                file = part
            else:
                form[part.get_param("name", header="content-disposition")] = part.get_payload(decode=True).decode()
        if file is None:
            return error(400, "rest_upload_no_data", "No data supplied.")
        number = self.site.next_id()
        self.site.media[number] = {
            "id": number,
            "slug": self.site.free_slug(sanitized(form.get("slug") or file.get_filename()), self.site.media),
            "alt_text": form.get("alt_text", ""),
            "caption": {"raw": form.get("caption", "")},
            "title": {"raw": form.get("title", "")},
            "mime_type": file.get_content_type(),
            "source_url": f"https://files.example/2025/08/{file.get_filename()}",
            "bytes": len(file.get_payload(decode=True)),
        }
        return 201, self.site.media[number]

    def update_media(self, number):
        given = json.loads(self.data)
        for name, value in given.items():
            self.site.media[number][name] = {"raw": value} if name == "caption" else value
        return 200, self.site.media[number]

    def get_terms(self, kind):
        found = [one for one in self.site.terms[kind].values() if one["slug"] == sanitized(self.query["slug"])]
        return 200, [self.chosen(one) for one in found]

    def post_terms(self, kind):
        given = json.loads(self.data)
        if "manage_categories" not in self.site.rights:
            return error(403, "rest_cannot_create", "Sorry, you are not allowed to create terms in this taxonomy.")
        for one in self.site.terms[kind].values():
            if one["name"] == given["name"]:
                message = "A term with the name provided already exists in this taxonomy."
                return error(400, "term_exists", message, term_id=one["id"])
        number = self.site.next_id()
        self.site.terms[kind][number] = {"id": number, "name": given["name"], "slug": sanitized(given["slug"])}
        return 201, self.site.terms[kind][number]


def error(status, code, message, **data):
    return status, {"code": code, "message": message, "data": {"status": status, **data}}


@contextmanager
def running():
    """The site and its address, while the context lasts."""
    site = WordPress()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Handler,), {"site": site}))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site, f"http://127.0.0.1:{server.server_port}"
    finally:
        site.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
