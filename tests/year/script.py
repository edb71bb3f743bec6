"""A year of the made-up site, round by round: what its publisher does, and what is to be told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tests.year import pages
from tests.year.pages import Look
from tests.year.products import Part, Product, Recommendation, made, site

Told = Counter[tuple[str, str, str]]
"""How often each is told: (record, kind, what it is about)."""


@dataclass
class Round:
    """What a watcher meets on one day."""

    day: str
    pages: dict[str, str] = field(default_factory=dict)
    """Addresses that answer 200 with another body than last time, and the body."""
    unchanged: list[str] = field(default_factory=list)
    """Records whose address answers 304."""
    gone: dict[str, str] = field(default_factory=dict)
    """Records that left the site, and how."""
    moved: dict[str, str] = field(default_factory=dict)
    """Records whose address leads to another record's."""
    told: Told = field(default_factory=Counter)
    refused: int = 0
    """How many of the pages are no documents."""


class Site:
    """The publisher: does things, and keeps account of what a reader of the guidance would call a change."""

    def __init__(self) -> None:
        self.products = site()
        self.look: Look = pages.first_look
        self.shown: dict[str, str] = {}
        self.absent: set[str] = set()
        self.stubs: dict[str, str] = {}
        self.today = Round("")

    def begin(self, day: str) -> None:
        """A new day on which nothing has happened yet."""
        self.today = Round(day)

    def end(self) -> Round:
        """What a watcher meets who visits every address that answers."""
        for reference, product in self.products.items():
            if reference in self.absent or product.url in self.today.pages:
                continue
            page = self._page(product)
            if self.shown.get(reference) == page:
                self.today.unchanged.append(product.record_id)
            else:
                self.today.pages[product.url] = page.replace("{around}", self.today.day)
                self.shown[reference] = page
        return self.today

    def _page(self, product: Product) -> str:
        if product.reference in self.stubs:
            return pages.stub(product, "{around}", self.stubs[product.reference], self.look)
        return self.look(product, "{around}")

    def tell(self, product: Product, kind: str, about: str, number: int = 1) -> None:
        """Writes down that this is to be told."""
        self.today.told[product.record_id, kind, about] += number

    # What a publisher does

    def open(self) -> None:
        """Every product is seen for the first time."""
        for product in self.products.values():
            self.tell(product, "added", "record")

    def change(self, number: int, **fields: object) -> Product:
        """Puts other values in a product's fields."""
        reference = f"NG{9100 + number}"
        self.products[reference] = replace(self.products[reference], **fields)  # type: ignore[arg-type]
        return self.products[reference]

    def product(self, number: int) -> Product:
        return self.products[f"NG{9100 + number}"]

    def reword(self, number: int, old: str, new: str, place: int, which: int, kind: str) -> None:
        """Other words in one recommendation."""
        product = self.product(number)
        item = product.parts[place].recommendations[which]
        assert old in item.text
        product = product.with_recommendation(place, which, item.text.replace(old, new), item.label)
        self.products[product.reference] = product
        self.tell(product, kind, f"1.{place + 1}.{which + 1}")

    def relabel(self, number: int, label: str) -> None:
        """Another year behind a recommendation."""
        product = self.product(number)
        item = product.parts[1].recommendations[0]
        self.products[product.reference] = product.with_recommendation(1, 0, item.text, label)
        self.tell(product, "recommendation_detail", "1.2.1")

    def insert(self, number: int, text: str, place: int, which: int) -> None:
        """A new recommendation before others, which count on from it."""
        product = self.product(number)
        items = list(product.parts[place].recommendations)
        items.insert(which, Recommendation(text, "[2025]"))
        part = replace(product.parts[place], recommendations=tuple(items))
        self.products[product.reference] = product.with_part(place, part)
        self.tell(product, "recommendation_added", f"1.{place + 1}.{which + 1}")
        for after in range(which + 1, len(items)):
            self.tell(product, "recommendation_renumbered", f"1.{place + 1}.{after + 1}")

    def drop_last(self, number: int, place: int) -> None:
        """The last recommendation of a section goes."""
        product = self.product(number)
        items = product.parts[place].recommendations
        part = replace(product.parts[place], recommendations=items[:-1])
        self.products[product.reference] = product.with_part(place, part)
        self.tell(product, "recommendation_removed", f"1.{place + 1}.{len(items)}")

    def paragraph(self, number: int, text: str) -> None:
        """One more paragraph in the rationale."""
        product = self.product(number)
        part = product.parts[2]
        paragraphs = (part.paragraphs[0], text, *part.paragraphs[1:])
        self.products[product.reference] = product.with_part(2, replace(part, paragraphs=paragraphs))
        self.tell(product, "section_reworded", "Rationale")

    def retitle(self, number: int, place: int, heading: str) -> None:
        """Another heading over the same words."""
        product = self.product(number)
        product = product.with_part(place, replace(product.parts[place], heading=heading))
        self.products[product.reference] = product
        self.tell(product, "section_retitled", heading)

    def swap(self, number: int) -> None:
        """The last two sections change places."""
        product = self.product(number)
        *first, rationale, context = product.parts
        self.change(number, parts=(*first, context, rationale))
        self.tell(product, "section_moved", "Context")

    def section(self, number: int, part: Part) -> None:
        """One more section at the end."""
        product = self.product(number)
        self.change(number, parts=(*product.parts, part))
        self.tell(product, "section_added", part.heading)

    def update_begins(self, number: int, month: str) -> None:
        """The publisher says that it is at work on a new version."""
        words = (
            f"We checked this guideline in {month} 2025 and we are updating it. See the guideline in development page for"
            " progress on the update."
        )
        self.tell(self.change(number, status=words), "status", "status")

    def dated(self, number: int, iso: str, printed: str) -> None:
        """The header says when it was last updated."""
        self.tell(self.change(number, modified=(iso, printed)), "date", "modified")

    def duty(self, number: int, old: str, new: str, kind: str) -> None:
        """Other words in the duty of providers."""
        product = self.product(number)
        assert old in product.duties[1]
        duties = (product.duties[0], product.duties[1].replace(old, new))
        self.tell(self.change(number, duties=duties), kind, "Providers")

    def rename(self, number: int, title: str) -> None:
        """Another title."""
        self.tell(self.change(number, title=title), "title", "title")

    def replaced(self, number: int, successor: int, day: tuple[str, str]) -> None:
        """A new product takes the place of one, which shrinks to a notice."""
        old = self.product(number)
        new = replace(
            made(number),
            reference=f"NG{9100 + successor}",
            title=old.title.replace(": assessment and management", ": managing it better"),
            lead=(
                *old.lead,
                f"This guideline updates and replaces NICE guideline {old.reference} ({old.published[1][3:]}).",
            ),
            status="",
            published=day,
        )
        self.products[new.reference] = new
        self.tell(new, "added", "record")
        self._emptied(old, f"This guideline has been updated and replaced by NICE guideline {new.reference}.")
        self.tell(old, "relation_added", f"is replaced by {new.record_id}")

    def withdrawn(self, number: int) -> None:
        """A product shrinks to a notice that it no longer counts."""
        self._emptied(self.product(number), "This guideline has been withdrawn.")

    def _emptied(self, product: Product, words: str) -> None:
        self.stubs[product.reference] = words
        self.tell(product, "status", "status")
        for place, part in enumerate(product.parts):
            self.tell(product, "section_removed", part.heading)
            for which in range(len(part.recommendations)):
                self.tell(product, "recommendation_removed", f"1.{place + 1}.{which + 1}")
        self.tell(product, "section_removed", "Is this guideline up to date?")
        self.tell(product, "section_removed", "Your responsibility")
        self.tell(product, "section_reworded", "Guidance")
        for actor in ("Healthcare professionals", "Providers"):
            self.tell(product, "duty_removed", actor)

    def redesign(self) -> None:
        """Every page looks otherwise; no word of a document changes."""
        self.look = pages.second_look

    def breaks(self) -> None:
        """Every address answers 200 with an apology; the next day all is as it was."""
        for reference, product in self.products.items():
            if reference not in self.absent:
                self.today.pages[product.url] = pages.outage(product, self.today.day)
                self.shown.pop(reference, None)
        self.today.refused = len(self.today.pages)

    def vanish(self, number: int, how: str) -> None:
        """The address answers 404 or 410, or the list does not name it any more."""
        product = self.product(number)
        self.absent.add(product.reference)
        self.today.gone[product.record_id] = how
        self.tell(product, "retired", how)

    def lead_elsewhere(self, number: int, target: int) -> None:
        """The address redirects to another product's."""
        product = self.product(number)
        self.absent.add(product.reference)
        self.today.moved[product.record_id] = self.product(target).record_id
        self.tell(product, "retired", "moved")

    def returns(self, number: int) -> None:
        """What had vanished is there again."""
        product = self.product(number)
        self.absent.discard(product.reference)
        self.shown.pop(product.reference, None)
        self.tell(product, "reopened", "record")


