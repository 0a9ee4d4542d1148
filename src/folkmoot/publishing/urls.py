"""Addresses that are not Wagtail pages."""

from django.urls import path

from folkmoot.publishing import views

urlpatterns = [
    path("brand-<slug:key>.css", views.brand, name="brand"),
    path("design/", views.design, name="design"),
]
