"""What a window says, held against what the stores hold: each kind of sentence says here when it is not so."""

import re
from dataclasses import dataclass
from typing import Any

from oracle import Facts

_TAG = re.compile(r"<[^>]+>")
_STATES = "draft|filed|in review|sent back|approved|published|being corrected|held|spiked|withdrawn"
_KINDS = []


def lies(laptop, facts, hub, *, is_hub_up=True):
    """Every text of a window that is not so, with why; and those that nothing here understands."""
    said = [(where, _plain(text)) for where, text in laptop.said()]
    seen = _Seen(laptop, facts, hub, is_hub_up, [text for where, text in said if where == "status"])
    found = []
    for where, text in said:
        known = [kind for kind in _KINDS if where.split()[0] == kind.where and kind.pattern.search(text)]
        for kind in known:
            why = kind.judge(seen, kind.pattern.search(text), where)
            if why:
                found.append(f"{where} says “{text}”, but {why}.")
        if not known:
            UNKNOWN.add((where.split()[0], text))
    if why := _silence(seen):
        found.append(why)
    return found


UNKNOWN = set()
"""What was said that no kind of sentence here is: see that it is no status."""


@dataclass(frozen=True)
class _Seen:
    laptop: Any
    facts: Facts
    hub: Facts | None
    is_hub_up: bool
    status: list

    @property
    def story(self):
        return self.laptop.story

    @property
    def person(self):
        return self.laptop.space.session.person.id

    @property
    def elsewhere(self):
        """What would bring texts back if this laptop was lost."""
        return [self.hub] if self.hub is not None else []

    @property
    def alone(self):
        """The stories with text that is nowhere else."""
        return self.facts.alone(self.elsewhere)

    @property
    def drafts_alone(self):
        """The stories with text that is no version, and is nowhere else: kept here, or only typed."""
        return {story for story in self.alone if self.facts.unsaved(story)} | self.typed

    @property
    def typed(self):
        """The open story, where what stands on the screen is on no disk yet."""
        return {self.story} if self.story is not None and not self.is_screen_kept else set()

    @property
    def is_screen_kept(self):
        headline, body = self.laptop.screen()
        draft = self.facts.drafts.get(self.story)
        kept = [one["content"] for one in self.facts.of(self.story).values()] + ([draft.content] if draft else [])
        return any(one.get("body", "").strip() == body.strip() and _headline(one) == headline.strip() for one in kept)

    @property
    def not_at_hub(self):
        return set(self.facts.records) - set(self.hub.records)

    def story_named(self, headline):
        """The stories of a headline: as it is in a version, or as it is being written."""
        start = headline.removesuffix("…").strip()  # of a long one the bar says the first words
        every = [(one["article"], one["content"]) for one in self.facts.versions.values()]
        every += [(story, one.content) for story, one in self.facts.drafts.items()]
        return {story for story, content in every if _headline(content).startswith(start)}


@dataclass(frozen=True)
class _Kind:
    where: str
    pattern: re.Pattern
    judge: Any


def _claim(where, pattern):
    def keep(judge):
        _KINDS.append(_Kind(where, re.compile(pattern, re.DOTALL), judge))
        return judge

    return keep


def _silence(seen):
    """What would have to be said: that text is on this laptop alone, and that versions are not at the hub."""
    if seen.drafts_alone and not any("only on this laptop" in text or "No copy off" in text for text in seen.status):
        return f"the status says nothing of text of {seen.drafts_alone} that is on this laptop alone."
    warning = r"only on this laptop|not all at the hub|at the hub yet|since the copy|in the copy on|No copy off"
    if seen.hub is not None and seen.not_at_hub and not any(re.search(warning, text) for text in seen.status):
        return f"the status says nothing of {len(seen.not_at_hub)} records that are not at the hub."
    return ""


@_claim("status", rf"(?i)^({_STATES})$")
def _state(seen, said, _):
    known = seen.facts.states(seen.story)
    stated = said[1].lower().replace(" ", "_").replace("being_corrected", "correcting")
    return f"it is {known}" if known and stated not in known else ""


@_claim("status", r"^Hub not reached")
def _not_reached(seen, *_):
    return "" if seen.laptop.hub.why_not else "the last round came to its end"


