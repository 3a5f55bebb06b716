"""The words in which the window says where the newsroom's texts are, and what of them is on this computer alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.widgets.phrases import clock_time, quantity
from ovn_desk.usecases.whereabouts import NOTHING, Lack, Place, Whereabouts


@dataclass(frozen=True, slots=True)
class CopyWords:
    """Each sentence is made of the same answer, and is literally so at the moment it is made.

    Where the hub did not answer when it was asked last, `is_hub_seen` is not so: then it is said what it held.
    """

    where: Whereabouts
    now: datetime
    is_hub_seen: bool = True

    def line(self, article: ArticleId | None) -> tuple[str, str]:
        """The status line with its tone: what of the open story is only here, else of all, else where all of it is."""
        where = self.where
        here = where.only_here.get(article, NOTHING) if article else NOTHING
        if not where.places:
            return _translate("No copy off this laptop yet. Choose a disk…"), "warn"
        if here.text_since:
            return self._text_since(here.text_since), "warn"
        texts = sum(1 for lack in where.only_here.values() if lack.text_since)
        if texts:
            stories = quantity(texts, "story", "stories")
            return _translate("Text of {stories} only on this laptop").format(stories=stories), "warn"
        hub = where.hub
        if hub is not None and not hub.has_everything:
            return self._hub_lacks(hub), "warn" if where.only_here else ""
        if hub is None and where.copies and not where.copies[0].has_everything:
            return self._copy_lacks(where.copies[0]), "warn"
        is_off = any(place.has_everything and not place.is_same_disk for place in where.places)
        return self._everything(), "" if is_off else "warn"

    @property
    def closing(self) -> str:
        """What no place has, for whoever closes the desk; empty where there is nothing."""
        found = [lack for article, lack in self.where.only_here.items() if article]
        if not found:
            said = _translate("News of people and settings is {nowhere}.").format(nowhere=self._nowhere)
            return said if self.where.only_here else ""
        stories = quantity(len(found), "story", "stories")
        since = [lack.since for lack in found if lack.since]
        at = clock_time(min(since), self.now) if since else ""
        if not at:
            return _translate("Parts of {stories} are {nowhere}.").format(stories=stories, nowhere=self._nowhere)
        said = _translate("What was written in {stories} since {time} is {nowhere}.")
        return said.format(stories=stories, time=at, nowhere=self._nowhere)

    def story(self, article: ArticleId) -> str:
        """What of one story is where, a line for each place; for History, and the list's tooltip."""
        lines = []
        if since := self.where.texts.get(article):
            is_copied = article not in self.where.only_here or not self.where.only_here[article].text_since
            said = self._text_not_version(since) if is_copied or not self.where.places else self._text_since(since)
            lines.append(f"{said}.")
        lines += [self._place_has(place, place.lacks.get(article, NOTHING)) for place in self.where.places]
        return "\n".join(lines)

    def only_here(self, article: ArticleId) -> str:
        """What of one story no place has, for the list; empty where there is nothing of that kind."""
        lack = self.where.only_here.get(article, NOTHING)
        if not lack or not self.where.places:
            return ""
        if lack.text_since:
            return self._text_since(lack.text_since)
        return _translate("{what} {nowhere}").format(what=_amount(lack), nowhere=self._nowhere)

    def places(self) -> list[str]:
        """Every place with what it has."""
        lines = [self._place_has_all(place) for place in self.where.places]
        return lines or [_translate("There is no hub, and no copy on another disk.")]

    @property
    def heading(self) -> str:
        """What stands above the stories of which no place has all: a version may have come, or gone, by file."""
        if not self.where.only_here:
            return _translate("Nothing is only on this laptop.") if self.where.places else ""
        texts_alone = all(lack.text_since and not _amount(lack) for lack in self.where.only_here.values())
        if self.where.places and texts_alone:
            return _translate("Only on this laptop")
        return self._nowhere[0].upper() + self._nowhere[1:]

    def stories_only_here(self, headline: Callable[[ArticleId], str]) -> list[tuple[ArticleId, str]]:
        """What no place has, story by story, with its article."""
        return [
            (article, f"{headline(article) if article else _translate('People and settings')}: {self._lack(lack)}")
            for article, lack in self.where.only_here.items()
        ]

    def account(self) -> str:
        """All of it in a few lines, for a tooltip."""
        number = sum(1 for article in self.where.only_here if article)
        stories = quantity(number, "story", "stories")
        said = _translate("{heading}: parts of {stories}").format(heading=self.heading, stories=stories)
        return "\n".join([*self.places(), *([said] if number else [])])

    def time(self, moment: datetime) -> str:
        """In brackets; empty for a moment that this clock says is still to come."""
        said = clock_time(moment, self.now)
        return f" ({said})" if said else ""

    @property
    def _nowhere(self) -> str:
        return _translate("neither at the hub nor in a copy") if self.where.hub else _translate("in no copy")

    def _text_since(self, since: datetime) -> str:
        at = clock_time(since, self.now)
        if not at:
            return _translate("Text that is only on this laptop")
        return _translate("Text since {time} only on this laptop").format(time=at)

    def _text_not_version(self, since: datetime) -> str:
        at = clock_time(since, self.now)
        if not at:
            return _translate("Text not saved as a version")
        if not self.where.places:
            return _translate("Text since {time} is not saved as a version").format(time=at)
        return _translate("Text since {time} is in a copy, not saved as a version").format(time=at)

    def _everything(self) -> str:
        holding = [place for place in self.where.places if place.has_everything]
        hub = next((place for place in holding if place.is_hub), None)
        copies = sorted((place for place in holding if not place.is_hub), key=lambda place: place.is_same_disk)
        copy = next(iter(copies), None)
        if hub is not None and copy is not None and hub.at and copy.at:
            said = _translate("Everything is at the hub{hub_time} and in the copy on {name}{copy_time}")
            if not self.is_hub_seen:
                said = _translate("Everything was at the hub{hub_time} and is in the copy on {name}{copy_time}")
            return said.format(hub_time=self.time(hub.at), name=_name(copy), copy_time=self.time(copy.at))
        if hub is not None and hub.at:
            said = _translate("Everything is at the hub{time}")
            if not self.is_hub_seen:
                said = _translate("Everything was at the hub{time}")
            return said.format(time=self.time(hub.at))
        if copy is not None and copy.at:
            return _translate("Everything is in the copy on {name}{time}").format(
                name=_name(copy), time=self.time(copy.at)
            )
        return ""

    def _hub_lacks(self, hub: Place) -> str:
        if hub.at is None:
            return _translate("Nothing is at the hub yet")
        stories = _stories(hub)
        if not stories:
            return _translate(
                "Pictures are not all at the hub yet"
                if hub.lacks_files and not hub.lacks
                else "Not all is at the hub yet"
            )
        said = _translate("{stories} not all at the hub yet").format(stories=quantity(stories, "story", "stories"))
        copy = next((place for place in self.where.copies if place.has_everything), None)
        if copy is not None and copy.at:
            kept = _translate("in the copy on {name}{time}").format(name=_name(copy), time=self.time(copy.at))
            return f"{said}; {kept}"
        return said

    def _copy_lacks(self, copy: Place) -> str:
        stories, at = _stories(copy), self.time(copy.at) if copy.at else ""
        if not stories:
            return _translate("Not all is in the copy on {name}{time}").format(name=_name(copy), time=at)
        said = _translate("{stories} changed since the copy on {name}{time}")
        return said.format(stories=quantity(stories, "story", "stories"), name=_name(copy), time=at)

    def _place_has(self, place: Place, lack: Lack) -> str:
        if place.at is None:
            return _translate("Nothing of it is at the hub yet.")
        time = self.time(place.at)
        if place.is_hub:
            if not _amount(lack):
                said = _translate("Its versions are at the hub{time}.")
                if not self.is_hub_seen:
                    said = _translate("Its versions were at the hub{time}.")
                return said.format(time=time)
            return _translate("Not at the hub yet: {what}.").format(what=_amount(lack))
        if not lack:
            return _translate("All of it is in the copy on {name}{time}.").format(name=_name(place), time=time)
        return _translate("Not in the copy on {name}{time}: {what}.").format(
            name=_name(place), time=time, what=self._lack(lack)
        )

    def _place_has_all(self, place: Place) -> str:
        name = (
            _translate("The hub {name}").format(name=place.name).rstrip()
            if place.is_hub
            else _translate("The copy in {name}").format(name=_name(place, str(place.folder)))
        )
        if place.at is None:
            return _translate("{place}: nothing yet, it was not reached.").format(place=name)
        time = self.time(place.at)
        if place.is_hub and not self.is_hub_seen:
            name = _translate("{place}, as it was").format(place=name)
        if place.has_everything:
            return _translate("{place}{time}: everything.").format(place=name, time=time)
        stories = quantity(_stories(place), "story", "stories")
        if place.lacks_files:
            return _translate("{place}{time}: everything but some pictures, and parts of {stories}.").format(
                place=name, time=time, stories=stories
            )
        return _translate("{place}{time}: everything but parts of {stories}.").format(
            place=name, time=time, stories=stories
        )

    def _lack(self, lack: Lack) -> str:
        parts = []
        if lack.text_since:
            at = clock_time(lack.text_since, self.now)
            parts.append(_translate("text since {time}").format(time=at) if at else _translate("text"))
        if amount := _amount(lack):
            parts.append(amount)
        return ", ".join(parts)


def _name(place: Place, name: str = "") -> str:
    """The name of a copy's place; of one that is lost with this laptop, that it is."""
    name = name or place.name
    return _translate("{name}, on this laptop’s own disk").format(name=name) if place.is_same_disk else name


def _stories(place: Place) -> int:
    return sum(1 for article in place.lacks if article)


def _amount(lack: Lack) -> str:
    parts = []
    if lack.versions:
        parts.append(quantity(lack.versions, "version", "versions"))
    if lack.steps:
        parts.append(quantity(lack.steps, "entry in its history", "entries in its history"))
    if lack.is_deciding:
        parts.append(_translate("a decision that was begun"))
    return ", ".join(parts)


def _translate(text: str) -> str:
    return QCoreApplication.translate("Copies", text)
