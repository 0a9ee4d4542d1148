"""Addresses of following."""

from django.urls import path

from folkmoot.publishing.following import views

urlpatterns = [
    path("", views.follow, name="follow"),
    path("asked/", views.asked, name="follow-asked"),
    path("confirm/<str:token>/", views.confirm, name="follow-confirm"),
    path("mine/<str:token>/", views.manage, name="follow-manage"),
    path("stop/<str:token>/", views.stop, name="follow-stop"),
]
