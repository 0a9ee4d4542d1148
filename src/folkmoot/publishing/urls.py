"""Addresses that are not Wagtail pages."""

from django.urls import include, path

from folkmoot.publishing import recordings, sitemaps, views
from folkmoot.publishing.files.serving import picture
from folkmoot.publishing.search.views import search

urlpatterns = [
    path("brand-<slug:key>.css", views.brand, name="brand"),
    path("design/", views.design, name="design"),
    path("follow/", include("folkmoot.publishing.following.urls")),
    path("search/", search, name="search"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("media/<path:name>", picture, name="picture"),
    path("recordings/<int:recording_id>/", recordings.player, name="recording"),
]