def year() -> Iterator[Round]:  # noqa: PLR0915 - a script reads best whole
    """The rounds of the year, in order."""
    here = Site()
    here.begin("2025-01-06")
    here.open()
    yield here.end()

    here.begin("2025-02-03")
    for number in (1, 8, 15):
        here.reword(number, "Ask", "Always ask", 0, 0, "recommendation_reworded")
    here.reword(3, "Consider", "Offer", 1, 1, "recommendation_strength")
    here.reword(18, "Offer", "Do not offer", 1, 0, "recommendation_strength")
    here.reword(33, "twice a day", "three times a day", 1, 0, "recommendation_reworded")
    here.dated(33, "2025-01-29", "29 January 2025")
    yield here.end()

    here.begin("2025-03-03")
    here.insert(5, "Explain how long relief usually takes, and what to do meanwhile.", 1, 1)
    here.insert(44, "Weigh the person before any treatment starts.", 0, 0)
    here.drop_last(12, 1)
    here.paragraph(7, "No study had asked the people themselves what mattered to them.")
    here.relabel(21, "[2021, amended 2025]")
    yield here.end()

    here.begin("2025-04-07")
    here.redesign()
    yield here.end()

    here.begin("2025-05-05")
    here.update_begins(10, "April")
    here.update_begins(25, "May")
    here.duty(11, "must keep", "should keep", "duty_strength")
    here.duty(40, "keep a record of", "count and publish", "duty_reworded")
    here.rename(30, "Trouble with the voice in adults: assessment and care")
    yield here.end()

    here.begin("2025-06-02")
    here.breaks()
    yield here.end()

    here.begin("2025-06-03")
    yield here.end()

    here.begin("2025-07-07")
    here.replaced(2, 60, ("2025-07-02", "02 July 2025"))
    here.replaced(27, 61, ("2025-07-02", "02 July 2025"))
    here.withdrawn(50)
    yield here.end()

    here.begin("2025-08-04")
    here.vanish(13, "not_found")
    here.vanish(28, "gone")
    here.vanish(29, "unlisted")
    yield here.end()

    here.begin("2025-09-01")
    here.retitle(16, 2, "Why the committee thought so")
    here.swap(17)
    here.section(19, Part("Resource impact", ("The committee expects little to change in what is spent.",)))
    here.lead_elsewhere(31, 16)
    yield here.end()

    here.begin("2025-10-06")
    here.returns(13)
    here.returns(28)
    here.reword(28, "Refer", "Refer at once", 1, 2, "recommendation_reworded")
    yield here.end()

    here.begin("2025-11-03")
    yield here.end()
