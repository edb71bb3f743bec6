"""Text in another language than English is told, and nothing is read into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from betony.model import Capture, SectionType, WarningCode
from betony.nlp.language import is_english, judge
from betony.pipeline import structure
from betony.record import Record

OTHERS = {
    "de": "Diese Leitlinie richtet sich an alle, die erwachsene Menschen mit Schlafstörungen behandeln. Sie sollte nach "
    "einem ausführlichen Gespräch angewendet werden, und die Betroffenen sind in jede Entscheidung einzubeziehen. Wenn "
    "die Beschwerden nach vier Wochen nicht besser werden, ist an eine Überweisung zu denken, die ohne Verzug erfolgen "
    "muss. Arzneimittel sind nur für kurze Zeit und in der kleinsten wirksamen Menge zu verordnen, weil sie abhängig "
    "machen können und am Morgen danach müde machen.",
    "fr": "Cette recommandation s’adresse à tous ceux qui soignent des adultes ayant des troubles du sommeil. Elle doit "
    "être appliquée après un entretien approfondi, et la personne prend part à chaque décision. Si les plaintes ne "
    "diminuent pas au bout de quatre semaines, il faut penser à un avis spécialisé, qui sera demandé sans tarder. Les "
    "médicaments ne sont prescrits que pour peu de temps et à la plus petite dose efficace, car on peut en devenir "
    "dépendant, et ils laissent fatigué le lendemain matin.",
    "es": "Esta guía se dirige a todas las personas que atienden a adultos con problemas de sueño. Debe aplicarse después "
    "de una conversación detallada, y la persona participa en cada decisión. Si las molestias no mejoran al cabo de "
    "cuatro semanas, hay que pensar en una derivación, que se hará sin demora. Los medicamentos solo se recetan por poco "
    "tiempo y en la menor dosis eficaz, porque pueden crear dependencia y dejan cansancio a la mañana siguiente.",
    "nl": "Deze richtlijn is bedoeld voor iedereen die volwassenen met slaapproblemen behandelt. Zij wordt toegepast na "
    "een uitvoerig gesprek, en de betrokkene beslist in alles mee. Als de klachten na vier weken niet minder zijn, moet "
    "aan een verwijzing worden gedacht, die zonder uitstel gebeurt. Geneesmiddelen worden alleen voor korte tijd en in "
    "de kleinste werkzame hoeveelheid voorgeschreven, omdat men er afhankelijk van kan worden en omdat zij de volgende "
    "ochtend moe maken.",
    "cy": "Mae’r canllaw hwn ar gyfer pawb sy’n gofalu am oedolion sydd ag anhawster cysgu. Dylid ei ddefnyddio ar ôl "
    "sgwrs fanwl, a dylai’r unigolyn gael rhan ym mhob penderfyniad. Os na fydd y broblem yn well ar ôl pedair wythnos, "
    "dylid ystyried atgyfeirio, a hynny heb oedi. Dim ond am gyfnod byr ac yn y dos lleiaf sy’n gweithio y dylid rhoi "
    "moddion, gan eu bod yn gallu arwain at ddibyniaeth a gadael pobl yn flinedig y bore wedyn.",
    "pl": "Ten przewodnik jest przeznaczony dla wszystkich, którzy leczą dorosłych z zaburzeniami snu. Należy go stosować "
    "po dokładnej rozmowie, a osoba leczona bierze udział w każdej decyzji. Jeżeli dolegliwości nie ustąpią po czterech "
    "tygodniach, trzeba pomyśleć o skierowaniu, które ma nastąpić bez zwłoki. Leki przepisuje się tylko na krótki czas i "
    "w najmniejszej skutecznej dawce, ponieważ mogą uzależniać i powodują zmęczenie następnego ranka, zwłaszcza u osób.",
    "sv": "Den här vägledningen vänder sig till alla som behandlar vuxna med sömnbesvär. Den används efter ett "
    "utförligt samtal, och den som söker hjälp tar del i varje beslut. Om besvären inte har minskat efter fyra veckor "
    "bör man tänka på en remiss, som skickas utan dröjsmål. Läkemedel skrivs ut bara för kort tid och i den minsta "
    "verksamma dosen, eftersom man kan bli beroende av dem och eftersom de gör en trött nästa morgon.",
    "ar": "يهدف هذا الدليل إلى مساعدة كل من يعالج البالغين الذين يعانون من اضطرابات النوم ويجب أن يشاركوا في كل قرار",
    "ru": "Это руководство предназначено для всех, кто лечит взрослых с нарушениями сна, и применяется после беседы.",
    "zh": "本指南适用于所有治疗成人睡眠障碍的人员。应在详细谈话之后使用，并让患者参与每一项决定。如果四周后症状没有改善，应考虑转诊。",
}
ENGLISH = (
    "This guideline is for everyone who treats adults with sleep problems. It should be used after a full talk, and the "
    "person takes part in every decision. If the problem has not become less after four weeks, think about a referral, "
    "which should be made without delay. Medicines are given only for a short time and in the smallest dose that works, "
    "because people can come to depend on them and are tired on the morning after. Résumé, naïve, Ångström."
)


def page(language: str, words: str, heading: str = "Recommendations", menu: str = "Home About us Contact") -> Record:
    body = f"""<!doctype html><html lang="{language}"><meta charset="utf-8"><title>x</title><nav>{menu}</nav>
    <main><h1>Title</h1><p>{words}</p><h2>{heading}</h2><p>1.1.1 Offer care. You must tell providers. {words}</p></main>"""
    return structure([Capture(body.encode(), "page.html")])


def codes(record: Record) -> set[WarningCode]:
    return {warning.code for warning in record.quality.warnings}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told_from_english(language: str) -> None:
    assert judge(OTHERS[language]).english is False


def test_english_is_english_and_little_text_is_undecided() -> None:
    assert judge(ENGLISH).english is True
    assert judge("Diese Leitlinie ist kurz.").english is None
    assert judge("").english is None


@pytest.mark.parametrize("language", ["de", "cy", "ar", "zh"])
def test_nothing_is_read_into_another_language(language: str) -> None:
    record = page(language, OTHERS[language])
    body = [section for section in record.sections if section.layer == "body"]
    assert {section.type for section in body} == {SectionType.OTHER}
    assert [s.type for s in record.sections if s.layer == "furniture"] == [SectionType.FURNITURE]
    assert (record.recommendations, record.responsibilities) == ([], [])
    assert codes(record) >= {WarningCode.LANGUAGE_UNSUPPORTED, WarningCode.TYPE_UNKNOWN}
    assert WarningCode.CONFLICT not in codes(record)
    assert record.language == language
    assert record.quality.coverage == 1.0


def test_the_words_are_believed_before_the_page() -> None:
    wrong = page("en", OTHERS["de"])
    assert codes(wrong) >= {WarningCode.LANGUAGE_UNSUPPORTED, WarningCode.CONFLICT}
    assert wrong.language == "en"
    also_wrong = page("de", ENGLISH)
    assert WarningCode.CONFLICT in codes(also_wrong)
    assert WarningCode.LANGUAGE_UNSUPPORTED not in codes(also_wrong)
    assert also_wrong.recommendations
    right = page("en-GB", ENGLISH)
    assert not codes(right) & {WarningCode.LANGUAGE_UNSUPPORTED, WarningCode.CONFLICT}


def test_of_little_text_the_page_is_believed_and_without_its_word_it_is_english() -> None:
    short = (
        "<html lang={}><meta charset=utf-8><main><h1>Cyngor</h1><h2>Recommendations</h2><p>Mae hyn yn fyr.</p></main>"
    )
    welsh, unknown = (structure([Capture(short.format(tag).encode(), "page.html")]) for tag in ("cy", "''"))
    assert WarningCode.LANGUAGE_UNSUPPORTED in codes(welsh)
    assert WarningCode.LANGUAGE_UNSUPPORTED not in codes(unknown)
    assert (welsh.language, unknown.language) == ("cy", None)


def test_text_without_any_markup_is_judged_by_its_words() -> None:
    record = structure([Capture(f"Empfehlungen\n\n{OTHERS['de']}\n".encode(), "leitlinie.txt")])
    assert {section.type for section in record.sections} == {SectionType.OTHER}
    assert WarningCode.LANGUAGE_UNSUPPORTED in codes(record)


def test_one_chapter_in_another_language_leaves_the_others() -> None:
    url = "https://www.nice.org.uk/guidance/ng900"
    texts = {url: ENGLISH, f"{url}/chapter/1-cymraeg": OTHERS["cy"]}
    pages = [
        Capture(
            f"<!doctype html><meta charset=utf-8><main><h1>T</h1><h2>Overview</h2><p>{words}</main>".encode(), "p", u
        )
        for u, words in texts.items()
    ]
    record = structure(pages)
    types = [section.type for section in record.sections if section.layer == "body"]
    assert types[-1] is SectionType.OTHER
    assert SectionType.SUMMARY in types


@pytest.mark.parametrize(
    ("tag", "expected"), [("en", True), ("EN_gb", True), ("eng", True), ("cy", False), ("", None), ("und", None)]
)
def test_a_language_tag_tells_whether_it_is_english(tag: str, expected: bool | None) -> None:
    assert is_english(tag) is expected


def test_real_pages_in_other_languages(shared: Path) -> None:
    seen = 0
    for path in sorted((shared / "govuk").glob("*.json")):
        item = json.loads(path.read_text("utf-8"))
        if item.get("locale") in ("ar", "ur", "cy"):
            seen += 1
            record = structure([Capture(path.read_bytes(), path.name)])
            assert WarningCode.LANGUAGE_UNSUPPORTED in codes(record), path.name
            assert {s.type for s in record.sections} <= {SectionType.OTHER, SectionType.FURNITURE}, path.name
            assert not record.recommendations + record.responsibilities, path.name
    assert seen >= 5


def test_a_language_that_the_body_alone_names_is_the_pages() -> None:
    body = "<!doctype html><html><meta charset='utf-8'><title>x</title><body lang='cy'><main><h1>Gofal</h1><p>Rhaid i chi orffwys.</p></main>"
    record = structure([Capture(body.encode(), "a.html", media_type="text/html")])
    assert record.language == "cy"
