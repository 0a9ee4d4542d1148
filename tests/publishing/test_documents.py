"""Documents: versions and formats as editors give them and as the public sees them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from tests.factories import (
    make_consultation,
    make_document,
    make_home,
    make_upload,
    make_user,
)
from tests.publishing import uploads
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from folkmoot.publishing import languages
from folkmoot.publishing.files.words import read_new_words
from folkmoot.publishing.models import (
    DocumentFormat,
    DocumentPage,
    DocumentVersion,
    StandardPage,
    UploadedFile,
)
from folkmoot.publishing.presenters.documents import documents_of, format_line

DRAFT, FINAL = date(2021, 11, 16), date(2022, 3, 24)
BETWEEN = datetime(2022, 1, 1, 12, tzinfo=UTC)
AFTER = datetime(2022, 4, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def make_page(title: str = "The plan on the web", **fields: Any) -> Page:
    slug = fields.pop("slug", title.lower().replace(" ", "-"))
    page = StandardPage(title=title, slug=slug, **fields)
    make_home().add_child(instance=page)
    return page.page_ptr


@pytest.fixture
def in_two_versions() -> DocumentPage:
    draft, final = make_page("The draft"), make_page("The final plan")
    return make_document(
        slug="the-plan",
        versions=[
            ("draft", DRAFT, [{"kind": "web", "web_page": draft}]),
            (
                "final",
                FINAL,
                [
                    {"kind": "pdf", "file": make_upload("final.pdf")},
                    {"kind": "web", "web_page": final},
                ],
            ),
        ],
    )


def test_a_document_shows_its_newest_version_first_and_keeps_the_others(
    client: Client, in_two_versions: DocumentPage
) -> None:
    page = BeautifulSoup(client.get(in_two_versions.url).content, "html.parser")
    assert page.select_one(".tags").get_text(strip=True) == "Final version"
    main = page.select_one("main")
    current, earlier = main.select_one("#final-2022-03-24"), main.select_one("#earlier")
    assert current.select_one(".formats a").get_text() == "The plan: Web page"
    assert "superseded by the final version of 24 march 2022" in earlier.get_text().lower()
    assert earlier.select_one(".formats a")["href"].endswith("/the-draft/")


def test_a_version_is_not_shown_before_its_day(
    client: Client, in_two_versions: DocumentPage, settings: Any
) -> None:
    settings.FOLKMOOT_AT = "2022-01-01T12:00:00"
    text = client.get(in_two_versions.url).content.decode()
    assert "Final version" not in text
    assert "Draft" in text
    assert in_two_versions.seconds_unchanged(BETWEEN) == 12 * 3600
    assert in_two_versions.seconds_unchanged(AFTER) is None


def test_a_document_before_its_first_version_says_so(
    client: Client, in_two_versions: DocumentPage, settings: Any
) -> None:
    settings.FOLKMOOT_AT = "2021-11-15T12:00:00"
    assert "not out yet" in client.get(in_two_versions.url).content.decode()


def test_a_correction_takes_the_place_of_a_final_version_of_the_same_day() -> None:
    page = make_page()
    document = make_document(
        versions=[
            (kind, FINAL, [{"kind": "web", "web_page": page}])
            for kind in ("correction", "draft", "final")
        ]
    )
    shown = documents_of(document.get_parent(), AFTER)
    assert [each["version"] for each in shown] == ["Corrected version", "Final version", "Draft"]


def test_the_web_page_of_an_old_version_says_what_has_taken_its_place(
    client: Client, in_two_versions: DocumentPage
) -> None:
    text = client.get("/the-draft/").content.decode()
    assert "not the current version" in text
    assert in_two_versions.url in text
    assert "not the current version" not in client.get("/the-final-plan/").content.decode()


def test_the_web_page_of_a_draft_is_current_until_the_final_plan_is_out(
    client: Client, in_two_versions: DocumentPage, settings: Any
) -> None:
    settings.FOLKMOOT_AT = "2022-01-01T12:00:00"
    response = client.get("/the-draft/")
    assert "not the current version" not in response.content.decode()
    assert 11 * 3600 < response.wsgi_request.seconds_unchanged <= 12 * 3600


def test_a_page_that_is_no_document_says_nothing_of_versions(client: Client) -> None:
    make_page("Contact")
    page = BeautifulSoup(client.get("/contact/").content, "html.parser")
    assert page.select_one(".notice") is None
    assert page.select_one("main [lang]") is None


def test_a_translation_carries_its_language_and_direction(client: Client) -> None:
    web = make_page("خطة", slug="plan-ar")
    document = make_document(
        versions=[
            (
                "final",
                FINAL,
                [
                    {"kind": "translation", "language": "ar", "web_page": web},
                    {"kind": "translation", "language": "cy", "file": make_upload()},
                ],
            )
        ]
    )
    page = BeautifulSoup(client.get(document.url).content, "html.parser")
    arabic, welsh = page.select(".formats a")
    assert arabic["hreflang"] == "ar"
    assert (arabic.bdi["lang"], arabic.bdi["dir"], arabic.bdi.text) == ("ar", "rtl", "العربية")
    assert "Arabic, web page" in arabic.text
    assert (welsh.bdi["lang"], welsh.bdi["dir"]) == ("cy", "ltr")
    text = BeautifulSoup(client.get("/plan-ar/").content, "html.parser")
    assert (text.h1["lang"], text.h1["dir"]) == ("ar", "rtl")
    assert text.select_one('.prose[lang="ar"][dir="rtl"]') is not None


def test_every_language_has_a_known_direction_and_its_own_name() -> None:
    assert {each.dir for each in languages.LANGUAGES.values()} == {"ltr", "rtl"}
    rightwards = {code for code, each in languages.LANGUAGES.items() if each.dir == "rtl"}
    assert rightwards == {"ar", "ckb", "fa", "he", "pa-Arab", "ps", "ur", "yi"}
    assert all(each.own_name and each.name for each in languages.LANGUAGES.values())


def test_a_format_says_its_type_size_and_length() -> None:
    file = make_upload()
    UploadedFile.objects.filter(pk=file.pk).update(file_size=1_468_006, pages=24)
    file.refresh_from_db()
    for fields, label in (
        ({"kind": "easy-read", "file": file}, "Easy read (PDF, 1.4\xa0MB, 24 pages)"),
        ({"kind": "pdf", "file": file}, "PDF (1.4\xa0MB, 24 pages)"),
        ({"kind": "translation", "language": "fr", "file": file},
         "Français (French, PDF, 1.4\xa0MB, 24 pages)"),
        ({"kind": "bsl", "file": make_upload("bsl.mp4", uploads.MP4), "minutes": 6},
         "British Sign Language video (MP4 video, 64\xa0bytes, 6 minutes)"),
        ({"kind": "web", "web_page": make_page()}, "Web page"),
        ({"kind": "easy-read", "web_page": make_page("Short")}, "Easy read (web page)"),
    ):  # fmt: skip
        assert format_line(DocumentFormat(**fields))["label"] == label


def test_a_format_whose_page_is_gone_is_left_out(
    client: Client, in_two_versions: DocumentPage
) -> None:
    StandardPage.objects.get(slug="the-draft").unpublish()
    page = BeautifulSoup(client.get(in_two_versions.url).content, "html.parser")
    assert page.select("#earlier .formats a") == []


def test_a_file_that_a_version_offers_cannot_be_deleted(in_two_versions: DocumentPage) -> None:
    with pytest.raises(ProtectedError), transaction.atomic():
        UploadedFile.objects.get().delete()


def test_documents_of_a_page_come_current_first_and_superseded_last() -> None:
    consultation = make_consultation()
    page = make_page()
    web = [{"kind": "web", "web_page": page}]
    make_document(
        consultation, title="The plan", versions=[("draft", DRAFT, web), ("final", FINAL, web)]
    )
    make_document(consultation, title="Equality", versions=[("final", DRAFT, web)])
    make_document(consultation, title="To come", versions=[("final", date(2023, 1, 1), web)])
    make_document(consultation, title="Hidden", versions=[("final", DRAFT, web)]).unpublish()
    make_document(title="Elsewhere", versions=[("final", DRAFT, web)])
    shown = documents_of(consultation, AFTER)
    assert [(each["title"], each["version"], each["superseded_by"]) for each in shown] == [
        ("The plan", "Final version", ""),
        ("Equality", "Final version", ""),
        ("The plan", "Draft", "Final version"),
    ]
    assert shown[0]["formats"][0]["url"] == page.url
    assert shown[2]["url"].endswith("#draft-2021-11-16")
    assert [each["version"] for each in documents_of(consultation, BETWEEN)] == [
        "Draft",
        "Final version",
    ]


def _with_versions(number: int, parent: Page | None = None) -> DocumentPage:
    pages = [make_page(f"Page {number} {each}") for each in range(number)]
    file = make_upload()
    kinds = ("pdf", "easy-read", "large-print")
    return make_document(
        parent,
        versions=[
            (
                "draft",
                date(2021, 1, 1 + each),
                [
                    {"kind": "web", "web_page": pages[each]},
                    *({"kind": kind, "file": file} for kind in kinds[: 1 + each]),
                ],
            )
            for each in range(number)
        ],
    )


def test_a_document_asks_as_often_for_ten_versions_as_for_one(
    client: Client, django_assert_num_queries: Any, settings: Any
) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0
    small, large = _with_versions(1), _with_versions(10)
    client.get(small.url)
    with django_assert_num_queries(QUERIES_OF_A_DOCUMENT):
        client.get(small.url)
    with django_assert_num_queries(QUERIES_OF_A_DOCUMENT):
        client.get(large.url)


QUERIES_OF_A_DOCUMENT = 14


def test_a_list_of_documents_asks_six_times_however_many(django_assert_num_queries: Any) -> None:
    few, many = make_consultation(), make_consultation()
    _with_versions(1, few)
    for number in range(2, 5):
        _with_versions(number, many)
    documents_of(few, AFTER)
    for parent, rows in ((few, 1), (many, 9)):
        with django_assert_num_queries(6):
            assert len(documents_of(parent, AFTER)) == rows


def test_a_document_is_found_by_the_words_of_its_files() -> None:
    document = make_document(versions=[("final", FINAL, [{"kind": "pdf", "file": make_upload()}])])
    assert not DocumentPage.objects.search("zebra")
    read_new_words(AFTER)
    assert list(DocumentPage.objects.search("zebra")) == [document]


def test_the_database_holds_a_format_to_one_place(in_two_versions: DocumentPage) -> None:
    held = DocumentFormat.objects.filter(kind="pdf")
    with pytest.raises(IntegrityError), transaction.atomic():
        held.update(web_page=make_page("Another"))


def test_the_database_holds_a_document_to_one_version_of_a_kind_a_day(
    in_two_versions: DocumentPage,
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersion.objects.create(document=in_two_versions, kind="draft", published_on=DRAFT)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "pdf"}, "has no page and no file"),
        ({"kind": "web"}, "has no page and no file"),
        ({"kind": "web", "file": "plan.pdf"}, "choose the page, not a file"),
        ({"kind": "pdf", "web_page": True}, "needs a file: choose a PDF"),
        (
            {"kind": "pdf", "file": "notes.txt"},
            "needs a PDF, and “The plan” is a file of type text",
        ),
        ({"kind": "bsl", "file": "plan.pdf"}, "needs a video"),
        ({"kind": "audio", "file": "message.mp4"}, "needs sound"),
        ({"kind": "translation", "file": "plan.pdf"}, "Choose the language"),
        ({"kind": "pdf", "file": "plan.pdf", "language": "cy"}, "is a translation"),
        ({"kind": "easy-read", "file": "plan.pdf", "web_page": True}, "a page or a file, not both"),
    ],
)
def test_a_format_that_cannot_be_is_refused_in_a_sentence(fields: dict[str, Any], why: str) -> None:
    contents = {"plan.pdf": None, "notes.txt": b"Notes", "message.mp4": uploads.MP4}
    if name := fields.get("file"):
        fields = fields | {"file": make_upload(name, contents[name])}
    if fields.get("web_page"):
        fields = fields | {"web_page": make_page()}
    version = _with_versions(1).versions.get()
    with pytest.raises(ValidationError) as error:
        DocumentFormat(version=version, **fields).full_clean()
    assert why in " ".join(error.value.messages)


@pytest.fixture
def editor(client: Client) -> Client:
    user = make_user()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return client


def version_form(
    kind: str, day: str, *formats: dict[str, Any], changed: str = ""
) -> dict[str, Any]:
    """Return a version as the editor's form sends it."""
    rows = [
        {"kind": "pdf", "language": "en-GB", "web_page": "", "file": "", "minutes": ""} | each
        for each in formats
    ]
    return {
        "kind": kind,
        "published_on": day,
        "what_changed": changed,
        "formats": inline_formset(rows),
    }


