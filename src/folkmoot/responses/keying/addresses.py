"""The addresses of the keying screens, below /admin/responses/."""

from __future__ import annotations

from django.urls import path

from folkmoot.responses.keying import batches, screens

KEYING = [
    path("keying/", batches.batches, name="keying"),
    path("keying/<int:batch_id>/", batches.batch, name="keying_batch"),
    path("keying/<int:batch_id>/key/", screens.key_form, name="key_form"),
    path("keying/<int:batch_id>/save/", screens.save, name="save_keying"),
    path("keying/<int:batch_id>/undo/", screens.undo, name="undo_keying"),
    path("keying/<int:batch_id>/<int:number>/settle/", screens.settle, name="settle_form"),
    path("keying/<int:batch_id>/<int:number>/scan/", batches.scan, name="attach_scan"),
]
