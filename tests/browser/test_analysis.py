"""The demonstration analysed in a browser: from the answers in the register to published results.

Two people share the work. They review the letters, let the machine read, name, merge and split
themes, read 120 answers each blind to the other, see how far they agree, resolve where they do not,
let the machine learn from them, and confirm; then the public reads the results.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import served
from tests.browser.test_workbench import ADMINISTRATOR, ANALYST, RESULTS, password, send, sign_in

pytestmark = pytest.mark.browser

READ_BY_TWO = 120
QUESTION = "What matters most"
# What the two look for in an answer, most telling first. The second is less thorough.
TOPICS = (
    "drivers car speeding traffic crossing road speed",
    "knife gangs youth stabbed teenagers clubs",
    "phone robbery snatching moped thieves robbed",
    "women girls harassed rape running",
    "patrol foot evening beat visible",
    "nuisance noise vandalism anti-social drinkers",
    "misconduct standards vetting trust colleagues",
    "burgled burglary burglars break-in locks",
    "online 101 form reporting handler counter",
    "search searched handcuffed Black stop",
    "neighbourhood ward PCSO sergeant team",
    "drugs dealers addict cuckooing",
    "domestic refuges coercive abuse advocate",
    "hate racist homophobic synagogues abuse",
    "mental illness nurse autism crisis",
)
WORDS_OF = {ANALYST: 7, ADMINISTRATOR: 3}


@pytest.fixture
def site(chromium: Any, london_file: Path, tmp_path: Path) -> Any:
    with served(london_file, tmp_path, at="", with_worker=True) as address:
        yield address


def test_the_demonstration_is_analysed_from_register_to_results(visit, site, london_file):
    secret = password(london_file)
    page, other = visit(), visit()
    sign_in(page, site, ANALYST, secret)
    sign_in(other, site, ADMINISTRATOR, secret)
    question = open_question(page, site)

    let_the_machine_read(page, question)
    letters = review_letters(page, question)
    assert letters == 2
    themes = accept_all(page, question)
    merge_and_split(page, question)
    themes = found_topics(page, question)

    draw(page, question, READ_BY_TWO)
    for who, window in ((ANALYST, page), (ADMINISTRATOR, other)):
        read = 0
        while read < READ_BY_TWO:
            read += read_ten(window, question, themes, WORDS_OF[who])

    page.goto(f"{question}agreement/")
    assert page.get_by_text(re.compile(r"Krippendorff’s alpha 0\.[5-9]\d")).count() >= 1
    resolve_all(page, question)
    learn(page, question)
    page.goto(f"{question}agreement/")
    page.goto(question)
    send(page, "Confirm these themes")

    page.goto(f"{site}{RESULTS}")
    assert page.get_by_text("Confirmed by a person").count() >= 1
    assert page.get_by_text("In the themes here they count once, as one answer.").count() == letters


def open_question(page: Any, site: str) -> str:
    page.goto(f"{site}/admin/themes/")
    page.locator("td.title a", has_text=QUESTION).first.click()
    page.wait_for_url(re.compile(r"/admin/themes/\d+/[\w-]+/$"))
    return str(page.url)


def let_the_machine_read(page: Any, question: str) -> None:
    page.goto(question)
    page.get_by_label("Replace the themes that a person has confirmed").check()
    send(page, "Suggest themes")
    wait_for_the_machine(page, question)


def wait_for_the_machine(page: Any, question: str) -> None:
    page.get_by_role("heading", name="The machine has ended its work").wait_for()
    page.goto(question)


def review_letters(page: Any, question: str) -> int:
    """Confirm every letter, to be counted once; return how many there are."""
    page.goto(f"{question}campaigns/")
    confirmed = 0
    while page.get_by_role("button", name=re.compile("^Confirm letter")).count():
        button = page.get_by_role("button", name=re.compile("^Confirm letter")).first
        letter = page.locator(".folkmoot-letter").filter(has=button).first
        letter.locator("input[value=once]").check()
        with page.expect_navigation():
            button.click()
        confirmed += 1
    return confirmed


def accept_all(page: Any, question: str) -> int:
    page.goto(f"{question}frame/")
    boxes = page.locator("input[name=chosen]")
    themes = boxes.count()
    for place in range(themes):
        boxes.nth(place).check()
    send(page, "Accept the ticked themes")
    assert page.locator("input[name=chosen]").count() == 0
    return themes


def merge_and_split(page: Any, question: str) -> None:
    """Put the smallest theme into the largest, and what it says of one word apart again."""
    themes = page.locator("td.title > a")
    largest, smallest = themes.first.inner_text(), themes.last.inner_text()
    themes.last.click()
    page.select_option("#into", label=largest)
    send(page, "Merge")
    assert page.get_by_text(f"{smallest}: counted under {largest}").count() == 1
    page.locator("td.title > a", has_text=largest).first.click()
    page.get_by_role("link", name="Choose answers for a theme of their own").click()
    page.get_by_label("Words to find in its answers").fill("police")
    send(page, "Find")
    page.get_by_label("Name of the new theme").fill("What the police should do about it")
    send(page, "Split")
    page.goto(f"{question}frame/")
    assert page.locator("td.title > a", has_text="What the police should do").count() == 1


def found_topics(page: Any, question: str) -> dict[str, str]:
    """Return the theme that each topic is coded as, by its name: the one that shares most words."""
    page.goto(f"{question}frame/")
    links = page.locator("td.title > a").evaluate_all(
        "all => all.map(each => [each.textContent.trim(), each.href])"
    )
    said = {}
    for label, address in links:
        page.goto(address)
        said[label] = set(page.locator(".folkmoot-workbench").inner_text().lower().split())
    return {
        topic: max(said, key=lambda label: len(said[label] & set(topic.lower().split())))
        for topic in TOPICS
    }


def draw(page: Any, question: str, many: int) -> None:
    """Draw a share of the answers that has `many` in it, for two readers."""
    page.goto(question)
    all_answers = page.locator("dt", has_text=re.compile("^Answers$")).locator("+ dd").inner_text()
    page.goto(f"{question}agreement/")
    share = 100 * (many + 40) / int(all_answers.replace(",", ""))
    page.get_by_label("Share of the answers").fill(f"{share:.1f}")
    send(page, "Draw")


def read_ten(page: Any, question: str, themes: Mapping[str, str], words: int) -> int:
    """Read the ten answers that are offered, as somebody who looks for so many words of a topic."""
    page.goto(f"{question}code/?grid=yes")
    answers = page.locator("[data-answer]")
    for place in range(answers.count()):
        answer = answers.nth(place)
        said = re.findall(r"[\w-]+", answer.locator("[data-text]").inner_text().lower())
        chosen = chosen_themes(set(said), themes, words)
        for label in chosen:
            answer.locator(f"li[data-label={label.lower()!r}] input").check()
        if not chosen:
            status = "none" if len(said) > 8 else "cannot-tell"
            answer.locator(f"input[value={status}]").check()
    many = answers.count()
    send(page, "Save and go on")
    return int(many)


def chosen_themes(said: Collection[str], themes: Mapping[str, str], words: int) -> list[str]:
    found = [themes[topic] for topic in TOPICS if set(topic.lower().split()[:words]) & set(said)]
    return list(dict.fromkeys(found))


def resolve_all(page: Any, question: str) -> None:
    """Take what the first reader found wherever the two differ."""
    page.goto(f"{question}agreement/")
    while page.get_by_role("link", name="Resolve answer 1", exact=True).count():
        page.get_by_role("link", name="Resolve answer 1", exact=True).click()
        send(page, "Take the first reading")
        page.goto(f"{question}agreement/")
    assert page.get_by_text("Nobody differs.").count() == 1


def learn(page: Any, question: str) -> None:
    page.goto(question)
    send(page, "Learn from what was read")
    wait_for_the_machine(page, question)
    assert page.get_by_text(re.compile(r"The machine learnt from \d+ answers")).count() == 1
