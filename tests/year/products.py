"""What the made-up site publishes: sixty products, each its own words."""

from __future__ import annotations

from dataclasses import dataclass, replace

SITE = "https://www.nice.org.uk/guidance"


@dataclass(frozen=True)
class Recommendation:
    """Its words without number and label."""

    text: str
    label: str = "[2021]"


@dataclass(frozen=True)
class Part:
    """A headed section: its paragraphs, then its recommendations."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True)
class Product:
    """One product, on one page."""

    reference: str
    title: str
    lead: tuple[str, ...]
    status: str
    parts: tuple[Part, ...]
    duties: tuple[str, ...]
    published: tuple[str, str]
    """As the markup has it, and as it is printed."""
    modified: tuple[str, str] | None = None
    kind: str = "NICE guideline"

    @property
    def url(self) -> str:
        return f"{SITE}/{self.reference.lower()}"

    @property
    def record_id(self) -> str:
        return f"nice:{self.reference.lower()}"

    def with_part(self, place: int, part: Part) -> Product:
        """The product with another part in that place."""
        return replace(self, parts=(*self.parts[:place], part, *self.parts[place + 1 :]))

    def with_recommendation(self, place: int, which: int, text: str, label: str = "[2021]") -> Product:
        """The product with other words of one recommendation."""
        part = self.parts[place]
        items = list(part.recommendations)
        items[which] = Recommendation(text, label)
        return self.with_part(place, replace(part, recommendations=tuple(items)))


COMPLAINTS = (
    "hiccups", "cramp of the calf", "cold hands", "dry eyes", "snoring", "blisters of the foot", "ringing in the ears",
    "chilblains", "a stiff neck", "night sweats", "nosebleeds", "travel sickness", "heartburn", "ingrowing toenails",
    "mouth ulcers",
)  # fmt: skip
PEOPLE = ("adults", "children", "older people", "people at work")
REMEDIES = (
    "a warm compress", "a course of stretching", "a peppermint lozenge", "a padded insole", "a moist dressing",
    "a saline spray", "a firm pillow", "a breathing exercise", "a zinc cream", "a wool glove", "a lukewarm bath",
    "a ginger infusion", "a head-up bed",
)  # fmt: skip
ASKED = (
    "when it began", "what brings it on", "who else at home has it", "what the person has tried", "how it keeps them awake",
    "which medicines they take", "whether it comes with fever",
)  # fmt: skip
MONTHS = ("January", "March", "May", "July", "September", "November")


def made(number: int) -> Product:
    """The product of that number, from 0: what it says goes by the number alone."""
    complaint, people = COMPLAINTS[number % len(COMPLAINTS)], PEOPLE[number // len(COMPLAINTS)]
    remedy = [REMEDIES[(number * 5 + i * 3) % len(REMEDIES)] for i in range(4)]
    asked = [ASKED[(number + i * 2) % len(ASKED)] for i in range(3)]
    days, weeks, year = 2 + number % 9, 3 + number % 7, 2012 + number % 12
    month = MONTHS[number % len(MONTHS)]
    month_number = 1 + 2 * (number % len(MONTHS))
    return Product(
        reference=f"NG{9100 + number}",
        title=f"{complaint.capitalize()} in {people}: assessment and management",
        lead=(
            f"This guideline covers how to recognise, assess and treat {complaint} in {people}.",
            f"It aims to spare {people} needless visits, and to bring relief within {days} days.",
        ),
        status=(
            f"We checked this guideline in {month} 2024. We found no new evidence that affects the recommendations in"
            " this guideline."
        ),
        parts=(
            Part(
                "1.1 Assessment",
                (f"Most {people} with {complaint} need no test at all.",),
                (
                    Recommendation(f"Ask {people} with {complaint} {asked[0]}, {asked[1]} and {asked[2]}."),
                    Recommendation(f"Do not offer a blood test for {complaint} that has lasted less than {days} days."),
                ),
            ),
            Part(
                "1.2 Treatment",
                (),
                (
                    Recommendation(f"Offer {remedy[0]} twice a day for {weeks} weeks to {people} with {complaint}."),
                    Recommendation(f"Consider {remedy[1]} if {remedy[0]} brings no relief within {days} days."),
                    Recommendation(f"Refer {people} whose {complaint} lasts longer than {weeks * 2} weeks."),
                ),
            ),
            Part(
                "Rationale",
                (
                    f"The committee saw {days} small studies of {remedy[0]}, none of which lasted a year.",
                    f"It agreed that {remedy[2]} had been tried too seldom for a recommendation to be made about it.",
                ),
            ),
            Part("Context", (f"About {number + 4} in every 100 {people} see a nurse about {complaint} each year.",)),
        ),
        duties=(
            f"Healthcare professionals should take this guideline into account when they treat {complaint}.",
            f"Providers must keep a record of every {remedy[3].removeprefix('a ')} that they supply.",
        ),
        published=(f"{year}-{month_number:02}-12", f"12 {month} {year}"),
    )


def site() -> dict[str, Product]:
    """All products by reference."""
    return {product.reference: product for product in map(made, range(60))}