def send(client: Client, *versions: dict[str, Any], publish: bool = True) -> Any:
    form = {
        "title": "The plan",
        "slug": "the-plan",
        "summary": "",
        "search_description": "",
        "seo_title": "",
        "versions": inline_formset(versions),
        "comments": inline_formset([]),
    } | ({"action-publish": "1"} if publish else {})
    home = make_home()
    address = f"/admin/pages/add/publishing/documentpage/{home.pk}/"
    return client.post(address, nested_form_data(form))


def test_an_officer_publishes_a_document_in_the_admin(editor: Client) -> None:
    draft, final = make_upload("draft.pdf"), make_upload("final.pdf")
    response = send(
        editor,
        version_form("draft", "2021-11-16", {"file": draft.pk}),
        version_form(
            "final",
            "2022-03-24",
            {"file": final.pk},
            {"kind": "translation", "language": "cy", "file": draft.pk},
            changed="Victims come first.",
        ),
    )
    assert response.status_code == 302, response.context["form"].errors
    text = editor.get("/the-plan/").content.decode()
    assert "Victims come first." in text
    assert "Cymraeg" in text
    assert "Superseded by the final version" in text


@pytest.mark.parametrize(
    ("versions", "why"),
    [
        ([("draft", "2021-11-16", [{}], "")], "has no page and no file"),
        (
            [("draft", "2021-11-16", [{"file": True}], "")] * 2,
            "Another version of the kind “Draft” has the date 16 November 2021",
        ),
        (
            [("draft", "2021-11-16", [{"file": True}, {"file": True}], "")],
            "This version has a file as “PDF” already",
        ),
        (
            [("correction", "2021-11-16", [{"file": True}], " ")],
            "Say what the correction changes",
        ),
    ],
)
@pytest.mark.parametrize("publish", [True, False])
def test_the_editor_refuses_in_a_sentence_and_keeps_what_was_typed(
    editor: Client, versions: list[Any], why: str, publish: bool
) -> None:
    file = make_upload()
    response = send(
        editor,
        *(
            version_form(
                kind, day, *({"file": file.pk} if each else {} for each in formats), changed=changed
            )
            for kind, day, formats, changed in versions
        ),
        publish=publish,
    )
    assert response.status_code == 200
    text = response.content.decode()
    assert why in text
    assert "2021-11-16" in text
    assert not DocumentPage.objects.exists()