@_claim("status", r"^Text (since .+|that is) only on this laptop")
def _text_only_here(seen, *_):
    return "" if seen.story in seen.drafts_alone else "the open text is elsewhere, too"


@_claim("status", r"^Text of (?P<number>\d+) (?:story|stories) only on this laptop")
def _texts_only_here(seen, said, _):
    number = len(seen.drafts_alone)
    return "" if number == int(said["number"]) else f"there are {number}"


@_claim("status", r"^No copy off this laptop yet")
def _no_copy(seen, *_):
    return "" if seen.hub is None else "there is a hub"


@_claim("status", r"^Everything (?P<tense>is|was) at the hub")
def _all_at_hub(seen, said, _):
    if (said["tense"] == "was") is not bool(seen.laptop.hub.why_not):
        return "whether the hub answered is said otherwise"
    if seen.not_at_hub:
        return f"{len(seen.not_at_hub)} records are not there"
    return f"text of {seen.drafts_alone} is here alone" if seen.drafts_alone else ""


@_claim("status", r"^(?P<number>\d+) (?:story|stories) not all at the hub yet")
def _not_all_at_hub(seen, said, _):
    stories = {one.get("article") for name, one in seen.facts.records.items() if name in seen.not_at_hub} - {None}
    stories |= {story for story in seen.facts.drafts if seen.facts.unsaved(story)}
    return "" if len(stories) == int(said["number"]) else f"there are {len(stories)}"


@_claim("status", r"^(Not all|Nothing) is at the hub yet")
def _lacking_at_hub(seen, said, _):
    return "" if seen.not_at_hub else "all of it is there"


@_claim("top", r"Saved \d\d:\d\d")
def _saved(seen, *_):
    if seen.story is None:
        return ""
    return "" if seen.is_screen_kept else "what stands on the screen is nowhere on the disk"


@_claim("top", r"^(?P<name>[^·]+) · (?P<role>reporter|editor|chief)$")
def _person(seen, said, _):
    named = [who for who, name in seen.facts.names.items() if name == said["name"]]
    if any(one["act"] == "retire" and one["person"] in named for one in seen.facts.roster.values()):
        return "they are no longer of this newsroom"
    roles = [one.get("role") for one in seen.facts.roster.values() if one["person"] in named and one.get("role")]
    if not roles and any("Not let in" in text for text in seen.status):
        return ""  # the status says so, until a chief has let them in
    return "" if said["role"] in roles else f"the roster has {roles}"


@_claim("status", r"^Not let in yet")
def _not_let_in(seen, *_):
    granted = [one for one in seen.facts.roster.values() if one["person"] == seen.person and one.get("role")]
    return "the roster has them" if granted else ""


@_claim("top", r"^Take for review$")
def _take(seen, *_):
    return "it is theirs already" if seen.facts.takers(seen.story) == {seen.person} else ""


@_claim("top", r"^(?P<who>(?:with|waits for) .*)$")
def _custody(seen, said, _):
    return _with(seen, said["who"], seen.story)


@_claim("row", r"\b(?P<who>(?:with (?:you|nobody|\w+)|waits for an editor).*)")
def _row_custody(seen, said, where):
    return _with(seen, said["who"].partition("\n")[0], where.split()[1])


def _with(seen, said, story):
    """Why it is not with whom it is said to be; several have it, where desks were apart."""
    found = re.match(r"with (you|nobody|[^,·;(:]+)", said)
    name = found[1].strip() if found else "nobody"
    have = seen.facts.holders(story)
    if "(has left)" in said:
        left = {one["person"] for one in seen.facts.roster.values() if one["act"] == "retire"}
        if not have & left:
            return f"none of {have} has left"
    names = {seen.facts.names.get(one, "") for one in have}
    if name == "nobody":
        return f"{names} has it" if have else ""
    if name == "you":
        return "" if seen.person in have else f"{names or 'nobody'} has it"
    return "" if any(one == name or one.split()[0] == name for one in names) else f"{names or 'nobody'} has it"


@_claim("row", r"taken (?:twice|by two editors)")
def _taken_twice(seen, _, where):
    takers = seen.facts.takers(where.split()[1])
    return "" if len(takers) > 1 else f"{len(takers)} took it"


