"""Addresses of feeds and calendars: by a consultation's key, which outlives a change of its page's
address."""

from django.urls import path

from folkmoot.consultations import feeds

urlpatterns = [
    path("feeds/news.rss", feeds.news, {"kind": "rss"}, name="news-rss"),
    path("feeds/news.atom", feeds.news, {"kind": "atom"}, name="news-atom"),
    path("feeds/calendar.ics", feeds.calendar, name="calendar"),
    path("feeds/<int:key>/news.rss", feeds.news, {"kind": "rss"}, name="consultation-rss"),
    path("feeds/<int:key>/news.atom", feeds.news, {"kind": "atom"}, name="consultation-atom"),
    path("feeds/<int:key>/calendar.ics", feeds.calendar, name="consultation-calendar"),
]