def test_the_editor_is_told_beside_a_format_what_its_file_fails(editor: Client) -> None:
    untagged = make_upload("plan.pdf", uploads.pdf_without("/MarkInfo", "/StructTreeRoot"))
    document = make_document(
        versions=[
            ("final", FINAL, [{"kind": "pdf", "file": untagged}]),
            ("draft", DRAFT, [{"kind": "pdf", "file": make_upload()}]),
        ]
    )
    page = editor.get(f"/admin/pages/{document.pk}/edit/").content.decode()
    assert page.count("Document structure tags") == 1


def test_a_draft_is_previewed_with_its_versions(editor: Client) -> None:
    document = make_document(versions=[("draft", DRAFT, [{"kind": "pdf", "file": make_upload()}])])
    document.versions.add(DocumentVersion(kind="final", published_on=FINAL))
    document.save_revision()
    text = editor.get(f"/admin/pages/{document.pk}/view_draft/").content.decode()
    assert "Final version" in text
    assert "Final version" not in editor.get(document.url).content.decode()


def test_a_draft_that_names_a_deleted_file_opens(editor: Client) -> None:
    kept, lost = make_upload("kept.pdf"), make_upload("lost.pdf")
    document = make_document(versions=[("draft", DRAFT, [{"kind": "pdf", "file": kept}])])
    version = DocumentVersion(kind="final", published_on=FINAL, sort_order=1)
    version.formats = [DocumentFormat(kind="pdf", file=lost)]
    document.versions.add(version)
    document.save_revision()
    lost.delete()
    response = editor.get(f"/admin/pages/{document.pk}/edit/")
    assert response.status_code == 200
    formats = [
        form.formsets["formats"].forms[0].instance.file_id
        for form in response.context["form"].formsets["versions"].forms
    ]
    assert formats == [kept.pk, None]


def test_an_officer_who_publishes_a_failing_file_is_told(editor: Client) -> None:
    untagged = make_upload("plan.pdf", uploads.pdf_without("/MarkInfo", "/StructTreeRoot"))
    send(editor, version_form("draft", "2021-11-16", {"file": untagged.pk}))
    assert DocumentPage.objects.get().live
    told = editor.get("/admin/").content.decode()
    assert "cannot be read by everybody" in told
    assert f"/admin/documents/edit/{untagged.pk}/" in told