@_claim("row", r"(?P<number>\d+) versions: decide")
def _versions(seen, said, where):
    number = len(seen.facts.heads(where.split()[1]))
    return "" if number == int(said["number"]) else f"there are {number}"


@_claim("row", r"signed, ready to export")
def _signed(seen, _, where):
    story = where.split()[1]
    if seen.facts.states(story) != {"approved"}:
        return f"it is {seen.facts.states(story)}"
    return "what is being written is not what was signed" if seen.facts.unsaved(story) else ""


@_claim("bar", r"“[^”]*” came")
def _came(seen, said, _):
    names = re.findall(r"“([^”]*)” came", said.string)
    missing = [one for one in names if one != "No headline yet" and not seen.story_named(one)]
    return f"{missing} is not here" if missing else ""


@_claim("bar", r"“[^”]*” was changed both here and elsewhere, and both were combined")
def _combined(seen, said, _):
    names = re.findall(r"“([^”]*)” was changed both here and elsewhere, and both", said.string)
    two = {one["article"] for one in seen.facts.versions.values() if len(one["parents"]) > 1}
    return "" if all(seen.story_named(one) & two for one in names) else "nothing was combined"


@_claim("bar", r"each changed “[^”]*”, and their versions were combined|versions of “[^”]*”, which were combined")
def _combined_elsewhere(seen, said, _):
    names = re.findall(r"(?:changed|versions of) “([^”]*)”, (?:and their versions|which) were combined", said.string)
    two = {one["article"] for one in seen.facts.versions.values() if len(one["parents"]) > 1}
    return "" if all(seen.story_named(one) & two for one in names) else "nothing was combined"


@_claim("bar", r"There are (?P<number>\d+) versions of this article")
def _two_versions(seen, said, _):
    number = len(seen.facts.heads(seen.story)) if seen.story else 0
    return "" if number == int(said["number"]) else f"there are {number}"


@_claim("bar", r"“[^”]*” was changed both here and elsewhere: there are")
def _changed_at_both(seen, said, _):
    names = re.findall(r"“([^”]*)” was changed both here and elsewhere: there", said.string)
    decided = [one for one in names if not any(len(seen.facts.heads(story)) > 1 for story in seen.story_named(one))]
    return f"{decided} has one version" if decided else ""


@_claim("bar", r"each changed “[^”]*”: there are|wrote \w+ versions of “[^”]*”[:.]")
def _changed_elsewhere(seen, said, _):
    names = re.findall(r"(?:changed|versions of) “([^”]*)”[:.]", said.string)
    decided = [one for one in names if not any(len(seen.facts.heads(story)) > 1 for story in seen.story_named(one))]
    return f"{decided} has one version" if decided else ""


@_claim("bar", r"This desk and the hub have the same(?P<versions> versions)? now")
def _the_same(seen, said, _):
    if seen.not_at_hub:
        return f"{len(seen.not_at_hub)} records are not there"
    return f"{seen.alone} is being written here" if seen.alone and not said["versions"] else ""


@_claim("bar", r"Text that is no version is not there")
def _text_not_there(seen, *_):
    return "" if seen.drafts_alone else "there is no such text"


@_claim("bar", r"“[^”]*” (and \d+ more )?went to the hub")
def _went(seen, said, _):
    names = re.findall(r"“([^”]*)”", said.string.partition(" went to the hub")[0])
    there = {_headline(one["content"]) for one in seen.hub.versions.values()}
    missing = [one for one in names if one != "No headline yet" and not any(one.rstrip("…") in head for head in there)]
    return f"{missing} is not there" if missing else ""


@_claim("bar", r"^Decided\.")
def _decided(seen, *_):
    return "" if seen.story is None or len(seen.facts.heads(seen.story)) == 1 else "there are two versions still"


@_claim("title", r"^(?P<headline>.*) – OVN Desk$")
def _title(seen, said, _):
    headline = seen.laptop.screen()[0].strip()
    return "" if said["headline"] in {headline or "New article", headline} else f"the headline is “{headline}”"


def _headline(content):
    return content.get("headline", "").strip()


def _plain(text):
    return _TAG.sub("", text).replace("&nbsp;", " ").strip()
