"""A question of every kind, from the page of its step to the register."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as PillowImage
from tests import factories
from tests.responses.asking import (
    EVERY_ANSWER,
    errors_of,
    every_kind,
    option,
    parsed,
    question,
    send,
    sending,
    step,
)

from folkmoot.responses.acts.rows import answers_of
from folkmoot.responses.models import Draft, Response, SentFile, Survey
from folkmoot.responses.questions import form_of_steps, form_of_version, survey_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def survey():
    return every_kind(factories.make_image("Map", 1200, 800))


def picture(name="street.png", colour="teal", **more):
    drawn = BytesIO()
    PillowImage.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), **more)


def answers_on(form, number):
    names = {name for each in form.step(number).questions for name in each.names}
    return {name: values for name, values in EVERY_ANSWER.items() if name in names}


def go(client, survey, **more):
    """Answer every step as far as the check, each question that comes up among them."""
    form = survey_form(survey)
    for number in range(1, 6):
        said = answers_on(form, number) | (more if number == 4 else {})
        if number == 5:
            said |= {"monitoring-consent": "yes", "respondent-kind": "individual"}
        for _ in range(3):
            answer = send(client, survey, str(number), **said)
            assert answer.status_code == 303, errors_of(answer)
            if not answer.url.startswith(f"{survey.url}{number}/"):
                break
    return client.get(f"{survey.url}check/")


def test_every_kind_is_answered_checked_and_kept(client, survey):
    check = go(client, survey, letter=picture(), **{"where--point": "51.5,-0.12"})
    said = parsed(check).get_text("\n")
    for words in (
        "1. How do you mostly travel?",
        "Other, please say: By cargo bike",
        "Something else: Wasps",
        "Lighting: Very dissatisfied",
        "Policing: Prefer not to say",
        "2. Youth work",
        "75 minutes",
        "£1,234.50",
        "3 September 1998",
        "NW1",
        "Camden",
        "The underpass",
        "Marked on the map at 51.50000, -0.12000",
        "street.png (PNG, 1 KB)",
    ):
        assert words in said, words
    sent = client.post(f"{survey.url}check/", sending(check))
    assert sent.status_code == 303
    response = Response.objects.get()
    kept = {row.question: row for row in response.answers.all()}
    assert kept["travel"].choices == ["other"]
    assert kept["travel"].other == {"other": "By cargo bike"}
    assert kept["first"].choices == ["patrols", "youth-work", "lights"]
    assert kept["streets--policing"].choices == ["prefer-not-to-say"]
    assert (kept["where"].latitude, kept["where"].longitude) == (51.5, -0.12)
    assert [kept[key].text for key in ("minutes", "cost", "moved", "postcode")] == [
        "75",
        "1234.50",
        "1998-09-03",
        "NW1",
    ]
    assert response.monitoring_answers.get().choice == "one"


def test_the_register_gives_the_same_answers_again(client, survey):
    check = go(client, survey)
    client.post(f"{survey.url}check/", sending(check))
    response = Response.objects.get()
    form = form_of_version(response.version)
    back = answers_of(form, response.answers.all())
    said = EVERY_ANSWER | {"cost": ["1234.50"], "postcode": ["NW1"]}
    assert back == {name: values for name, values in said.items() if name != "age-band"}
    assert form == survey_form(survey)


def test_the_editor_accepts_every_kind_and_keeps_it_as_it_is(survey):
    block = Survey._meta.get_field("steps").stream_block
    cleaned = block.clean(survey.steps)
    assert form_of_steps(cleaned) == survey_form(survey)
    written = block.to_python(block.get_prep_value(cleaned))
    assert form_of_steps(written) == survey_form(survey)


def test_the_editor_s_page_opens(admin_client, survey):
    page = admin_client.get(f"/admin/pages/{survey.pk}/edit/")
    assert page.status_code == 200
    assert "Grid: several statements on one scale" in page.content.decode()


def test_a_file_is_kept_privately_and_goes_with_the_response(client, survey):
    go(client, survey, letter=[picture("a.png"), picture("b.png", "red")])
    sent = list(SentFile.objects.all())
    assert [each.name for each in sent] == ["a.png", "b.png"]
    assert Draft.objects.get().answers["letter"] == [str(each.pk) for each in sent]
    check = client.get(f"{survey.url}check/")
    client.post(f"{survey.url}check/", sending(check))
    response = Response.objects.get()
    assert [each.name for each in response.files.order_by("pk")] == ["a.png", "b.png"]
    assert response.answers.get(question="letter").choices == [str(each.pk) for each in sent]
    for each in response.files.all():
        assert each.file.read().startswith(b"\x89PNG")
        assert client.get(f"/media/{each.file.name}").status_code == 404


def test_a_file_is_kept_whatever_else_is_wrong_on_its_page(client, survey):
    survey.steps = [
        step(
            "All",
            [
                question("number", "age", required=True),
                question("file", "letter", most=1),
            ],
        )
    ]
    survey.save()
    wrong = send(client, survey, "1", age="old", letter=picture())
    assert wrong.status_code == 422
    assert "street.png (PNG, 1 KB)" in wrong.content.decode()
    assert "street.png (PNG, 1 KB)" in client.get(f"{survey.url}1/").content.decode()
    (sent,) = SentFile.objects.all()
    right = send(client, survey, "1", age="40", **{"respondent-kind": "individual"})
    assert right.status_code == 303
    assert Draft.objects.get().answers["letter"] == [str(sent.pk)]


def test_a_file_can_be_taken_out_again(client, survey, django_capture_on_commit_callbacks):
    send(client, survey, "4", letter=picture())
    (sent,) = SentFile.objects.all()
    storage, path = sent.file.storage, sent.file.name
    with django_capture_on_commit_callbacks(execute=True):
        send(client, survey, "4", **{"letter--remove": str(sent.pk)})
    assert not SentFile.objects.exists()
    assert not storage.exists(path)
    assert Draft.objects.get().answers["letter"] == []


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (
            SimpleUploadedFile("plan.pdf", b"MZ\x90\x00" + b"\0" * 100),
            "is not a file that can be sent",
        ),
        (SimpleUploadedFile("page.html", b"<html><script>1</script>"), "is not a file that can be"),
        (SimpleUploadedFile("empty.pdf", b""), "is empty"),
        (SimpleUploadedFile("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is a broken picture"),
        (SimpleUploadedFile("big.pdf", b"%PDF-1.7" + b" " * (11 << 20)), "at most"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_file_that_is_not_taken_is_named_and_nothing_is_lost(client, survey, upload, said):
    upload.seek(0)
    page = send(client, survey, "4", where="The underpass", letter=[picture(), upload])
    assert page.status_code == 422
    if said != "at most":
        assert said in " ".join(errors_of(page))
    assert upload.name in " ".join(errors_of(page))
    assert "The underpass" in page.content.decode()
    assert [each.name for each in SentFile.objects.all()] == ["street.png"]


def test_one_file_too_many_is_said_so(client, survey):
    files = [picture(f"{colour}.png", colour) for colour in ("red", "green", "blue")]
    page = send(client, survey, "4", letter=files)
    assert errors_of(page) == [
        "“blue.png” was not kept, as at most 2 files can be sent here: take one out first."
    ]
    assert SentFile.objects.count() == 2


def test_the_same_file_twice_is_kept_once(client, survey):
    send(client, survey, "4", letter=picture())
    send(client, survey, "4", letter=picture())
    assert SentFile.objects.count() == 1


def test_numbers_of_files_that_are_posted_are_nobody_s(client, survey):
    draft = Draft.objects.create(
        survey=survey, key="k" * 43, begun_at="2021-12-01T12:00Z", changed_at="2021-12-01T12:00Z"
    )
    theirs = SentFile.objects.create(
        draft=draft,
        question="letter",
        file=picture(),
        name="theirs.png",
        extension="png",
        bytes=1,
        sha256="",
        came_at="2021-12-01T12:00Z",
    )
    page = send(client, survey, "4", where="Here", letter=str(theirs.pk))
    assert page.status_code == 303
    mine = Draft.objects.exclude(pk=draft.pk).get()
    assert mine.answers["letter"] == []


def test_a_press_on_the_map_marks_a_place_and_comes_back_to_it(client, survey):
    size = parsed(client.get(f"{survey.url}4/")).find("input", {"name": "where--size"})["value"]
    width, height = map(int, size.split("x"))
    pressed = {"where--point.x": str(width // 2), "where--point.y": str(height // 2)}
    page = send(client, survey, "4", where="By the river", **{"where--size": size}, **pressed)
    assert page.url == f"{survey.url}4/#field-where"
    said = Draft.objects.get().answers
    assert said["where"] == ["By the river"]
    latitude, longitude = map(float, said["where--point"][0].split(","))
    assert (latitude, longitude) == pytest.approx((51.5, -0.1), abs=0.01)
    again = parsed(client.get(f"{survey.url}4/"))
    assert again.find("g", {"data-mark": True})["transform"].startswith(f"translate({width // 2}")
    send(client, survey, "4", **{"where--point": said["where--point"][0], "where--clear": "yes"})
    assert Draft.objects.get().answers["where--point"] == []


def test_a_press_by_key_marks_nothing(client, survey):
    pressed = {"where--size": "620x413", "where--point.x": "0", "where--point.y": "0"}
    page = send(client, survey, "4", where="By the river", **pressed)
    assert page.url == f"{survey.url}5/"
    assert Draft.objects.get().answers["where--point"] == []


def test_a_press_on_the_map_scolds_nobody_for_the_rest_of_the_page(client, survey):
    survey.steps = [
        step(
            "All",
            [
                question("short_text", "name", required=True),
                question(
                    "place",
                    "where",
                    picture=factories.make_image("Map", 1200, 800),
                    north=51.7,
                    south=51.3,
                    west=-0.5,
                    east=0.3,
                ),
            ],
        )
    ]
    survey.save()
    pressed = {"where--size": "620x413", "where--point.x": "310", "where--point.y": "100"}
    page = send(client, survey, "1", **pressed)
    assert page.status_code == 200
    assert errors_of(page) == []
    assert parsed(page).find("input", {"data-point": True})["value"].startswith("51.6")


def test_questions_keep_the_numbers_of_the_whole_form(client, survey):
    send(client, survey, "1", travel="walk")
    page = parsed(client.get(f"{survey.url}2/"))
    shown = [each.get_text() for each in page.find_all(class_="question-number")]
    assert shown == ["4.", "5.", "6."]


def test_what_stands_beside_an_option_is_never_lost(client, survey):
    page = send(client, survey, "1", travel="walk", **{"travel--other": "By cargo bike"})
    assert page.status_code == 422
    assert "without choosing it" in errors_of(page)[0]
    field = parsed(page).find("input", {"name": "travel--other"})
    assert field["value"] == "By cargo bike"


def test_rows_of_a_grid_have_errors_of_their_own(client, survey):
    page = send(client, survey, "2", agree="agree", **{"streets--cleaning": "spotless"})
    summary = parsed(page).find(class_="error-summary")
    assert summary.find("a")["href"] == "#field-streets--cleaning"
    assert parsed(page).find(id="field-streets--cleaning").find(class_="error")


def test_a_step_costs_as_many_queries_with_ten_questions_as_with_one(client, settings):
    settings.PUBLIC_CACHE_SECONDS = 0

    def queries(many):
        grids = [
            question("grid", f"grid-{n}", rows=[option("a"), option("b")]) for n in range(many)
        ]
        survey = factories.make_survey(questions=grids)
        client.get(f"{survey.url}1/")
        with CaptureQueriesContext(connection) as found:
            page = client.get(f"{survey.url}1/")
        assert len(parsed(page).find_all(class_="answer-grid")) == many
        return len(found)

    assert queries(1) == queries(10)
