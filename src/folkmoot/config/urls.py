"""Addresses of a site: staff tools and files first; every other address is a Wagtail page."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from folkmoot.publishing.files.serving import uploaded_file
from folkmoot.publishing.views import public_page

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:file_id>/<str:filename>", uploaded_file),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("folkmoot.publishing.urls")),
    path("", include("folkmoot.consultations.urls")),
    # Wagtail serves only addresses that end in a slash; files that pages offer have a name.
    re_path(r"^((?:[\w-]+/)+[\w-]+\.(?:csv|html|pdf|png|svg|xlsx))$", public_page),
    re_path(serve_pattern, public_page),
    # Whence pages have their addresses.
    path("", include(wagtail_urls)),
]

handler400 = "folkmoot.publishing.views.unreadable"
handler403 = "folkmoot.publishing.views.forbidden"
handler404 = "folkmoot.publishing.views.not_found"
handler500 = "folkmoot.publishing.views.broken"
