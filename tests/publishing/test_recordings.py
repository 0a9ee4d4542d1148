"""Recorded messages: the words always, a player of ours, and another site's only on consent."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.template.loader import render_to_string
from django.test import Client
from tests.factories import make_recording, make_upload, make_user
from tests.publishing import uploads

from folkmoot.publishing.models import Recording
from folkmoot.publishing.presenters.recordings import recording_shown

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"

pytestmark = pytest.mark.django_db


def shown(recording: Recording) -> BeautifulSoup:
    context = {"recording": recording_shown(recording)}
    html = render_to_string("publishing/components/recording.html", context)
    return BeautifulSoup(html, "html.parser")


def test_a_video_plays_here_with_its_captions_and_its_words() -> None:
    video = make_upload("message.mp4", uploads.MP4)
    captions = make_upload("message.vtt", uploads.VTT.encode())
    component = shown(make_recording(media_file=video, captions=captions, minutes=3))
    assert component.video["preload"] == "metadata"
    assert component.video.source["type"] == "video/mp4"
    assert component.video.source["src"] == video.url
    assert component.video.track["kind"] == "captions"
    assert component.video.track["src"] == captions.url
    assert "Tell us what we have missed." in component.details.text
    assert "3 minutes" in component.text


def test_sound_plays_here_with_its_words() -> None:
    component = shown(make_recording(media_file=make_upload("message.wav", uploads.sound())))
    assert component.audio["src"].endswith(".wav")
    assert component.video is None
    assert "Tell us what we have missed." in component.text


def test_a_recording_of_which_only_the_words_are_there_shows_them_open() -> None:
    component = shown(make_recording())
    assert component.details is None
    assert "Tell us what we have missed." in component.text


def test_nothing_of_another_site_loads_before_consent(client: Client) -> None:
    recording = make_recording(elsewhere_url=YOUTUBE)
    component = shown(recording)
    assert component.select("iframe, img, script, video, link") == []
    assert component.a["href"] == f"/recordings/{recording.pk}/"
    assert "set cookies" in component.text
    assert "Tell us what we have missed." in component.text


def test_the_player_of_another_site_stands_on_a_page_of_its_own(client: Client) -> None:
    recording = make_recording(elsewhere_url=YOUTUBE)
    response = client.get(f"/recordings/{recording.pk}/")
    page = BeautifulSoup(response.content, "html.parser")
    assert page.iframe["src"] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert page.iframe["title"]
    assert "frame-src https://www.youtube-nocookie.com" in response["Content-Security-Policy"]
    assert "Tell us what we have missed." in page.main.text
    assert "frame-src" not in client.get("/design/")["Content-Security-Policy"]


@pytest.mark.parametrize("fields", [{}, {"elsewhere_url": YOUTUBE, "live": False}])
def test_there_is_no_player_of_what_is_kept_here_or_not_published(
    client: Client, fields: dict[str, Any]
) -> None:
    recording = make_recording(**fields)
    assert client.get(f"/recordings/{recording.pk}/").status_code == 404


def test_a_recording_that_is_not_published_is_shown_nowhere(client: Client) -> None:
    sound = make_upload("message.wav", uploads.sound())
    recording = make_recording(media_file=sound, live=False)
    assert recording_shown(recording) is None
    assert recording_shown(None) is None
    assert client.get(sound.url).status_code == 404
    recording.save_revision().publish()
    assert client.get(sound.url).status_code == 200


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?t=3", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        (
            "https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com.example.org/76979871", None),
        ("http://www.youtube.com/watch?v=dQw4w9WgXcQ", None),
        ("https://www.youtube.com/@mayor", None),
        ("https://example.org/?u=https://youtu.be/dQw4w9WgXcQ", None),
    ],
)
def test_only_players_that_are_known_are_loaded(address: str, player: str | None) -> None:
    found = Recording(elsewhere_url=address).player
    assert (found[2] if found else None) == player


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"media_file": "message.mp4"}, "A video needs captions"),
        ({"media_file": "plan.pdf"}, "is a PDF file: choose a video"),
        ({"media_file": "message.mp4", "captions": "plan.pdf"}, "choose captions in WebVTT"),
        ({"elsewhere_url": "https://example.org/video"}, "not that of a video on YouTube or Vimeo"),
        ({"media_file": "message.wav", "elsewhere_url": YOUTUBE}, "here or elsewhere, not both"),
        ({"transcript": ""}, "cannot be blank"),
    ],
)
def test_a_recording_that_not_everybody_can_follow_is_refused(
    fields: dict[str, Any], why: str
) -> None:
    contents = {"plan.pdf": None, "message.mp4": uploads.MP4, "message.wav": uploads.sound()}
    fields = {
        name: make_upload(given, contents[given]) if given in contents else given
        for name, given in fields.items()
    }
    recording = Recording(**{"title": "A message", "transcript": "<p>Hello.</p>"} | fields)
    with pytest.raises(ValidationError) as error:
        recording.full_clean()
    assert why in " ".join(error.value.messages)


def test_the_database_holds_a_recording_to_one_place() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_recording(
            media_file=make_upload("message.wav", uploads.sound()), elsewhere_url=YOUTUBE
        )


def test_an_officer_adds_a_recording_in_the_admin(client: Client) -> None:
    user = make_user()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    form = {
        "title": "A message from the deputy mayor",
        "speaker": "Deputy Mayor",
        "recorded_on": "2021-11-16",
        "minutes": "3",
        "media_file": make_upload("message.mp4", uploads.MP4).pk,
        "captions": make_upload("message.vtt", uploads.VTT.encode()).pk,
        "poster": "",
        "elsewhere_url": "",
        "transcript": '{"blocks":[{"key":"a","text":"Good morning.","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[],"entityRanges":[],"data":{}}],"entityMap":{}}',
        "action-publish": "1",
    }
    response = client.post("/admin/snippets/publishing/recording/add/", form)
    assert response.status_code == 302, response.context["form"].errors
    assert Recording.objects.get().live


def test_a_draft_that_names_a_deleted_file_opens(client: Client) -> None:
    recording = make_recording()
    recording.media_file = make_upload("message.wav", uploads.sound())
    recording.save_revision()
    recording.media_file.delete()
    assert Recording.objects.get().get_latest_revision_as_object().media_file is None


def test_a_file_that_a_recording_plays_cannot_be_deleted() -> None:
    sound = make_upload("message.wav", uploads.sound())
    make_recording(media_file=sound)
    with pytest.raises(ProtectedError), transaction.atomic():
        sound.delete()
