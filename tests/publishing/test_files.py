"""Uploads: known by content, refused in a sentence, sent safely and only to whom they are for."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from PIL import Image as Picture
from tests.factories import make_document, make_home, make_upload, make_user
from tests.publishing import uploads
from wagtail.images.models import Image
from wagtail.models import Collection, ReferenceIndex

from folkmoot.publishing.clock import now
from folkmoot.publishing.files import pdfs
from folkmoot.publishing.files.access import is_public
from folkmoot.publishing.files.captions import CaptionsError, read_cues
from folkmoot.publishing.files.faults import FAULTS
from folkmoot.publishing.files.kinds import KINDS, RefusedFileError, kind_of
from folkmoot.publishing.files.storage import named_by_content
from folkmoot.publishing.files.words import read_new_words
from folkmoot.publishing.models import StandardPage, UploadedFile

DOCX = uploads.archive("[Content_Types].xml", "word/document.xml")


def refused(content: bytes, name: str) -> str:
    with pytest.raises(RefusedFileError) as error:
        kind_of(io.BytesIO(content), name)
    return str(error.value)


def test_settings_accept_exactly_the_kinds_that_are_known() -> None:
    assert set(project.WAGTAILDOCS_EXTENSIONS) == set(KINDS)


@pytest.mark.parametrize(
    ("content", "name", "extension"),
    [
        (uploads.pdf(), "holiday.jpg", "pdf"),
        (DOCX, "plan.bin", "docx"),
        (uploads.archive("[Content_Types].xml", "xl/workbook.xml"), "a", "xlsx"),
        (uploads.archive("[Content_Types].xml", "ppt/presentation.xml"), "a", "pptx"),
        (uploads.archive(mimetype="application/vnd.oasis.opendocument.text"), "a", "odt"),
        (b"\xef\xbb\xbfward,count\nRoundhay,3\n", "figures.CSV", "csv"),
        ("Café.\n".encode(), "notes.txt", "txt"),
        (b"BMI,age\n21,30\n", "figures.csv", "csv"),
        (b"MZ is no program here.\n", "notes.txt", "txt"),
        (uploads.pdf(), "plan.txt", "pdf"),
        (uploads.VTT.encode(), "message.txt", "vtt"),
        (uploads.MP4, "message.avi", "mp4"),
        (uploads.sound(), "message.wav", "wav"),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, name: str, extension: str) -> None:
    assert kind_of(io.BytesIO(content), name).extension == extension


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.pdf", "is empty"),
        (uploads.HTML, "plan.pdf", "may carry scripts"),
        (b"\xef\xbb\xbf \n" + uploads.SVG, "logo.txt", "may carry scripts"),
        (b'<?xml version="1.0"?><svg/>', "logo.csv", "may carry scripts"),
        (b"MZ" + b"\0" * 200, "plan.pdf", "not accepted"),
        (b"\0\1\2\3" * 50, "plan.pdf", "type that is not known"),
        (uploads.archive("holiday.jpg"), "plan.docx", "is an archive"),
        (
            uploads.archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "plan.docx",
            "holds macros",
        ),
        ("Café".encode("latin-1"), "figures.csv", "not written in UTF-8"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "message.vtt", "begin with WEBVTT"),
        (b"WEBVTT\n\n00:05.000 --> 00:02.000\nHello\n", "message.vtt", "ends before it begins"),
    ],
)
def test_a_file_that_is_not_accepted_is_refused_in_a_sentence(
    content: bytes, name: str, why: str
) -> None:
    sentence = refused(content, name)
    assert why in sentence
    assert name in sentence


def test_a_text_longer_than_what_is_read_at_once_is_read_to_its_end() -> None:
    text = b"a" * (1 << 20) + "é".encode()
    assert kind_of(io.BytesIO(text), "long.txt").extension == "txt"
    assert "UTF-8" in refused(text[:-1], "long.txt")


def test_captions_are_read() -> None:
    first, second = read_cues(uploads.VTT)
    assert (first.begins, first.ends, first.text) == (0.0, 2.0, "Good morning.")
    assert second.ends == 4.5


def test_captions_may_have_names_notes_and_settings() -> None:
    cues = read_cues(
        "WEBVTT - message\nKind: captions\n\nNOTE by the editor\n\nSTYLE\n::cue { color: red }\n\n"
        "opening\n01:00:00.000 --> 01:00:02.500 align:start\nGood\nmorning.\n"
    )
    assert [(cue.begins, cue.text) for cue in cues] == [(3600.0, "Good morning.")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("WEBVTT\n\n", "no captions"),
        ("WEBVTTX\n", "first line"),
        ("WEBVTT\n\nHello\n", "Line 3 belongs to no caption"),
        ("WEBVTT\n\n00:01 --> 00:02\nHello\n", "Line 3 has no readable times"),
        ("WEBVTT\n\nname\n00:01.000 --> 00:02.000\n", "line 4 has no words"),
    ],
)
def test_captions_that_no_player_shows_are_refused(text: str, why: str) -> None:
    with pytest.raises(CaptionsError, match=why):
        read_cues(text)


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (uploads.pdf(), ()),
        (uploads.pdf_without("/MarkInfo", "/StructTreeRoot"), ("no-tags",)),
        (uploads.pdf_without("/Lang"), ("no-language",)),
        (uploads.pdf_without(title=False), ("no-title",)),
        (uploads.scan(), ("no-text",)),
        (uploads.locked(), ("locked",)),
        (uploads.locked(revision=3), ("locked",)),
        (uploads.locked(user=""), ("locked",)),
    ],
)
def test_a_pdf_is_checked_for_what_a_screen_reader_needs(
    content: bytes, faults: tuple[str, ...]
) -> None:
    checked = pdfs.check(io.BytesIO(content), "plan.pdf")
    assert checked.faults == faults
    assert all(name in FAULTS for name in faults)
    assert checked.pages == (None if faults == ("locked",) else uploads.pages(content))


def test_a_pdf_cut_short_is_refused() -> None:
    with pytest.raises(RefusedFileError, match="cannot be read as a PDF"):
        pdfs.check(io.BytesIO(b"%PDF-1.7\n" + b"nothing" * 40), "plan.pdf")


class HalfMapped:
    """A page in a font of which half a character and a zero come out, as some PDFs have it."""

    def extract_text(self) -> str:
        return "a\ud835b\0c"


def test_text_that_no_database_keeps_is_left_out() -> None:
    assert pdfs._text(HalfMapped()) == "a?b c"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("documents/The Draft (v2).PDF", "documents/the-draft-v2-5994471abb.pdf"),
        ("documents/Ünï/cødé?.pdf", "documents/Ünï/cde-5994471abb.pdf"),
        ("خطة.pdf", "file-5994471abb.pdf"),
        (".htaccess", "htaccess-5994471abb"),
        ("a.php.pdf", "a-php-5994471abb.pdf"),
        ("x" * 300 + ".pdf", "x" * 60 + "-5994471abb.pdf"),
    ],
)
def test_names_are_made_safe_and_say_what_is_in_the_file(name: str, safe: str) -> None:
    assert named_by_content(name, ContentFile(b"abc" * 0 + b"12345")) == safe


def upload(client: Client, content: bytes, name: str) -> Any:
    file = SimpleUploadedFile(name, content)
    address = reverse("wagtaildocs:add")
    return client.post(address, {"title": "The plan", "file": file, "collection": _root().pk})


def _root() -> Collection:
    return Collection.get_first_root_node()


@pytest.fixture
def officer(client: Client) -> Client:
    user = make_user()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("bytes_in_memory", [0, 2_500_000])
def test_an_upload_is_kept_under_the_extension_of_its_content(
    officer: Client, settings: Any, bytes_in_memory: int
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = bytes_in_memory
    assert upload(officer, uploads.pdf(), "Plan final FINAL.docx").status_code == 302
    file = UploadedFile.objects.get()
    assert (file.kind, file.pages, file.faults) == ("pdf", 2, [])
    assert file.filename.startswith("plan-final-final-")
    assert file.filename.endswith(".pdf")
    assert file.file_size == len(uploads.pdf())


@pytest.mark.django_db
def test_a_page_called_a_pdf_is_refused_and_nothing_is_kept(officer: Client) -> None:
    response = upload(officer, uploads.HTML, "plan.pdf")
    assert response.status_code == 200
    assert "may carry scripts" in response.content.decode()
    assert "is not allowed" not in response.content.decode()
    assert not UploadedFile.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused(officer: Client, settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    assert "too big" in upload(officer, uploads.pdf(), "plan.pdf").content.decode()
    assert not UploadedFile.objects.exists()


@pytest.mark.django_db
def test_the_editor_is_told_what_a_pdf_fails_and_how_to_mend_it(officer: Client) -> None:
    untagged = uploads.pdf_without("/MarkInfo", "/StructTreeRoot")
    response = officer.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "The plan", "files[]": SimpleUploadedFile("plan.pdf", untagged)},
    )
    assert "Document structure tags" in response.json()["form"]
    file = UploadedFile.objects.get()
    page = officer.get(reverse("wagtaildocs:edit", args=[file.pk])).content.decode()
    assert escape(FAULTS["no-tags"][0]) in page
    assert escape(FAULTS["no-title"][0]) not in page


@pytest.mark.django_db
def test_words_of_a_pdf_are_read_once_and_again_when_it_is_replaced() -> None:
    file = make_upload()
    other = make_upload("notes.txt", b"A zebra.")
    read_new_words(now())
    file.refresh_from_db()
    assert "the zebra crossing by the school" in file.words
    assert file.words_of == file.file_hash
    UploadedFile.objects.filter(pk=file.pk).update(words="kept")
    read_new_words(now())
    file.refresh_from_db()
    assert file.words == "kept"
    file.file.save("plan.pdf", ContentFile(uploads.scan()))
    file._set_document_file_metadata()
    file.save()
    read_new_words(now())
    file.refresh_from_db()
    assert file.words == ""
    other.refresh_from_db()
    assert other.words == ""


@pytest.mark.django_db
def test_words_of_a_pdf_find_it() -> None:
    file = make_upload()
    read_new_words(now())
    assert list(UploadedFile.objects.search("zebra")) == [file]


@pytest.mark.django_db
def test_a_missing_file_counts_as_read() -> None:
    file = make_upload()
    Path(file.file.path).unlink()
    read_new_words(now())
    file.refresh_from_db()
    assert (file.words, file.words_of) == ("", file.file_hash)


@pytest.fixture
def offered() -> UploadedFile:
    """A file that a published document offers."""
    file = make_upload()
    make_document(versions=[("final", date(2022, 3, 24), [{"kind": "pdf", "file": file}])])
    return file


def whole(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_a_published_file_is_sent_as_what_it_is(client: Client, offered: UploadedFile) -> None:
    response = client.get(offered.url)
    assert response.status_code == 200
    assert whole(response) == uploads.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Accept-Ranges"] == "bytes"
    assert "public" in response["Cache-Control"]


@pytest.mark.django_db
def test_what_a_browser_need_not_show_is_only_saved(client: Client) -> None:
    file = make_upload("figures.csv", b"ward,count\n")
    make_document(versions=[("final", date(2022, 3, 24), [{"kind": "large-print", "file": file}])])
    response = client.get(file.url)
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Security-Policy"].endswith("sandbox")


@pytest.mark.django_db
def test_a_file_kept_before_its_type_was_known_is_only_saved(client: Client) -> None:
    """Such as a drawing put there past the form: its name decides nothing."""
    name = default_storage.save("documents/logo.svg", ContentFile(uploads.SVG, "logo.svg"))
    file = UploadedFile.objects.create(title="Logo", file=name)
    make_document(versions=[("final", date(2022, 3, 24), [{"kind": "large-print", "file": file}])])
    response = client.get(file.url)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "status", "content_range", "part"),
    [
        ("bytes=0-9", 206, "bytes 0-9/8044", slice(0, 10)),
        ("bytes=8000-", 206, "bytes 8000-8043/8044", slice(8000, None)),
        ("bytes=-44", 206, "bytes 8000-8043/8044", slice(8000, None)),
        ("bytes=0-99999", 206, "bytes 0-8043/8044", slice(0, None)),
        ("bytes=9000-", 416, "bytes */8044", slice(0, 0)),
        ("bytes=0-1,5-6", 200, None, slice(0, None)),
        ("bytes=9-2", 200, None, slice(0, None)),
        ("bytes=-", 200, None, slice(0, None)),
    ],
)
def test_a_player_may_ask_for_a_part(
    client: Client, asked: str, status: int, content_range: str | None, part: slice
) -> None:
    content = uploads.sound()
    file = make_upload("message.wav", content)
    make_document(versions=[("final", date(2022, 3, 24), [{"kind": "audio", "file": file}])])
    response = client.get(file.url, headers={"Range": asked})
    assert response.status_code == status
    assert response.get("Content-Range") == content_range
    sent = whole(response) if response.streaming else response.content
    assert sent == content[part]
    if status != 416:
        assert int(response["Content-Length"]) == len(sent)


@pytest.mark.django_db
def test_a_part_of_an_older_file_is_not_joined_to_a_newer(
    client: Client, offered: UploadedFile
) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": '"another"'}
    assert client.get(offered.url, headers=headers).status_code == 200


@pytest.mark.django_db
def test_a_file_that_is_had_already_is_not_sent_again(
    client: Client, offered: UploadedFile
) -> None:
    etag = client.get(offered.url)["ETag"]
    assert client.get(offered.url, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.django_db
def test_a_file_that_nothing_published_offers_is_for_staff(client: Client) -> None:
    file = make_upload()
    assert client.get(file.url).status_code == 404
    client.force_login(make_user())
    response = client.get(file.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_file_of_an_unpublished_document_is_for_staff(
    client: Client, offered: UploadedFile
) -> None:
    offered.formats.get().version.document.unpublish()
    assert client.get(offered.url).status_code == 404


@pytest.mark.django_db
def test_a_file_of_a_version_to_come_is_for_staff_until_its_day(
    client: Client, settings: Any
) -> None:
    file = make_upload()
    make_document(versions=[("final", date(2022, 3, 24), [{"kind": "pdf", "file": file}])])
    settings.FOLKMOOT_AT = "2022-03-23T23:30:00"
    assert client.get(file.url).status_code == 404
    settings.FOLKMOOT_AT = "2022-03-24T00:30:00"
    assert client.get(file.url).status_code == 200


@pytest.mark.django_db
def test_the_index_of_references_does_not_bring_a_version_forward(settings: Any) -> None:
    file = make_upload()
    page = make_document(versions=[("final", date(2022, 3, 24), [{"kind": "pdf", "file": file}])])
    ReferenceIndex.create_or_update_for_object(page)
    assert ReferenceIndex.get_references_to(file).exists()
    settings.FOLKMOOT_AT = "2022-03-23T12:00:00"
    assert not is_public(file, now())


@pytest.mark.django_db
def test_a_file_that_a_published_text_links_to_is_public() -> None:
    file = make_upload()
    body = [("text", f'<p><a linktype="document" id="{file.pk}">the plan</a></p>')]
    page = StandardPage(title="Plans", slug="plans", body=body)
    make_home().add_child(instance=page)
    ReferenceIndex.create_or_update_for_object(page)
    assert is_public(file, now())
    page.unpublish()
    assert not is_public(file, now())


@pytest.mark.django_db
def test_a_file_of_a_private_collection_stays_private(
    client: Client, offered: UploadedFile
) -> None:
    offered.collection.view_restrictions.create(restriction_type="login")
    assert client.get(offered.url).status_code == 302


@pytest.mark.django_db
def test_an_address_with_another_name_leads_nowhere(client: Client, offered: UploadedFile) -> None:
    assert client.get(f"/documents/{offered.pk}/plan.pdf").status_code == 404


@pytest.fixture
def photograph() -> Image:
    out = io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(out, "PNG")
    return Image.objects.create(title="A street", file=ContentFile(out.getvalue(), "street.png"))


@pytest.mark.django_db
def test_a_picture_is_sent_to_everybody_and_may_be_kept(client: Client, photograph: Image) -> None:
    response = client.get(photograph.get_rendition("width-20").url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert whole(response).startswith(b"\x89PNG")
    again = client.get(
        photograph.get_rendition("width-20").url, headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_a_drawing_that_may_carry_scripts_is_no_picture(officer: Client, name: str) -> None:
    file = SimpleUploadedFile(name, uploads.SVG, content_type="image/png")
    response = officer.post(reverse("wagtailimages:add"), {"title": "Logo", "file": file})
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not Image.objects.exists()


@pytest.mark.django_db
def test_an_original_picture_is_for_staff(client: Client, photograph: Image) -> None:
    assert client.get(photograph.file.url).status_code == 404
    client.force_login(make_user())
    assert client.get(photograph.file.url).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "images/../documents/plan.png",
        "images/../../secret-key",
        "images/%2e%2e/%2e%2e/secret-key",
        "images//etc/passwd",
        "images/nothing.png",
        "images",
        "images/%00.png",
    ],
)
def test_an_address_leads_to_nothing_but_pictures(client: Client, name: str) -> None:
    assert client.get(f"/media/{name}").status_code in (400, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [uploads.SVG, uploads.HTML, uploads.pdf()])
def test_what_is_called_a_picture_and_is_none_is_not_sent(client: Client, content: bytes) -> None:
    name = default_storage.save("images/logo.png", ContentFile(content, "logo.png"))
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.django_db
def test_an_uploaded_file_cannot_be_had_as_a_picture(client: Client, offered: UploadedFile) -> None:
    assert client.get(f"/media/{offered.file.name}").status_code == 404
